namespace Tccc.Telephony;

/// <summary>Something that a decision wants done. Carried out in order, by the call's mailbox.</summary>
internal abstract record Effect;

// orders to what carries a leg; for a browser that plays a customer they change what it is told
internal sealed record RingLeg(LegId Leg) : Effect;

internal sealed record AcceptLeg(LegId Leg) : Effect;

/// <summary>The unanswered caller is refused; closes the leg's media too.</summary>
internal sealed record RejectLeg(LegId Leg, int Status) : Effect;

internal sealed record InvitePhone(LegId Leg, AgentId Agent) : Effect;

/// <summary>Our INVITE to a carrier or a desk phone; neither: the browser that plays the outside rings.</summary>
internal sealed record DialOut(Way Way, Telephone To) : Effect;

/// <summary>CANCEL, BYE or nothing, whichever the session's state calls for; closes the leg's media too.</summary>
internal sealed record HangupLeg(LegId Leg) : Effect;

/// <summary>Its peer is gone already.</summary>
internal sealed record CloseLeg(LegId Leg) : Effect;

// orders to media
internal sealed record AnswerOffer(LegId Leg, ReadOnlyMemory<byte> Sdp) : Effect;

internal sealed record Hear(LegId Listener, Sound Sound) : Effect;

/// <summary>A key, or a comma for a pause; after those that are still on their way to this leg.</summary>
internal sealed record SendDigit(LegId Leg, char Digit) : Effect;

// orders to the dispatcher, about the contact of a consultation where one is named, else about the call's own
/// <summary>Into the group's queue; at its head when it comes back from an agent.</summary>
internal sealed record EnqueueContact(GroupId Group, AgentId? LostBy = null) : Effect
{
    public ContactId? Contact { get; init; }

    /// <summary>An agent sent it: it is not waited for as long, and comes back to the call.</summary>
    public bool Transferred { get; init; }
}

internal sealed record OfferToAgent(AgentId Agent) : Effect
{
    public ContactId? Contact { get; init; }

    /// <summary>It comes back from where this agent sent it.</summary>
    public bool Returned { get; init; }
}

internal sealed record WithdrawContact : Effect
{
    public ContactId? Contact { get; init; }
}

internal sealed record AcceptOffer(OfferId Offer, AgentId Agent) : Effect;

internal sealed record DeclineOffer(OfferId Offer, AgentId Agent) : Effect;

internal sealed record PhoneUnreachable(OfferId Offer, AgentId Agent) : Effect;

internal sealed record AgentDone(AgentId Agent, bool WrapUp) : Effect
{
    public ContactId? Contact { get; init; }
}

// rows, events, deadlines
internal sealed record Insert(object Row) : Effect;

internal sealed record Update(object Row) : Effect;

internal sealed record Raise(IEvent Event) : Effect;

/// <param name="Of">Whose, where there can be several of a kind: the number of a leg, or of an agent.</param>
internal sealed record Arm(CallDeadline Kind, Instant At, long Of = 0) : Effect;

internal sealed record Disarm(CallDeadline Kind, long Of = 0) : Effect;

/// <summary>
/// What one leg's party hears, with what it is made of, so that another leg, group, place or reason is another sound:
/// <paramref name="Source"/> and, of three, <paramref name="Other"/> of <see cref="SoundKind.Leg"/>, <paramref name="Group"/> of music and
/// announcements,
/// <paramref name="Place"/> and <paramref name="Reason"/> of what is announced.
/// </summary>
internal readonly record struct Sound(
    SoundKind Kind, LegId? Source = null, GroupId? Group = null, int Place = 0, CallEndReason? Reason = null, LegId? Other = null)
{
    public static Sound Of(LegId leg) => new(SoundKind.Leg, leg);

    /// <summary>Two are heard together, or the one that speaks, or nothing.</summary>
    public static Sound Of(LegId? one, LegId? other) =>
        (one ?? other) is { } source ? new(SoundKind.Leg, source, Other: one is null ? null : other) : new(SoundKind.Nothing);
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
