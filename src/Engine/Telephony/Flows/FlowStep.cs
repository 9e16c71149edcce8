using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Tccc.Telephony;

/// <summary>
/// One step of a flow. Its number is its own in the flow and never given again, so that what leads to it still does when it is moved in
/// the list. Whatever is null has not been chosen yet. product.md §7
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Play), "play")]
[JsonDerivedType(typeof(Collect), "collect")]
[JsonDerivedType(typeof(Menu), "menu")]
[JsonDerivedType(typeof(SetResult), "result")]
[JsonDerivedType(typeof(Branch), "branch")]
[JsonDerivedType(typeof(Queue), "queue")]
[JsonDerivedType(typeof(ToAgent), "agent")]
[JsonDerivedType(typeof(ToNumber), "number")]
[JsonDerivedType(typeof(ToFlow), "flow")]
[JsonDerivedType(typeof(Return), "return")]
[JsonDerivedType(typeof(HangUp), "hangup")]
public abstract record FlowStep
{
    private FlowStep(int id, string name) => (Id, Name) = (id, name);

    public int Id { get; init; }

    /// <summary>May be empty.</summary>
    public string Name { get; init; }

    /// <summary>The ways on from here; none from a step that ends the flow.</summary>
    [JsonIgnore]
    public ImmutableArray<FlowExit> Exits => this switch
    {
        Play step => [new(FlowExitKind.Next, step.Next)],
        SetResult step => [new(FlowExitKind.Next, step.Next)],
        Collect step => [new(FlowExitKind.Keyed, step.Next), new(FlowExitKind.Otherwise, step.Otherwise)],
        Menu step =>
        [
            .. step.Options.Select(option => new FlowExit(FlowExitKind.Key, option.Next, option.Keys)),
            new(FlowExitKind.Otherwise, step.Otherwise),
        ],
        Branch step => [new(FlowExitKind.Open, step.Open), new(FlowExitKind.Closed, step.Closed)],
        _ => [],
    };

    /// <summary>Says something and goes on.</summary>
    /// <param name="Interruptible">Any key skips it, and does nothing else.</param>
    public sealed record Play(int Id, string Name, FlowPrompt? Prompt, bool Interruptible, int? Next) : FlowStep(Id, Name);

    /// <summary>Says something and waits for keys.</summary>
    public abstract record Ask : FlowStep
    {
        private protected Ask(
            int id, string name, FlowPrompt? prompt, FlowPrompt? again, bool interruptible, FlowTimes times, string? result, int? otherwise)
            : base(id, name) =>
            (Prompt, Again, Interruptible, Times, Result, Otherwise) = (prompt, again, interruptible, times, result, otherwise);

        public FlowPrompt? Prompt { get; init; }

        /// <summary>What is said when it is asked again; null = <see cref="Prompt"/>.</summary>
        public FlowPrompt? Again { get; init; }

        /// <summary>Keys stop the prompt, and count.</summary>
        public bool Interruptible { get; init; }

        public FlowTimes Times { get; init; }

        /// <summary>Under which name the record of the call has what was keyed; null = it has not.</summary>
        public string? Result { get; init; }

        /// <summary>Where it goes on when the retries are used up.</summary>
        public int? Otherwise { get; init; }
    }

    /// <summary>Collects digits.</summary>
    /// <param name="Least">Digits; fewer are asked for again.</param>
    /// <param name="Most">Digits; with this many it goes on at once.</param>
    /// <param name="Terminator">The key that ends the entry and is no part of it; null = none.</param>
    /// <param name="Allowed">The keys that are part of it; any other is ignored.</param>
    public sealed record Collect(
        int Id, string Name, FlowPrompt? Prompt, FlowPrompt? Again, bool Interruptible, FlowTimes Times, string? Result, int? Otherwise,
        int Least, int Most, char? Terminator, string Allowed, int? Next)
        : Ask(Id, Name, Prompt, Again, Interruptible, Times, Result, Otherwise)
    {
        public const int MostDigits = 32;
        public const string Digits = "0123456789";
    }

    /// <summary>Lets the customer choose by keys.</summary>
    public sealed record Menu(
        int Id, string Name, FlowPrompt? Prompt, FlowPrompt? Again, bool Interruptible, FlowTimes Times, string? Result, int? Otherwise,
        ImmutableArray<FlowOption> Options)
        : Ask(Id, Name, Prompt, Again, Interruptible, Times, Result, Otherwise)
    {
        public const int MostOptions = 20;
    }

    /// <summary>Puts a value of its own on the record of the call.</summary>
    public sealed record SetResult(int Id, string Name, string Result, string Value, int? Next) : FlowStep(Id, Name)
    {
        public const int LongestValue = 100;
    }

    /// <summary>Goes on by opening hours.</summary>
    public sealed record Branch(int Id, string Name, ScheduleId? Schedule, int? Open, int? Closed) : FlowStep(Id, Name);

    /// <summary>Hands the customer to a group.</summary>
    public sealed record Queue(int Id, string Name, GroupId? Group) : FlowStep(Id, Name);

    /// <summary>Hands the customer to one agent in person.</summary>
    public sealed record ToAgent(int Id, string Name, AgentId? Agent) : FlowStep(Id, Name);

    /// <summary>Hands the customer to a number outside.</summary>
    public sealed record ToNumber(int Id, string Name, string Number) : FlowStep(Id, Name)
    {
        public const int LeastDigits = 3, MostDigits = 19;
    }

    /// <summary>Goes on in another flow, at its first step, as it is published at that moment.</summary>
    public sealed record ToFlow(int Id, string Name, FlowId? Flow) : FlowStep(Id, Name);

    /// <summary>Gives the customer back to the agent who started the flow.</summary>
    public sealed record Return(int Id, string Name) : FlowStep(Id, Name);

    public sealed record HangUp(int Id, string Name) : FlowStep(Id, Name);
}

/// <summary>What a step says.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Recording), "recording")]
[JsonDerivedType(typeof(Spoken), "text")]
public abstract record FlowPrompt
{
    private FlowPrompt() { }

    /// <summary>One of the center's recordings.</summary>
    public sealed record Recording(SoundId Sound) : FlowPrompt;

    /// <summary>A text, spoken in the language of the flow.</summary>
    public sealed record Spoken(string Text) : FlowPrompt
    {
        public const int LongestText = 1000;
    }
}

/// <summary>Keys that lead somewhere; <paramref name="Keys"/> is one, or several that are pressed one after the other.</summary>
public sealed record FlowOption(string Keys, int? Next)
{
    public const int MostKeys = 4;
}

/// <summary>How long a step waits for keys, and how often it asks.</summary>
/// <param name="FirstDigit">Seconds, from the end of the prompt or its first interruption.</param>
/// <param name="BetweenDigits">Seconds, from each digit to the next.</param>
/// <param name="Retries">How often it is asked again.</param>
public sealed record FlowTimes(int FirstDigit = 5, int BetweenDigits = 3, int Retries = 2)
{
    public const int LeastFirstDigit = 1, MostFirstDigit = 60;
    public const int LeastBetweenDigits = 1, MostBetweenDigits = 30;
    public const int MostRetries = 9;
}

/// <summary>A way on from a step; <paramref name="To"/> is the number of the step it leads to.</summary>
/// <param name="Keys">Set when <paramref name="Kind"/> is Key.</param>
public readonly record struct FlowExit(FlowExitKind Kind, int? To, string Keys = "")
{
    /// <summary>It is taken by customers who key nothing, too.</summary>
    public bool IsSilent => Kind is not (FlowExitKind.Keyed or FlowExitKind.Key);
}

public enum FlowExitKind
{
    Next,
    /// <summary>Enough digits were keyed.</summary>
    Keyed,
    /// <summary>A menu's key.</summary>
    Key,
    /// <summary>Nothing usable was keyed, as often as it was asked.</summary>
    Otherwise,
    Open,
    Closed,
}
