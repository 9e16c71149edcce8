namespace Tccc.Acd;

/// <summary>How an offer ended; product.md §4 tells these apart.</summary>
public enum OfferOutcome
{
    Accepted,
    TimedOut,
    Declined,
    CallerGaveUp,
    Unreachable,
    /// <summary>Another agent was faster (ring all), or took it from the list.</summary>
    LostRace,
}

/// <summary>Why a contact left the dispatcher without an agent. Its owner decides what the customer hears now; nobody else will.</summary>
public enum ReleaseReason
{
    /// <summary>The group's longest wait is over and the group says: announcement and hang-up.</summary>
    WaitedTooLong,
    /// <summary>No member of the group is signed in, and the center says so at once.</summary>
    NobodySignedIn,
    /// <summary>The group is gone and names no other.</summary>
    GroupGone,
    /// <summary>The agent in person could not be had: see <see cref="ContactReleased.Refusal"/>.</summary>
    AgentNotReached,
}

/// <summary>Why one agent in person was not reached.</summary>
public enum Refusal
{
    None,
    Offline,
    OnBreak,
    Busy,
    WrapUp,
    Unreachable,
    Declined,
    TimedOut,
    Unknown,
}

/// <summary>
/// An agent is asked to take a contact until <see cref="Deadline"/>, of which the dispatcher alone keeps watch. Details to show:
/// <see cref="Dispatch.See(AgentId)"/>.
/// </summary>
public sealed record OfferMade(
    CenterId Center, DateTimeOffset At, OfferId Offer, ContactId Contact, ContactKind Kind, AgentId Agent, GroupId? Group, Instant Deadline)
        : IPassingEvent;

/// <summary>An offer is over; exactly one for each <see cref="OfferMade"/>. Outcome Accepted = the contact is this agent's now.</summary>
public sealed record OfferEnded(
    CenterId Center, DateTimeOffset At, OfferId Offer, ContactId Contact, ContactKind Kind, AgentId Agent, GroupId? Group,
    OfferOutcome Outcome) : IPassingEvent;

/// <summary>
/// No agent is free for this contact now. Sent when it begins to wait, and again when it waits after an offer that failed.
/// </summary>
/// <param name="Place">1 = next.</param>
public sealed record ContactWaits(CenterId Center, DateTimeOffset At, ContactId Contact, ContactKind Kind, GroupId Group, int Place)
    : IPassingEvent;

/// <summary>It is time to tell the customer their place.</summary>
public sealed record PlaceAnnounced(CenterId Center, DateTimeOffset At, ContactId Contact, ContactKind Kind, GroupId Group, int Place)
    : IPassingEvent;

/// <summary>The contact went from one group's queue to another's.</summary>
public sealed record ContactMoved(CenterId Center, DateTimeOffset At, ContactId Contact, ContactKind Kind, GroupId From, GroupId To)
    : IPassingEvent;

/// <summary>The dispatcher does not hold this contact any more and no agent has it.</summary>
public sealed record ContactReleased(
    CenterId Center, DateTimeOffset At, ContactId Contact, ContactKind Kind, GroupId? Group, ReleaseReason Reason, AgentId? Agent =
        null, Refusal Refusal = Refusal.None) : IPassingEvent;

/// <summary>The state shown of an agent changed; also a row of the history.</summary>
public sealed record AgentStateChanged(
    CenterId Center, DateTimeOffset At, AgentId Agent, AgentState From, AgentState To, StateReason Reason, string? BreakReason,
    ChangedBy By) : IPassingEvent;

/// <summary>A second workbench of the agent was opened; the first must say so and stop.</summary>
public sealed record WorkbenchTakenOver(CenterId Center, DateTimeOffset At, AgentId Agent, string From, string To) : IPassingEvent;
