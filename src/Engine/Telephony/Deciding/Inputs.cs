namespace Tccc.Telephony;

/// <summary>Something that happened to a call. Facts that Decide may not look up itself come with it.</summary>
internal abstract record Input;

/// <summary>Where the number leads, looked up once when the call comes.</summary>
internal abstract record Entry
{
    public sealed record ToGroup(GroupId Group) : Entry;

    public sealed record ToAgent(AgentId Agent) : Entry;

    /// <summary>Refused with a SIP status, unanswered.</summary>
    public sealed record Refused(int Status, CallEndReason Reason) : Entry;

    /// <summary>Answered; hears why, and is hung up.</summary>
    public sealed record Farewell(CallEndReason Reason) : Entry;
}

internal sealed record Arrived(Entry Entry) : Input;

// any leg: the customer's, or a desk phone's
/// <summary>Our answer was acknowledged.</summary>
internal sealed record LegEstablished(LegId Leg) : Input;

internal sealed record LegAnswered(LegId Leg, bool Usable) : Input;

/// <summary>The peer changes its session; empty when it asks for our offer.</summary>
internal sealed record LegRenegotiated(LegId Leg, ReadOnlyMemory<byte> Sdp) : Input;

internal sealed record LegEnded(LegId Leg, LegEnding Ending) : Input;

// any leg's media
internal sealed record MediaLost(LegId Leg) : Input;

/// <summary>Nothing comes on a leg on which it should, or comes again.</summary>
internal sealed record SoundMissed(LegId Leg, bool Missing) : Input;

internal sealed record ClipEnded(LegId Leg) : Input;

internal sealed record DigitPressed(LegId Leg, char Digit) : Input;

// the dispatcher
internal sealed record OfferBegan(OfferId Offer, AgentId Agent, GroupId? Group, AgentDevice Device, LegId? PhoneLeg, bool AutoAnswer)
    : Input;

internal sealed record OfferOver(OfferId Offer, AttemptOutcome Outcome) : Input;

/// <summary>The dispatcher gave the contact to the agent. <paramref name="LineLeg"/> is the agent's line as it is now.</summary>
internal sealed record Accepted(OfferId Offer, AgentId Agent, GroupId? Group, AgentDevice Device, LegId? LineLeg, bool AutoAnswer) : Input;

internal sealed record AcceptFailed(OfferId Offer) : Input;

/// <summary>Nobody is free: the customer waits.</summary>
internal sealed record Waits : Input;

/// <summary>The customer's place in the queue is to be announced: 1 = next.</summary>
internal sealed record PlaceDue(int Place) : Input;

/// <summary>The customer stands in another group's queue now.</summary>
internal sealed record Moved(GroupId To) : Input;

/// <summary>The dispatcher gave the contact up. <paramref name="Farewell"/>: there is an announcement for the reason.</summary>
internal sealed record Released(CallEndReason Reason, bool Farewell) : Input;

// the agent's clicks
internal sealed record HangupClicked(AgentId Agent) : Input;

internal sealed record HoldClicked(AgentId Agent, bool On) : Input;

internal sealed record MuteClicked(AgentId Agent, bool On) : Input;

// the agent's line
internal sealed record LineConnected(AgentId Agent, LegId Leg) : Input;

internal sealed record LineBroken(AgentId Agent, LegId Leg) : Input;

internal sealed record DeadlineReached(CallDeadline Kind) : Input;

internal sealed record Stopping : Input;

/// <summary>A bug was caught while this call was worked on; it ends, the others go on.</summary>
internal sealed record Broken : Input;

internal enum CallDeadline
{
    DispatcherSilent,
    Beep,
    AgentReturn,
    Farewell,
    Place,
    /// <summary>The record learns how long the talk has been.</summary>
    Mark,
}

/// <summary>Why a leg is over, whatever carried it.</summary>
internal enum LegEnding
{
    HungUp,
    Cancelled,
    /// <summary>The caller's own time for our answer ran out.</summary>
    Expired,
    /// <summary>Our offer in the 200 got no answer in the ACK.</summary>
    OfferUnanswered,
    Busy,
    NoAnswer,
    Rejected,
    Unreachable,
    NotAcceptable,
    SessionExpired,
    MediaLost,
    TransportFailed,
    ProtocolError,
}
