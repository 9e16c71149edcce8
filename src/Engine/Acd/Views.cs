using System.Collections.Immutable;

namespace Tccc.Acd;

/// <summary>One agent as seen now. Immutable; read without a lock.</summary>
/// <param name="Since">When the state began; the timer in the state menu counts from it.</param>
/// <param name="Reason">Why this state; e.g. missed calls, connection lost.</param>
/// <param name="BreakReason">Only in Break.</param>
/// <param name="Next">What the agent chose to come after Busy or wrap-up; null = no choice made.</param>
/// <param name="WrapUpUntil">End of the countdown; while an offer rings the wrap-up outlasts it. Null outside of wrap-up and when the agent
/// continues it.</param>
/// <param name="WrapUpHeld">In wrap-up with the countdown stopped.</param>
/// <param name="Offer">What rings at this agent now.</param>
/// <param name="Work">Contacts the agent is doing.</param>
/// <param name="Workbench">The live workbench; null when none is connected.</param>
/// <param name="DeviceReachable">The line is up, or the bound desk phone is registered.</param>
public sealed record AgentView(
    AgentId Agent, CenterId Center, AgentState State, Stamp Since, StateReason Reason, string? BreakReason, Choice? Next,
    Instant? WrapUpUntil, bool WrapUpHeld, OfferView? Offer, ImmutableArray<ContactId> Work, string? Workbench, bool DeviceReachable);

/// <summary>An offer as the ring bar shows it.</summary>
/// <param name="Group">Null when it is for the agent in person.</param>
/// <param name="WaitsSince">When the customer was put into the dispatcher's hands this time: a talk before that is no waiting.</param>
public sealed record OfferView(
    OfferId Id, Contact Contact, AgentId Agent, GroupId? Group, Instant MadeAt, Instant Deadline, Instant WaitsSince);

/// <summary>One group as seen now.</summary>
/// <param name="Waiting">Contacts in its queue; ringing ones are not counted.</param>
/// <param name="LongestSince">Since when the longer of two waits: the first of those who came back, and the first of the others.</param>
/// <param name="Free">Members a call could be offered to now.</param>
/// <param name="SignedIn">Members who are not Offline.</param>
/// <param name="Moves">How often somebody came into its queue or left it: another number = another queue.</param>
public sealed record QueueView(GroupId Group, int Waiting, Instant? LongestSince, int Free, int SignedIn, long Moves = 0);

/// <summary>Somebody who waits, as the list «Waiting» shows them.</summary>
/// <param name="Since">As <see cref="OfferView.WaitsSince"/>.</param>
public sealed record WaitingView(Contact Contact, GroupId Group, int Place, bool Returned, Instant Since);

/// <summary>
/// The rule that kept an agent from being asked; product.md §4 «why-trace». Stored as numbers: a new one goes to the end.
/// </summary>
public enum ExclusionRule
{
    /// <summary>Not excluded: this one was asked.</summary>
    Chosen,
    /// <summary>Fitting and free, but another came first by the group's strategy.</summary>
    AnotherFirst,
    Offline,
    NotReady,
    OnBreak,
    Busy,
    WrapUp,
    /// <summary>Is being asked for another contact.</summary>
    Ringing,
    /// <summary>Declined, missed or was unreachable a moment ago.</summary>
    BackOff,
    /// <summary>No line, no registered phone; for chats no connected workbench.</summary>
    Unreachable,
    /// <summary>The contact has not waited long enough for this level.</summary>
    Level,
    /// <summary>Missed this contact before, and someone else is free.</summary>
    MissedBefore,
    /// <summary>Is at the limit of conversations.</summary>
    ChatLimit,
    /// <summary>Not excluded: was asked before all others, because they served this customer last or were asked for.</summary>
    Preferred,
    /// <summary>Not excluded: took the contact from the list of those who wait.</summary>
    Taken,
}

/// <summary>One candidate of a decision.</summary>
public readonly record struct Candidate(AgentId Agent, int Level, ExclusionRule Rule)
{
    /// <summary>This one was asked.</summary>
    public bool Asked => Rule is ExclusionRule.Chosen or ExclusionRule.Preferred or ExclusionRule.Taken;
}

/// <summary>One decision about one contact: who was looked at, and what became of each.</summary>
/// <param name="At">In the contact's own time: its arrival by the wall clock, and steady time since.</param>
/// <param name="Candidates">In the order in which they would be asked.</param>
/// <param name="More">How many candidates are not kept.</param>
public sealed record Decision(ContactId Contact, GroupId? Group, DateTimeOffset At, ImmutableArray<Candidate> Candidates, int More)
{
    /// <summary>Whether somebody was asked; else the contact waited.</summary>
    public bool Offered => Candidates.Any(static c => c.Asked);
}

/// <summary>What was decided about one contact.</summary>
/// <param name="Decisions">Oldest first.</param>
/// <param name="Forgotten">How many of the middle are not kept.</param>
public sealed record WhyTrace(ImmutableArray<Decision> Decisions, int Forgotten)
{
    /// <summary>So many of the beginning are always kept: behind them is what is forgotten.</summary>
    public const int FirstKept = 8;

    public static WhyTrace Empty { get; } = new([], 0);
}
