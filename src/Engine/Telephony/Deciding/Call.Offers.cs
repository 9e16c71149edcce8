namespace Tccc.Telephony;

// Agents are asked, and one accepts.
internal sealed partial record Call
{
    private static void BeginOffer(ref Turn turn, OfferBegan began)
    {
        var call = turn.Call;
        var consults = call.AskedThird is { } asked && asked.Contact == began.Contact;
        if (!consults && (call.Desk is not (Desk.Queue or Desk.Ringing) || began.Contact != call.Contact)) return;
        if (call.Offer(began.Offer) is not null) return;

        var offer = new OfferOut(began.Offer, began.Agent, began.Device, began.PhoneLeg, turn.Now);
        turn.Call = call.WithOffers(call.Offers.Add(offer));
        if (!consults) turn.Call = turn.Call with { Group = began.Group ?? call.Group };
        if (call.IsArriving) turn.Do(new Disarm(CallDeadline.DispatcherSilent));
        if (call.Leg.Stage is LegStage.Invited)
        {
            turn.Do(new RingLeg(call.Leg.Id));
            turn.Call = turn.Call with { Leg = call.Leg with { Stage = LegStage.Ringing } };
        }

        if (began.PhoneLeg is { } leg) turn.Do(new InvitePhone(leg, began.Agent));
        else if (began.AutoAnswer) AskDispatcher(ref turn, offer);
    }

    private static void AskDispatcher(ref Turn turn, OfferOut offer)
    {
        turn.Call = turn.Call.With(offer with { Accepting = true }, offer);
        turn.Do(new AcceptOffer(offer.Id, offer.Agent));
    }

    private static void EndOffer(ref Turn turn, OfferId id, AttemptOutcome outcome)
    {
        // The dispatcher's «accepted» is old news: the acceptance itself came before, with the agent's line.
        if (outcome is AttemptOutcome.Accepted || turn.Call.Offer(id) is not { } offer) return;
        CloseOffer(ref turn, offer, outcome);
        if (turn.Call.IsArriving) turn.Arm(CallDeadline.DispatcherSilent, DispatcherSilence);
    }

    private static void CloseOffer(ref Turn turn, OfferOut offer, AttemptOutcome outcome)
    {
        if (offer.Leg is { } leg && outcome is not AttemptOutcome.Accepted) turn.Do(new HangupLeg(leg));
        turn.Call = turn.Call.WithOffers(turn.Call.Offers.Remove(offer));
        turn.Do(new Insert(turn.Call.Attempt(offer.Id, offer.Agent, offer.Device, offer.Since, turn.Now, outcome)));
    }

    private static void CloseOffers(ref Turn turn, AttemptOutcome outcome)
    {
        foreach (var offer in turn.Call.Offers) CloseOffer(ref turn, offer, outcome);
    }

    /// <summary>The desk phone was picked up: that is the agent's yes to the offer.</summary>
    private static void AnswerPhone(ref Turn turn, LegAnswered answered)
    {
        if (turn.Call.OfferByLeg(answered.Leg) is not { } offer)
        {
            // Picked up in the moment when the offer ended: nobody must be left listening to nothing.
            if (!turn.Call.HasPhone(answered.Leg)) turn.Do(new HangupLeg(answered.Leg));
            return;
        }

        if (answered.Usable) AskDispatcher(ref turn, offer);
        else EndPhone(ref turn, answered.Leg, LegEnding.NotAcceptable);
    }

    private static void DropPhone(ref Turn turn, OfferId id)
    {
        // The offer itself stays until the dispatcher says how it ended.
        if (turn.Call.Offer(id) is not { } offer) return;
        if (offer.Leg is { } leg) turn.Do(new HangupLeg(leg));
        turn.Call = turn.Call.With(offer with { Leg = null, Accepting = false }, offer);
    }

    private static void EndPhone(ref Turn turn, LegId leg, LegEnding ending)
    {
        if (turn.Call.OfferByLeg(leg) is { } offer)
        {
            DropPhone(ref turn, offer.Id);
            // While the dispatcher is asked, its answer comes first: Accept without a phone returns the customer to the queue.
            if (offer.Accepting) return;
            turn.Do(ending is LegEnding.Busy or LegEnding.Rejected or LegEnding.HungUp
                ? new DeclineOffer(offer.Id, offer.Agent)
                : new PhoneUnreachable(offer.Id, offer.Agent));
        }
        else if (turn.Call.PartByLeg(leg) is { Device: AgentDevice.DeskPhone } agent)
        {
            turn.Do(new HangupLeg(leg));
            turn.Call = turn.Call.With(agent with { Leg = null });
            if (agent.Id != turn.Call.Agent!.Id)
                LoseThird(ref turn, ending is LegEnding.HungUp ? CallEndReason.HungUp : CallEndReason.Unreachable);
            else if (ending is LegEnding.HungUp) HangupByAgent(ref turn);
            else LoseAgent(ref turn, ending is LegEnding.MediaLost ? CallEndReason.MediaLost : CallEndReason.Unreachable, EndedBy.System);
        }
    }

    private static void Accept(ref Turn turn, Accepted accepted)
    {
        var call = turn.Call;
        if (call.AskedThird is { } asked && asked.Contact == accepted.Contact)
        {
            AcceptThird(ref turn, accepted);
            return;
        }

        if (call.Desk is not (Desk.Queue or Desk.Ringing) || accepted.Contact != call.Contact)
        {
            // The same yes told twice is no refusal; a second agent, or a caller who is gone, is.
            if (call.PartOf(accepted.Agent) is { } has && has.Contact == accepted.Contact) return;
            turn.Refusal = new CallerGone();
            turn.Do(new AgentDone(accepted.Agent, WrapUp: false) { Contact = accepted.Contact });
            return;
        }

        if (call.IsArriving) turn.Do(new Disarm(CallDeadline.DispatcherSilent));
        var part = TakeOffer(ref turn, accepted);
        turn.Call = turn.Call with
        {
            Group = accepted.Group ?? call.Group,
            LastAgent = accepted.Agent,
            Desk = new Desk.Agent(part) { Fallback = call.Fallback },
        };
        Connect(ref turn, accepted.AutoAnswer);
    }

    /// <summary>What was offered is this agent's; whoever else was asked has lost the race.</summary>
    private static AgentPart TakeOffer(ref Turn turn, Accepted accepted)
    {
        var device = accepted.Device;
        var leg = accepted.LineLeg;
        if (turn.Call.Offer(accepted.Offer) is { } offer)
        {
            device = offer.Device;
            if (device is AgentDevice.DeskPhone) leg = offer.Leg;
            CloseOffer(ref turn, offer, AttemptOutcome.Accepted);
        }
        else
        {
            // Taken from the list of those who wait: the yes is quicker here than the news of the offer.
            turn.Do(new Insert(turn.Call.Attempt(accepted.Offer, accepted.Agent, device, turn.Now, turn.Now, AttemptOutcome.Accepted)));
        }

        CloseOffers(ref turn, AttemptOutcome.LostRace);
        return new(accepted.Agent, device, leg, AgentStage.Joined, turn.Now) { Contact = accepted.Contact };
    }

    private static void Connect(ref Turn turn, bool autoAnswer)
    {
        var agent = turn.Call.Agent!;
        if (agent.Leg is null && agent.Device is AgentDevice.DeskPhone)
        {
            LoseAgent(ref turn, CallEndReason.Unreachable, EndedBy.System);
        }
        else if (agent.Leg is null)
        {
            AnswerCustomer(ref turn);
            Interrupt(ref turn, agent);
        }
        else if (autoAnswer && agent.Device is AgentDevice.Line)
        {
            turn.Call = turn.Call.With(agent with { Stage = AgentStage.Beeping });
            turn.Arm(CallDeadline.Beep, LongestBeep, agent.Id.Value);
        }
        else
        {
            Join(ref turn, agent);
        }
    }
}
