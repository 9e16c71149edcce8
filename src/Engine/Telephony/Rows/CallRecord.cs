using Tccc.Platform;

namespace Tccc.Telephony;

/// <summary>
/// One call as the records know it; product.md §12. Inserted when it arrives, updated when it is answered, every 15 s of talk, when an
/// agent is lost, and when it ends. Its times are the wall's at the arrival and even from there: their differences are true.
/// A row with no <see cref="EndedAt"/> belongs to a call that is up.
/// </summary>
public sealed class CallRecord : ICenterRow
{
    /// <summary>What is stored of a number; a longer one is cut.</summary>
    public const int LongestNumber = 64;

    public CallId Id { get; set; }
    public CenterId Center { get; set; }
    public CallDirection Direction { get; set; }

    /// <summary>The caller's number as it came, or empty when withheld.</summary>
    public required string Customer { get; set; }

    /// <summary>The digits that were dialled.</summary>
    public required string Called { get; set; }

    public GroupId? Group { get; set; }

    /// <summary>Whose call it was last.</summary>
    public AgentId? Agent { get; set; }

    public DateTimeOffset ArrivedAt { get; set; }

    /// <summary>When an agent and the customer first heard each other.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Milliseconds during which an agent was being asked.</summary>
    public long RingMs { get; set; }

    /// <summary>Milliseconds of talk, hold not counted.</summary>
    public long TalkMs { get; set; }

    /// <summary>Milliseconds on hold.</summary>
    public long HoldMs { get; set; }

    public CallResult? Result { get; set; }
    public CallEndReason? Reason { get; set; }
    public EndedBy? EndedBy { get; set; }
}

/// <summary>One time on hold; open while <see cref="EndedAt"/> is empty.</summary>
public sealed class CallHold : ICenterRow
{
    public CallId Call { get; set; }
    public CenterId Center { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public AgentId Agent { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>One agent who was asked to take a call, and what came of it. Written when it is known.</summary>
public sealed class CallAttempt : ICenterRow
{
    public CallId Call { get; set; }
    public CenterId Center { get; set; }
    public OfferId Offer { get; set; }
    public AgentId Agent { get; set; }
    public AgentDevice Device { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset EndedAt { get; set; }
    public AttemptOutcome Outcome { get; set; }
}

/// <summary>What came of asking an agent.</summary>
public enum AttemptOutcome
{
    Accepted,
    TimedOut,
    Declined,
    CallerGaveUp,
    Unreachable,
    /// <summary>Another agent was faster.</summary>
    LostRace,
    /// <summary>The call ended for another reason while the agent was asked.</summary>
    CallEnded,
}
