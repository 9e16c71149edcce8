using System.Collections.Immutable;

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

/// <summary>An agent dials. <paramref name="Ways"/>: the carriers to be tried, in order, never empty.</summary>
internal sealed record Dialled(AgentId Agent, LegId? LineLeg, ImmutableArray<Way> Ways) : Input;

/// <summary>An agent calls a colleague or a desk phone.</summary>
/// <param name="Contact">What the dispatcher is to know the colleague's ring by.</param>
internal sealed record CalledInside(AgentId Agent, LegId? LineLeg, Target Target, ContactId Contact) : Input;

/// <summary>
/// A carrier by which a call may go out, or the desk phone it goes to, and the leg it would have there; neither: the browser that plays
/// the outside.
/// </summary>
internal readonly record struct Way(LegId Leg, TrunkId? Trunk, PhoneId? Phone = null);

/// <summary>18x to our INVITE; 180 says that it rings there.</summary>
internal sealed record LegAlerted(LegId Leg, bool Rings) : Input;

/// <summary>Sound comes from the leg.</summary>
internal sealed record LegHeard(LegId Leg) : Input;

// any leg: the customer's, or a desk phone's
/// <summary>Our answer was acknowledged.</summary>
internal sealed record LegEstablished(LegId Leg) : Input;

internal sealed record LegAnswered(LegId Leg, bool Usable) : Input;

/// <summary>The peer changes its session; empty when it asks for our offer.</summary>
internal sealed record LegRenegotiated(LegId Leg, ReadOnlyMemory<byte> Sdp) : Input;

internal sealed record LegEnded(LegId Leg, LegEnding Ending, SipSaid? Said = null) : Input;

/// <summary>A SIP peer's words about an end: its status (none of a BYE), and the cause of its Reason header (RFC 3326).</summary>
internal sealed record SipSaid(int? Status, string? Cause);

// any leg's media
internal sealed record MediaLost(LegId Leg) : Input;

/// <summary>Nothing comes on a leg on which it should, or comes again.</summary>
internal sealed record SoundMissed(LegId Leg, bool Missing) : Input;

internal sealed record ClipEnded(LegId Leg) : Input;

internal sealed record DigitPressed(LegId Leg, char Digit) : Input;

// the dispatcher; where there can be two contacts of one call, of which it speaks: none = the call's own
internal abstract record News : Input
{
    public ContactId? Contact { get; init; }
}

internal sealed record OfferBegan(OfferId Offer, AgentId Agent, GroupId? Group, AgentDevice Device, LegId? PhoneLeg, bool AutoAnswer)
    : News;

internal sealed record OfferOver(OfferId Offer, AttemptOutcome Outcome) : Input;

/// <summary>The dispatcher gave the contact to the agent. <paramref name="LineLeg"/> is the agent's line as it is now.</summary>
internal sealed record Accepted(OfferId Offer, AgentId Agent, GroupId? Group, AgentDevice Device, LegId? LineLeg, bool AutoAnswer) : News;

internal sealed record AcceptFailed(OfferId Offer) : Input;

/// <summary>Nobody is free: the customer waits.</summary>
internal sealed record Waits : News;

/// <summary>The customer's place in the queue is to be announced: 1 = next.</summary>
internal sealed record PlaceDue(int Place) : News;

/// <summary>The customer stands in another group's queue now.</summary>
internal sealed record Moved(GroupId To) : News;

/// <summary>The dispatcher gave the contact up. <paramref name="Farewell"/>: there is an announcement for the reason.</summary>
internal sealed record Released(CallEndReason Reason, bool Farewell) : News;

// the agent's clicks
internal sealed record HangupClicked(AgentId Agent) : Input;

internal sealed record HoldClicked(AgentId Agent, bool On) : Input;

internal sealed record MuteClicked(AgentId Agent, bool On) : Input;

/// <summary>0-9, *, # and commas, at most <see cref="Calls.MostDigits"/>.</summary>
internal sealed record DigitsClicked(AgentId Agent, string Digits) : Input;

/// <summary>The customer is sent there; product.md §6.</summary>
internal sealed record TransferClicked(AgentId Agent, Target Target) : Input;

/// <param name="Contact">What the dispatcher is to know the consultation by.</param>
internal sealed record ConsultClicked(AgentId Agent, Target Target, ContactId Contact) : Input;

internal sealed record SwapClicked(AgentId Agent) : Input;

internal sealed record ConnectClicked(AgentId Agent) : Input;

internal sealed record ThreeWayClicked(AgentId Agent) : Input;

internal sealed record TakeBackClicked(AgentId Agent) : Input;

/// <summary>To whom an agent sends the customer, or whom they consult.</summary>
internal abstract record Target
{
    private Target() { }

    public sealed record Group(GroupId Id) : Target;

    public sealed record Agent(AgentId Id) : Target;

    /// <param name="Ways">Never empty.</param>
    public sealed record Telephone(string Number, string? ShownAs, ImmutableArray<Way> Ways, TimeSpan Limit) : Target;
}

// the agent's line
internal sealed record LineConnected(AgentId Agent, LegId Leg) : Input;

internal sealed record LineBroken(AgentId Agent, LegId Leg) : Input;

/// <param name="Of">As in <see cref="Arm"/>.</param>
internal sealed record DeadlineReached(CallDeadline Kind, long Of = 0) : Input;

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
    /// <summary>The record learns what has become of the call.</summary>
    Mark,
    /// <summary>It rings there and no sound has come: ours begins.</summary>
    RingBack,
    /// <summary>It has rung long enough.</summary>
    RingLimit,
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
    /// <summary>There is no such number.</summary>
    NotFound,
    NotAcceptable,
    SessionExpired,
    MediaLost,
    TransportFailed,
    ProtocolError,
}
