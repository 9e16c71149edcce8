using System.Collections.Immutable;

namespace Tccc.Telephony;

/// <summary>
/// All that is true of one call, between two inputs. Changed by <see cref="Decide"/> alone; the states and what each
/// input does in them stand in Deciding/README.md. Every party has a leg of its own, this server between.
/// </summary>
internal sealed partial record Call(CallId Id, CenterId Center, string Customer, string Called, Leg Leg, CallSettings Settings)
{
    public Desk Desk { get; init; } = new Desk.Nobody();
    public CallDirection Direction { get; init; } = CallDirection.Inbound;

    /// <summary>The carriers by which an outbound call may still go, should the one that is tried be at fault.</summary>
    public ImmutableArray<Way> Ways { get; init; } = [];

    /// <summary>When the other side first said anything of our INVITE (18x).</summary>
    public Instant? AlertedAt { get; init; }

    /// <summary>What the customer's network said of its end.</summary>
    public SipSaid? Said { get; init; }

    /// <summary>The group whose queue the customer stands in and goes back to; none when the number leads to one agent.</summary>
    public GroupId? Group { get; init; }

    /// <summary>By what the dispatcher knows the customer who waits or rings; none: by the call's own number.</summary>
    public ContactId? Contact { get; init; }

    /// <summary>Where the call's own time begins: all its other moments are told as this wall time and steady time since.</summary>
    public Stamp Arrived { get; init; }
    public Instant? AnsweredAt { get; init; }
    public Instant? EndedAt { get; init; }

    /// <summary>What has become of the customer so far, and for how long.</summary>
    public Ledger Ledger { get; init; } = Ledger.Empty;

    /// <summary>When the agent's keys will all have been sent; none before the first.</summary>
    public Instant? KeysUntil { get; init; }

    /// <summary>Whose call it was last; stays when the agent's part is over.</summary>
    public AgentId? LastAgent { get; init; }

    /// <summary>The place that was announced last; <see cref="PlacesAnnounced"/> + 1 stands for all behind.</summary>
    public int? Announced { get; init; }

    /// <summary>The leases by which agents are asked now.</summary>
    public ImmutableArray<OfferOut> Offers => Desk switch
    {
        Desk.Ringing ringing => ringing.Offers,
        Desk.Agent { Consultation.Third: Third.Asked asked } => asked.Offers,
        _ => [],
    };

    /// <summary>Where the customer goes when the agents who are asked don't take them; none: who asked was no agent.</summary>
    private Fallback? Fallback => Desk switch
    {
        Desk.Queue queue => queue.Fallback,
        Desk.Ringing ringing => ringing.Fallback,
        _ => null,
    };

    /// <summary>The agent who accepted.</summary>
    public AgentPart? Agent => (Desk as Desk.Agent)?.Part;

    /// <summary>The place in the queue that is being announced.</summary>
    public int? Announcing => (Desk as Desk.Queue)?.Announcing;

    /// <summary>How it will end once the farewell was heard, then how it ended.</summary>
    public CallEnd? End => Desk switch
    {
        Desk.Farewell farewell => farewell.End,
        Desk.Ended ended => ended.End,
        _ => null,
    };

    public bool HasEnded => Desk is Desk.Ended;

    public DateTimeOffset WallAt(Instant at) => Arrived.WallAt(at);

    public DateTimeOffset? WallAt(Instant? at) => at is { } moment ? WallAt(moment) : null;

    public bool IsAnswered => Leg.Stage is LegStage.Answered or LegStage.Established;

    private bool IsUp => Desk is not (Desk.Nobody or Desk.Ended);

    private bool IsUnanswered => Leg.Stage is LegStage.Invited or LegStage.Ringing;

    /// <summary>The dispatcher has the customer and must say soon what becomes of them.</summary>
    private bool IsArriving => Desk is Desk.Queue && IsUnanswered;

    private Call With(AgentPart part) => Desk is not Desk.Agent desk ? this
        : desk.Part.Id == part.Id ? this with { Desk = desk with { Part = part } }
        : With(desk.Consultation! with { Third = new Third.Agent(part) });

    private Call With(OfferOut now, OfferOut before) => WithOffers(Offers.Replace(before, now));

    private Call WithOffers(ImmutableArray<OfferOut> offers) => Desk switch
    {
        Desk.Ringing ringing => this with
        {
            Desk = offers.IsEmpty ? new Desk.Queue(Fallback: ringing.Fallback) : ringing with { Offers = offers },
        },
        Desk.Queue queue when !offers.IsEmpty => this with { Desk = new Desk.Ringing(offers, queue.Fallback) },
        Desk.Agent { Consultation: { Third: Third.Asked asked } consultation } =>
            With(consultation with { Third = asked with { Offers = offers } }),
        _ => this,
    };

    /// <summary>The part of this agent: in charge, or consulted.</summary>
    public AgentPart? PartOf(AgentId agent) => Agent?.Id == agent ? Agent : ThirdAgent?.Id == agent ? ThirdAgent : null;

    public AgentPart? PartByLeg(LegId leg) => Agent?.Leg == leg ? Agent : ThirdAgent?.Leg == leg ? ThirdAgent : null;

    public OfferOut? Offer(OfferId id)
    {
        foreach (var offer in Offers)
        {
            if (offer.Id == id) return offer;
        }

        return null;
    }

    public OfferOut? OfferByLeg(LegId leg)
    {
        foreach (var offer in Offers)
        {
            if (offer.Leg == leg) return offer;
        }

        return null;
    }
}

/// <summary>What of the center's settings a call needs, taken when it arrives.</summary>
internal sealed record CallSettings(TimeSpan ConnectionLost);

/// <summary>One agent being asked. <paramref name="Leg"/> is the desk phone's, none for a line or once the phone is gone.</summary>
internal sealed record OfferOut(OfferId Id, AgentId Agent, AgentDevice Device, LegId? Leg, Instant Since, bool Accepting = false);

/// <summary>The agent's side of an assigned call. <paramref name="Leg"/> is none while the line is lost.</summary>
internal sealed record AgentPart(AgentId Id, AgentDevice Device, LegId? Leg, AgentStage Stage, Instant Since)
{
    public Instant? JoinedAt { get; init; }
    public Instant? HeldSince { get; init; }
    public bool Muted { get; init; }

    /// <summary>What the dispatcher knows the agent's work by; none: by the call's own number.</summary>
    public ContactId? Contact { get; init; }

    /// <summary>They called the customer; nobody asked them.</summary>
    public bool Dialled { get; init; }

    /// <summary>Of who is consulted: has been in a talk with the customer, which gives wrap-up.</summary>
    public bool Served { get; init; }

    /// <summary>Our own ring-back plays for the agent, who dialled.</summary>
    public bool RingBack { get; init; }
    public Instant? ReturnBy { get; init; }
}

internal enum AgentStage
{
    /// <summary>
    /// The customer is being called by this agent. Moved on by the other side, else by <see cref="CallDeadline.RingLimit"/>.
    /// </summary>
    Dialling,
    /// <summary>Auto answer: the beep plays in the agent's ear. Moved on by its end, else by <see cref="CallDeadline.Beep"/>.</summary>
    Beeping,
    /// <summary>Both hear each other, or the customer is on hold.</summary>
    Joined,
    /// <summary>The line broke; the customer hears music. Moved on by a new line, else by <see cref="CallDeadline.AgentReturn"/>.</summary>
    Lost,
}
