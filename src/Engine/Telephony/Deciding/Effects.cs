namespace Tccc.Telephony;

/// <summary>Something that a decision wants done. Carried out in order, by the call's mailbox.</summary>
internal abstract record Effect;

// orders to what carries a leg; for a browser that plays a customer they change what it is told
internal sealed record RingLeg(LegId Leg) : Effect;

internal sealed record AcceptLeg(LegId Leg) : Effect;

/// <summary>The unanswered caller is refused; closes the leg's media too.</summary>
internal sealed record RejectLeg(LegId Leg, int Status) : Effect;

internal sealed record InvitePhone(LegId Leg, AgentId Agent) : Effect;

/// <summary>Our INVITE to a carrier, for the call's customer; none: the browser that plays the outside rings.</summary>
internal sealed record DialOut(LegId Leg, TrunkId? Trunk) : Effect;

/// <summary>CANCEL, BYE or nothing, whichever the session's state calls for; closes the leg's media too.</summary>
internal sealed record HangupLeg(LegId Leg) : Effect;

/// <summary>Its peer is gone already.</summary>
internal sealed record CloseLeg(LegId Leg) : Effect;

// orders to media
internal sealed record AnswerOffer(LegId Leg, ReadOnlyMemory<byte> Sdp) : Effect;

internal sealed record Hear(LegId Listener, Sound Sound) : Effect;

/// <summary>A key, or a comma for a pause; after those that are still on their way to this leg.</summary>
internal sealed record SendDigit(LegId Leg, char Digit) : Effect;

// orders to the dispatcher
/// <summary>Into the group's queue; at its head when it comes back from an agent.</summary>
internal sealed record EnqueueContact(GroupId Group, AgentId? LostBy = null) : Effect;

internal sealed record OfferToAgent(AgentId Agent) : Effect;

internal sealed record WithdrawContact : Effect;

internal sealed record AcceptOffer(OfferId Offer, AgentId Agent) : Effect;

internal sealed record DeclineOffer(OfferId Offer, AgentId Agent) : Effect;

internal sealed record PhoneUnreachable(OfferId Offer, AgentId Agent) : Effect;

internal sealed record AgentDone(AgentId Agent, bool WrapUp) : Effect;

// rows, events, deadlines
internal sealed record Insert(object Row) : Effect;

internal sealed record Update(object Row) : Effect;

internal sealed record Raise(IEvent Event) : Effect;

internal sealed record Arm(CallDeadline Kind, Instant At) : Effect;

internal sealed record Disarm(CallDeadline Kind) : Effect;

/// <summary>
/// What one leg's party hears, with what it is made of, so that another leg, group, place or reason is another sound:
/// <paramref name="Source"/> of <see cref="SoundKind.Leg"/>, <paramref name="Group"/> of music and announcements,
/// <paramref name="Place"/> and <paramref name="Reason"/> of what is announced.
/// </summary>
internal readonly record struct Sound(
    SoundKind Kind, LegId? Source = null, GroupId? Group = null, int Place = 0, CallEndReason? Reason = null)
{
    public static Sound Of(LegId leg) => new(SoundKind.Leg, leg);
}

internal enum SoundKind
{
    Nothing,
    Leg,
    Music,
    RingBack,
    Beep,
    /// <summary>Why the call ends.</summary>
    Farewell,
    /// <summary>The place in the queue.</summary>
    Place,
}

/// <summary>What Decide gives: the new state, what is to be done, and why a click was refused, if it was.</summary>
internal readonly record struct Decision(Call State, IReadOnlyList<Effect> Effects, Error? Refusal);
