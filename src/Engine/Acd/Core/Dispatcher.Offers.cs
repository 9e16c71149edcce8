namespace Tccc.Acd.Core;

// Offers: leases with a deadline, and how they end. product.md §4.
internal sealed partial class Dispatcher
{
    private const int EndedOffersKept = 4096;
    private static readonly TimeSpan DeclinedBackOff = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TimedOutBackOff = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan UnreachableBackOff = TimeSpan.FromSeconds(5);

    private readonly Dictionary<OfferId, (AgentId Agent, OfferOutcome Outcome)> ended = [];
    private readonly Queue<OfferId> endedByAge = new();

    public Result<Acceptance> Accept(Stamp at, OfferId id, AgentId agentId)
    {
        Tick(at);
        if (Find(id, agentId, out var offer) is { } error) return error;
        var (entry, agent) = (offer.Contact, offer.Agent);
        contacts.Remove(entry.Id);
        StopRinging(entry);
        End(offer, OfferOutcome.Accepted);
        while (entry.Offers.Count > 0) End(entry.Offers[^1], OfferOutcome.LostRace);
        KeepTrace(entry);
        if (offer.Group is not null && !entry.Contact.Asks)
        {
            var last = new LastServed(entry.Customer, agentId, now);
            Remember(last);
            if (last.Customer.Length > 0) served.Add(last);
        }
        Work(agent, entry.Id, entry.Contact.Kind);
        return new Acceptance(id, entry.Contact, agentId, offer.Group);
    }

    public Result Decline(Stamp at, OfferId id, AgentId agentId)
    {
        Tick(at);
        if (Find(id, agentId, out var offer) is { } error) return error;
        End(offer, OfferOutcome.Declined);
        return Result.Done;
    }

    public void Unreachable(Stamp at, OfferId id, AgentId agentId)
    {
        Tick(at);
        if (Find(id, agentId, out var offer) is null) End(offer, OfferOutcome.Unreachable);
    }

    private Error? Find(OfferId id, AgentId agent, out OfferEntry offer)
    {
        if (offers.TryGetValue(id, out offer!)) return offer.Agent.Id == agent ? null : new OfferNotYours();
        if (!ended.TryGetValue(id, out var over)) return new OfferUnknown();
        if (over.Agent != agent) return new OfferNotYours();
        return over.Outcome switch
        {
            OfferOutcome.Accepted => new OfferAccepted(),
            OfferOutcome.Declined => new OfferDeclined(),
            OfferOutcome.CallerGaveUp => new OfferGivenUp(),
            OfferOutcome.LostRace => new OfferTaken(),
            OfferOutcome.Unreachable => new OfferUnreachable(),
            _ => new OfferExpired(),
        };
    }

    private OfferEntry MakeOffer(ContactEntry entry, AgentEntry agent, int ring, bool personal)
    {
        StandAside(agent);
        var offer = new OfferEntry(newOffer(), entry, agent, entry.Group?.Id, now.Steady, now.Steady.AddSeconds(ring), personal);
        offers.Add(offer.Id, offer);
        entry.Offers.Add(offer);
        agent.Offer = offer;
        if (agent.Groups.Find(m => m.Group == entry.Group) is { } member) member.Turn = ++turn;
        if (entry.Personal is not null) TracePersonal(entry, ExclusionRule.Chosen);
        touchedAgents.Add(agent);
        Say(new OfferMade(settings.Id, now.Wall, offer.Id, entry.Id, entry.Contact.Kind, agent.Id, offer.Group, offer.Deadline));
        due.Arm(offer);
        return offer;
    }

    /// <summary>Ends an offer and lets both sides go on: the agent to whoever waits, the contact to the next agent.</summary>
    private void End(OfferEntry offer, OfferOutcome outcome)
    {
        var (entry, agent) = (offer.Contact, offer.Agent);
        offer.Over = true;
        offers.Remove(offer.Id);
        entry.Offers.Remove(offer);
        agent.Offer = null;
        touchedAgents.Add(agent);
        Keep(offer, outcome);
        Say(new OfferEnded(settings.Id, now.Wall, offer.Id, entry.Id, entry.Contact.Kind, agent.Id, offer.Group, outcome));
        if (entry.Offers.Count == 0) StopRinging(entry);
        if (outcome == OfferOutcome.Accepted) return;
        var (reason, by) = Penalize(offer, outcome);
        Settle(agent, reason, by);
        if (entry.Offers.Count == 0 && contacts.ContainsKey(entry.Id)) GoOn(entry, outcome);
    }

    /// <summary>From now on nobody who becomes free joins the ring.</summary>
    private static void StopRinging(ContactEntry entry)
    {
        if (!entry.RingsAll) return;
        entry.Lane.Ringing.Remove(entry.Key);
        entry.RingsAll = false;
    }

    private void Keep(OfferEntry offer, OfferOutcome outcome)
    {
        ended.Add(offer.Id, (offer.Agent.Id, outcome));
        endedByAge.Enqueue(offer.Id);
        if (endedByAge.Count > EndedOffersKept) ended.Remove(endedByAge.Dequeue());
    }

    private (StateReason, ChangedBy) Penalize(OfferEntry offer, OfferOutcome outcome)
    {
        var agent = offer.Agent;
        TimeSpan? backOff = outcome switch
        {
            OfferOutcome.Declined => DeclinedBackOff,
            OfferOutcome.TimedOut => TimedOutBackOff,
            OfferOutcome.Unreachable => UnreachableBackOff,
            _ => null,
        };
        if (backOff is null) return (StateReason.Chosen, ChangedBy.System);
        agent.BackOffUntil = now.Steady + backOff;
        if (!offer.Contact.Missed.Contains(agent.Id)) offer.Contact.Missed.Add(agent.Id);
        // To decline is to be there: only a ring that nobody heard counts.
        if (outcome == OfferOutcome.Declined) agent.Facts = agent.Facts with { Missed = 0 };
        if (outcome != OfferOutcome.TimedOut || offer.Contact.Contact.Kind != ContactKind.Call || agent.Shown.State != AgentState.Idle)
            return (StateReason.Chosen, ChangedBy.System);
        agent.Facts = agent.Facts with { Missed = agent.Facts.Missed + 1 };
        if (settings.MissedLimit == 0 || agent.Facts.Missed < settings.MissedLimit) return (StateReason.Chosen, ChangedBy.System);
        agent.Facts = agent.Facts with { Missed = 0, Wants = Choice.NotReady };
        return (StateReason.MissedCalls, ChangedBy.System);
    }

    /// <summary>
    /// The contact nobody took: back to its queue at the head, or, when it was for one agent, to what was agreed for that.
    /// </summary>
    private void GoOn(ContactEntry entry, OfferOutcome outcome)
    {
        if (entry.Personal is not null)
        {
            NotReached(entry, outcome switch
            {
                OfferOutcome.Declined => Refusal.Declined,
                OfferOutcome.Unreachable => Refusal.Unreachable,
                _ => Refusal.TimedOut,
            });
            return;
        }
        entry.Returned = true;
        OfferOrWait(entry);
    }
}
