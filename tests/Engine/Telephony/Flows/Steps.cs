namespace Tccc.Telephony.Tests;

/// <summary>Steps with what a test does not care about filled in.</summary>
internal static class Steps
{
    public static readonly GroupId Sales = new(10);
    public static readonly GroupId Support = new(11);
    public static readonly AgentId Amy = new(21);
    public static readonly SoundId Welcome = new(31);
    public static readonly ScheduleId Hours = new(41);
    public static readonly FlowId MainMenu = new(51);
    public static readonly FlowId Other = new(52);

    public static readonly FlowThings Things = new(
        id => id == Welcome, id => id == Hours, id => id == Sales || id == Support, id => id == Amy, id => id == MainMenu || id == Other);

    public static FlowPlan Plan(params FlowStep[] steps) => new("en", [.. steps]);

    public static FlowVersion VersionOf(params FlowStep[] steps) => new(MainMenu, 1, Plan(steps));

    public static FlowPrompt Text(string words = "Good day.") => new FlowPrompt.Spoken(words);

    public static FlowStep.Play Say(int id, int? next, bool interruptible = true) => new(id, "", Text(), interruptible, next);

    public static FlowStep.Collect Collect(
        int id, int? next, int? otherwise, int least = 1, int most = 12, char? terminator = '#', bool interruptible = true,
        string allowed = FlowStep.Collect.Digits, FlowTimes? times = null) =>
        new(
            id, "", Text("Your number, please."), null, interruptible, times ?? new(), "number", otherwise, least, most, terminator,
            allowed, next);

    public static FlowStep.Menu Menu(int id, int? otherwise, bool interruptible, params (string Keys, int? Next)[] options) =>
        new(
            id, "", Text("Press a key."), null, interruptible, new(), "choice", otherwise,
            [.. options.Select(o => new FlowOption(o.Keys, o.Next))]);

    public static FlowStep.Menu Menu(int id, int? otherwise, params (string Keys, int? Next)[] options) =>
        Menu(id, otherwise, true, options);

    public static FlowStep.HangUp HangUp(int id) => new(id, "");

    public static FlowStep.Queue ToSales(int id) => new(id, "", Sales);

    public static FlowStep.Queue ToSupport(int id) => new(id, "", Support);

    public static List<Type> Wrong(params FlowStep[] steps) =>
        [.. FlowCheck.Faults(Plan(steps), Things).Where(fault => !fault.IsWarning).Select(fault => fault.What.GetType())];
}

/// <summary>A flow on the table: gives it inputs and keeps what it wanted done.</summary>
internal sealed class FlowTable
{
    public FlowTable(params FlowStep[] steps) : this(Steps.VersionOf(steps)) { }

    public FlowTable(FlowVersion version)
    {
        State = FlowRun.Begin(version);
        Give(new FlowInput.Started());
    }

    public FlowState State { get; private set; }

    public Instant Now { get; private set; } = new(7_000_000_000);

    public List<FlowOrder> Done { get; } = [];

    public List<FlowOrder> Last { get; } = [];

    /// <summary>What is left of the armed deadline, in seconds.</summary>
    public double Left => (State.Due - Now).TotalSeconds;

    public FlowTable Give(FlowInput input)
    {
        var decision = FlowRun.Decide(State, input, Now);
        State = decision.State;
        Last.Clear();
        Last.AddRange(decision.Orders);
        Done.AddRange(decision.Orders);
        return this;
    }

    public FlowTable Heard() => Give(new FlowInput.PromptEnded(State.Prompts));

    public FlowTable Keys(string keys)
    {
        foreach (var key in keys) Give(new FlowInput.KeyPressed(key));
        return this;
    }

    /// <summary>Time passes; the deadline comes when it is due within it.</summary>
    public FlowTable After(double seconds)
    {
        var until = Now.AddSeconds(seconds);
        while (State.Due <= until)
        {
            Now = State.Due;
            Give(new FlowInput.DeadlineReached());
        }
        Now = until;
        return this;
    }

    /// <summary>Time passes, and nothing comes of it yet.</summary>
    public FlowTable Pass(double seconds)
    {
        Now = Now.AddSeconds(seconds);
        return this;
    }

    /// <summary>
    /// What happens, in one line: «.» = the prompt ends, a number with s = seconds pass, «x» = the customer hangs up, «r» = the agent
    /// takes the customer back, and whatever else are keys.
    /// </summary>
    public FlowTable Run(string script)
    {
        foreach (var word in script.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == ".") Heard();
            else if (word == "x") Give(new FlowInput.CustomerGone());
            else if (word == "r") Give(new FlowInput.Returned());
            else if (word.EndsWith('s')) After(double.Parse(word[..^1], System.Globalization.CultureInfo.InvariantCulture));
            else Keys(word);
        }
        return this;
    }

    public IEnumerable<int> Entered => Done.OfType<FlowOrder.StepEntered>().Select(order => order.Step);

    public IEnumerable<(char Key, KeyUse Use)> KeysSeen => Done.OfType<FlowOrder.KeySeen>().Select(order => (order.Key, order.Use));
}
