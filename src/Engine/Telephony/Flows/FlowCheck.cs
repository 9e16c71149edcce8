using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Telephony;

/// <summary>What is there in the center that a flow may name.</summary>
public sealed record FlowThings(
    Func<SoundId, bool> HasSound, Func<ScheduleId, bool> HasSchedule, Func<GroupId, bool> HasGroup, Func<AgentId, bool> HasAgent,
    Func<FlowId, bool> HasFlow)
{
    /// <param name="published">The flows of the center that have a version.</param>
    public static FlowThings Of(CenterView center, IReadOnlySet<FlowId> published) => new(
        center.Sounds.ContainsKey, center.Schedules.ContainsKey, center.Groups.ContainsKey,
        id => center.Agents.TryGetValue(id, out var agent) && !agent.Disabled, published.Contains);
}

/// <summary>What is wrong with a draft. product.md §7</summary>
public static partial class FlowCheck
{
    /// <summary>The keys of a telephone.</summary>
    internal const string Keys = "0123456789*#";

    /// <summary>
    /// All faults: the flow's own, then those of each step in the order of the list. With none but warnings it can be published.
    /// </summary>
    public static IReadOnlyList<FlowFault> Faults(FlowPlan plan, FlowThings things)
    {
        var faults = new List<FlowFault>();
        if (!FlowPlan.Languages.Contains(plan.Language)) faults.Add(new(null, new FlowSpeaksNoLanguage()));
        if (plan.Steps.IsEmpty) faults.Add(new(null, new FlowHasNoStep()));
        if (plan.Steps.Length > FlowPlan.MostSteps) faults.Add(new(null, new FlowHasTooManySteps(FlowPlan.MostSteps)));
        var ways = new Ways(plan);
        foreach (var step in plan.Steps)
        {
            var at = new Finding(faults, step.Id);
            CheckName(plan, step, at);
            CheckStep(step, things, at);
            foreach (var exit in step.Exits) CheckExit(plan, exit, at);
            if (!ways.IsReached(step)) faults.Add(new(step.Id, new StepNotReached(), IsWarning: true));
            else if (ways.CannotEnd(step)) at.Wrong(new StepCannotEnd());
            else if (ways.GoesRound(step)) at.Wrong(new StepGoesRound());
        }
        return faults;
    }

    private static void CheckName(FlowPlan plan, FlowStep step, Finding at)
    {
        if (plan.Steps.Count(other => other.Id == step.Id) > 1) at.Wrong(new StepNumberTwice(step.Id));
        if (PlainText.Fault(step.Name, FlowPlan.LongestName) is not null) at.Wrong(new BadStepName(FlowPlan.LongestName));
        else if (PlainText.Of(step.Name) is { } name && plan.Steps.Count(other => IsSame(PlainText.Of(other.Name), name)) > 1)
            at.Wrong(new StepNameTwice(name));
    }

    private static void CheckStep(FlowStep step, FlowThings things, Finding at)
    {
        switch (step)
        {
            case FlowStep.Play play: CheckPrompt(play.Prompt, things, at); break;
            case FlowStep.Ask ask:
                CheckAsk(ask, things, at);
                if (ask is FlowStep.Collect collect) CheckCollect(collect, at);
                else if (ask is FlowStep.Menu menu) CheckMenu(menu, at);
                break;
            case FlowStep.SetResult set:
                if (!IsText(set.Result, FlowPlan.LongestName)) at.Wrong(new BadResultName(FlowPlan.LongestName));
                if (!IsText(set.Value, FlowStep.SetResult.LongestValue)) at.Wrong(new BadResultValue(FlowStep.SetResult.LongestValue));
                break;
            case FlowStep.Branch by: if (!IsThere(by.Schedule, things.HasSchedule)) at.Wrong(new FlowScheduleGone()); break;
            case FlowStep.Queue to: if (!IsThere(to.Group, things.HasGroup)) at.Wrong(new FlowGroupGone()); break;
            case FlowStep.ToAgent to: if (!IsThere(to.Agent, things.HasAgent)) at.Wrong(new FlowAgentGone()); break;
            case FlowStep.ToFlow to: if (!IsThere(to.Flow, things.HasFlow)) at.Wrong(new NextFlowGone()); break;
            case FlowStep.ToNumber to when !IsNumber(to.Number):
                at.Wrong(new BadFlowNumber(FlowStep.ToNumber.LeastDigits, FlowStep.ToNumber.MostDigits));
                break;
        }
    }

    private static void CheckPrompt(FlowPrompt? prompt, FlowThings things, Finding at)
    {
        switch (prompt)
        {
            case null: at.Wrong(new NoPrompt()); break;
            case FlowPrompt.Recording recording when !things.HasSound(recording.Sound): at.Wrong(new PromptGone()); break;
            case FlowPrompt.Spoken spoken when !IsText(spoken.Text, FlowPrompt.Spoken.LongestText, lines: true):
                at.Wrong(new BadPromptText(FlowPrompt.Spoken.LongestText));
                break;
        }
    }

    private static void CheckAsk(FlowStep.Ask ask, FlowThings things, Finding at)
    {
        CheckPrompt(ask.Prompt, things, at);
        if (ask.Again is { } again) CheckPrompt(again, things, at);
        if (ask.Times.FirstDigit is < FlowTimes.LeastFirstDigit or > FlowTimes.MostFirstDigit)
            at.Wrong(new BadFirstDigitTime(FlowTimes.LeastFirstDigit, FlowTimes.MostFirstDigit));
        if (ask.Times.BetweenDigits is < FlowTimes.LeastBetweenDigits or > FlowTimes.MostBetweenDigits)
            at.Wrong(new BadBetweenDigitsTime(FlowTimes.LeastBetweenDigits, FlowTimes.MostBetweenDigits));
        if (ask.Times.Retries is < 0 or > FlowTimes.MostRetries) at.Wrong(new BadRetries(FlowTimes.MostRetries));
        if (ask.Result is { } name && !IsText(name, FlowPlan.LongestName)) at.Wrong(new BadResultName(FlowPlan.LongestName));
    }

    private static void CheckCollect(FlowStep.Collect collect, Finding at)
    {
        if (collect.Least < 1 || collect.Most > FlowStep.Collect.MostDigits || collect.Least > collect.Most)
            at.Wrong(new BadDigitCount(FlowStep.Collect.MostDigits));
        var allowed = collect.Allowed;
        if (allowed.Length == 0 || !allowed.All(Keys.Contains) || allowed.Distinct().Count() < allowed.Length)
            at.Wrong(new BadAllowedKeys());
        if (collect.Terminator is not { } key) return;
        if (!Keys.Contains(key)) at.Wrong(new BadTerminator());
        else if (allowed.Contains(key)) at.Wrong(new TerminatorIsAllowed($"{key}"));
    }

    private static void CheckMenu(FlowStep.Menu menu, Finding at)
    {
        if (menu.Options.IsEmpty) at.Wrong(new MenuIsEmpty());
        if (menu.Options.Length > FlowStep.Menu.MostOptions) at.Wrong(new MenuTooLong(FlowStep.Menu.MostOptions));
        if (menu.Options.Any(o => o.Keys.Length is < 1 or > FlowOption.MostKeys || !o.Keys.All(Keys.Contains)))
            at.Wrong(new BadOptionKeys(FlowOption.MostKeys));
        foreach (var same in menu.Options.GroupBy(o => o.Keys, StringComparer.Ordinal))
            if (same.Count() > 1) at.Wrong(new KeysLeadTwoWays(same.Key));
    }

    private static void CheckExit(FlowPlan plan, FlowExit exit, Finding at)
    {
        if (exit.To is { } to)
        {
            if (plan.Find(to) is null) at.Wrong(new NextStepGone(to));
            return;
        }
        at.Wrong(
            exit.Kind switch
            {
                FlowExitKind.Key => new KeysLeadNowhere(exit.Keys),
                FlowExitKind.Otherwise => new OtherwiseNotChosen(),
                FlowExitKind.Open => new OpenNotChosen(),
                FlowExitKind.Closed => new ClosedNotChosen(),
                _ => new NextNotChosen(),
            });
    }

    private static bool IsText(string text, int most, bool lines = false) =>
        PlainText.Of(text) is not null && PlainText.Fault(text, most, lines) is null;

    private static bool IsThere<T>(T? chosen, Func<T, bool> isThere) where T : struct => chosen is { } id && isThere(id);

    private static bool IsNumber(string number)
    {
        var digits = number.AsSpan(number.StartsWith('+') ? 1 : 0);
        return digits.Length is >= FlowStep.ToNumber.LeastDigits and <= FlowStep.ToNumber.MostDigits
            && !digits.ContainsAnyExceptInRange('0', '9');
    }

    private static bool IsSame(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private readonly record struct Finding(List<FlowFault> Faults, int Step)
    {
        public void Wrong(Error what) => Faults.Add(new(Step, what));
    }
}
