using System.Collections.Immutable;

namespace Tccc.Telephony;

/// <summary>
/// Who is in charge of the customer at this moment. Each has its own data, which is gone with it; what moves each on is said in
/// Deciding/README.md.
/// </summary>
internal abstract record Desk
{
    private Desk() { }

    /// <summary>The call is made; <see cref="Arrived"/> has not been heard yet.</summary>
    public sealed record Nobody : Desk;

    /// <summary>
    /// In the dispatcher's hands, no agent being asked. Unanswered at first, moved on by the dispatcher or by
    /// <see cref="CallDeadline.DispatcherSilent"/>; answered and with music once the customer has to wait.
    /// </summary>
    /// <param name="Announcing">The place in the queue that is being announced at this moment; music before and after.</param>
    /// <param name="Fallback">An agent sent the customer here.</param>
    public sealed record Queue(int? Announcing = null, Fallback? Fallback = null) : Desk;

    /// <summary>
    /// Agents are asked: one, or several where a group rings all. Moved on by the end of the leases, which the dispatcher keeps.
    /// </summary>
    /// <param name="Offers">Never empty.</param>
    /// <param name="Fallback">An agent sent the customer here.</param>
    public sealed record Ringing(ImmutableArray<OfferOut> Offers, Fallback? Fallback = null) : Desk;

    /// <summary>An agent accepted: <see cref="AgentStage"/> says how far they are.</summary>
    /// <param name="Consultation">The third whom the agent speaks with, or rings.</param>
    /// <param name="Left">Why the last one whom the agent consulted is not there any more, where it was not the agent's wish.</param>
    /// <param name="Fallback">Another agent sent the customer, and they have not heard each other yet.</param>
    public sealed record Agent(
        AgentPart Part, Consultation? Consultation = null, CallEndReason? Left = null, Fallback? Fallback = null) : Desk;

    /// <summary>
    /// An agent sent the customer to a telephone, which rings. Moved on by it, else by <see cref="CallDeadline.RingLimit"/> of its leg.
    /// </summary>
    public sealed record Reaching(Reach Reach, Fallback Fallback) : Desk;

    /// <summary>The customer speaks with somebody outside, no agent between. Moved on by the end of either.</summary>
    /// <param name="Fallback">Where the customer goes when the other's connection breaks.</param>
    public sealed record Outside(Reach Peer, Fallback Fallback) : Desk;

    /// <summary>The customer hears why the call ends. Moved on by the clip's end, else by <see cref="CallDeadline.Farewell"/>.</summary>
    public sealed record Farewell(CallEnd End) : Desk;

    public sealed record Ended(CallEnd End) : Desk;
}

/// <summary>
/// Where the customer goes when the move that is under way fails; it stands on that move and is gone with it. product.md §6.
/// </summary>
/// <param name="By">The agent who moved them.</param>
/// <param name="Group">To the head of this group's queue; none: back to the agent.</param>
internal sealed record Fallback(AgentId By, GroupId? Group);

/// <summary>An agent speaks with a third beside the customer, or has them rung. At most one a call.</summary>
internal sealed record Consultation(Third Third, Speaks Speaks, Instant Since)
{
    /// <summary>The third hears and is heard.</summary>
    public bool IsThere => Third is Third.Outside or Third.Agent { Part.JoinedAt: not null };
}

/// <summary>Who is consulted, and how far they are.</summary>
internal abstract record Third
{
    private Third() { }

    /// <summary>The dispatcher has it, as a contact of its own: it waits in a group's queue, or agents are asked.</summary>
    public sealed record Asked(ContactId Contact, GroupId? Group, AgentId? Colleague, ImmutableArray<OfferOut> Offers) : Third;

    /// <summary>An agent accepted.</summary>
    public sealed record Agent(AgentPart Part) : Third;

    /// <summary>A telephone rings.</summary>
    public sealed record Reaching(Reach Reach) : Third;

    /// <summary>A telephone was picked up.</summary>
    public sealed record Outside(Reach Peer) : Third;
}

/// <summary>
/// A telephone that an agent has rung for a call, then speaks in it: a number by a carrier, or a desk phone nobody is bound to.
/// </summary>
/// <param name="Leg">Its connection by the way that is tried now.</param>
/// <param name="To">Number or extension.</param>
/// <param name="Ways">Those that may still be tried, should this one be at fault.</param>
/// <param name="Limit">So long it may ring.</param>
internal sealed record Reach(Leg Leg, Telephone To, ImmutableArray<Way> Ways, TimeSpan Limit)
{
    /// <summary>Its side has said anything of our INVITE.</summary>
    public bool Alerted { get; init; }

    /// <summary>Our own ring-back plays for the agent who waits for it.</summary>
    public bool RingBack { get; init; }
}

/// <summary>Who is to be rung outside the dispatcher's reach.</summary>
/// <param name="Number">Digits, or an extension.</param>
/// <param name="ShownAs">The center's own number that a carrier is to show; none to a desk phone, which is shown the customer's.</param>
internal readonly record struct Telephone(string Number, string? ShownAs);
