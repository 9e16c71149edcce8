using System.Collections.Immutable;

namespace Tccc.Telephony;

/// <summary>A flow that is being gone through with one customer.</summary>
public sealed record FlowState(FlowVersion Version, FlowStage Stage)
{
    /// <summary>What is kept of it, one entry a step and name: the last.</summary>
    public ImmutableArray<FlowResult> Results { get; init; } = [];

    /// <summary>The prompt that the customer is hearing; null in the silence between.</summary>
    public FlowPrompt? Hearing { get; init; }

    /// <summary>
    /// The number of the last prompt, so that the same one said again is another, and a late end of the one before is known.
    /// </summary>
    public int Prompts { get; init; }

    /// <summary>How many flows it has gone on to since the customer last keyed something that counted.</summary>
    public int Hops { get; init; }

    /// <summary>
    /// Set once an entry had all its digits: the terminator that many customers press all the same is not a key of the next step.
    /// </summary>
    public LateTerminator? Late { get; init; }

    /// <summary>When it goes on by itself; <see cref="Instant.Never"/> before its start and after its end only.</summary>
    public Instant Due { get; init; } = Instant.Never;

    /// <summary>The step it is at; null before its start and after its end.</summary>
    public FlowStep? Step => Stage switch
    {
        FlowStage.Playing stage => stage.Step,
        FlowStage.Listening stage => stage.Step,
        FlowStage.AskingHours stage => stage.Step,
        FlowStage.FindingFlow stage => stage.Step,
        _ => null,
    };

    /// <summary>How it ended; null while it runs.</summary>
    public FlowEnd? End => (Stage as FlowStage.Ended)?.How;
}

/// <summary>A terminator that may come after the entry has ended without it, as the next key and until a moment.</summary>
public readonly record struct LateTerminator(char Key, Instant Until);

/// <summary>How far a flow is.</summary>
public abstract record FlowStage
{
    private FlowStage() { }

    /// <summary>Moved on by <see cref="FlowInput.Started"/>.</summary>
    public sealed record Ready : FlowStage;

    /// <summary>Moved on by the end of the prompt, by a key that may interrupt it, or once no prompt can last so long.</summary>
    public sealed record Playing(FlowStep.Play Step) : FlowStage;

    /// <summary>Moved on by keys and pauses. While <see cref="FlowState.Hearing"/> is set, the prompt is under way.</summary>
    /// <param name="Attempt">0 = the first time it asks.</param>
    public sealed record Listening(FlowStep.Ask Step, int Attempt, string Digits) : FlowStage;

    /// <summary>Moved on by <see cref="FlowInput.HoursKnown"/>.</summary>
    public sealed record AskingHours(FlowStep.Branch Step) : FlowStage;

    /// <summary>Moved on by <see cref="FlowInput.FlowFound"/>.</summary>
    public sealed record FindingFlow(FlowStep.ToFlow Step) : FlowStage;

    public sealed record Ended(FlowEnd How) : FlowStage;
}

/// <summary>Something that happened to a flow.</summary>
public abstract record FlowInput
{
    private FlowInput() { }

    public sealed record Started : FlowInput;

    /// <summary>It was heard to its end, or can't be played.</summary>
    /// <param name="Number">That of <see cref="FlowOrder.Say"/>.</param>
    public sealed record PromptEnded(int Number) : FlowInput;

    public sealed record KeyPressed(char Key) : FlowInput;

    /// <summary>The moment of <see cref="FlowOrder.Arm"/> has come. One that was disarmed may come all the same.</summary>
    public sealed record DeadlineReached : FlowInput;

    /// <summary>The answer to <see cref="FlowOrder.AskHours"/>.</summary>
    public sealed record HoursKnown(ScheduleId Schedule, bool Open) : FlowInput;

    /// <summary>The answer to <see cref="FlowOrder.FindFlow"/>; null when it is not published any more.</summary>
    public sealed record FlowFound(FlowId Flow, FlowVersion? Version) : FlowInput;

    public sealed record CustomerGone : FlowInput;

    /// <summary>The agent takes the customer back.</summary>
    public sealed record Returned : FlowInput;
}

/// <summary>Something that a flow wants done.</summary>
public abstract record FlowOrder
{
    private FlowOrder() { }

    /// <param name="Language">In which a text is spoken; one of <see cref="FlowPlan.Languages"/>.</param>
    public sealed record Say(FlowPrompt Prompt, string Language, int Number) : FlowOrder;

    /// <summary>The prompt is cut off.</summary>
    public sealed record Hush(int Number) : FlowOrder;

    /// <summary>The flow's one deadline; replaces what was armed before.</summary>
    public sealed record Arm(Instant At) : FlowOrder;

    public sealed record Disarm : FlowOrder;

    /// <summary>Whether these hours are open at this moment.</summary>
    public sealed record AskHours(ScheduleId Schedule) : FlowOrder;

    /// <summary>The published version of this flow.</summary>
    public sealed record FindFlow(FlowId Flow) : FlowOrder;

    // for those who watch
    public sealed record StepEntered(FlowId Flow, int Version, int Step) : FlowOrder;

    public sealed record KeySeen(char Key, KeyUse Use) : FlowOrder;

    /// <summary>What was keyed is of no use; it asks once more.</summary>
    public sealed record AskedAgain(int Step, int Attempt, DigitsEnding Why) : FlowOrder;

    /// <summary>For the record of the call.</summary>
    public sealed record ResultSet(FlowResult Result) : FlowOrder;

    /// <summary>The last order of all: what becomes of the customer.</summary>
    public sealed record End(FlowEnd How) : FlowOrder;
}

/// <summary>What became of a key.</summary>
public enum KeyUse
{
    /// <summary>A digit of the entry, or of a menu's choice.</summary>
    Taken,
    /// <summary>It ended the entry.</summary>
    Terminated,
    /// <summary>Ignored: the terminator of an entry that had ended with its last digit.</summary>
    Late,
    /// <summary>It skipped what was played, and did no more.</summary>
    Skipped,
    /// <summary>Ignored: the prompt may not be interrupted.</summary>
    NotInterruptible,
    /// <summary>Ignored: no part of the entry. It interrupted the prompt all the same.</summary>
    NotAllowed,
    /// <summary>No choice of the menu begins so: it asks again.</summary>
    NoChoice,
    /// <summary>Ignored: nothing is asked.</summary>
    NotAsked,
}

/// <summary>How an entry ended.</summary>
public enum DigitsEnding
{
    Terminator,
    /// <summary>There can be no more digits.</summary>
    Count,
    /// <summary>The time between digits ran out.</summary>
    Pause,
    /// <summary>The time for the first digit ran out.</summary>
    Silence,
    HangUp,
    /// <summary>No choice of the menu begins so.</summary>
    NoChoice,
    /// <summary>The agent took the customer back.</summary>
    Returned,
}

/// <summary>What is kept of one step.</summary>
/// <param name="Value">The digits, without the terminator; or the value that the step sets.</param>
/// <param name="Ending">Null for a value that a step sets.</param>
/// <param name="Accepted">False when it was not what the step asked for.</param>
public sealed record FlowResult(FlowId Flow, int Step, string Name, string Value, DigitsEnding? Ending, bool Accepted);

/// <summary>How a flow ended, and so what becomes of the customer.</summary>
public abstract record FlowEnd
{
    private FlowEnd() { }

    public sealed record ToGroup(GroupId Group) : FlowEnd;

    public sealed record ToAgent(AgentId Agent) : FlowEnd;

    public sealed record ToNumber(string Number) : FlowEnd;

    /// <summary>To the agent who started it; <paramref name="ByAgent"/>: who took the customer back.</summary>
    public sealed record Return(bool ByAgent) : FlowEnd;

    public sealed record HangUp : FlowEnd;

    public sealed record CustomerGone : FlowEnd;

    /// <summary>It can't go on. The customer is still there, and must not be lost.</summary>
    public sealed record Failed(FlowFailure Why) : FlowEnd;
}

/// <summary>Why a flow can't go on; of one that was published, only <see cref="FlowGone"/> and <see cref="TooManyHops"/>.</summary>
public enum FlowFailure
{
    /// <summary>A step, or what it leads to, was not chosen or is not there.</summary>
    Unfinished,
    /// <summary>The flow it leads to is not published any more.</summary>
    FlowGone,
    /// <summary>Flows lead to each other and the customer keys nothing.</summary>
    TooManyHops,
    /// <summary>Steps that take no time lead to each other.</summary>
    GoesRound,
}

/// <summary>What Decide gives: the new state, and what is to be done, in this order.</summary>
public readonly record struct FlowDecision(FlowState State, IReadOnlyList<FlowOrder> Orders);
