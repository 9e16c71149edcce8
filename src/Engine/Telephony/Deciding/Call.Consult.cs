namespace Tccc.Telephony;

// The agent speaks with a third, beside the customer: swap, connect, three-way, take back. product.md §6.
internal sealed partial record Call
{
    public Consultation? Consultation => (Desk as Desk.Agent)?.Consultation;

    /// <summary>The agent who is consulted, or is the third of three.</summary>
    public AgentPart? ThirdAgent => (Consultation?.Third as Third.Agent)?.Part;

    private Third.Asked? AskedThird => Consultation?.Third as Third.Asked;

    private Call With(Consultation? consultation) => this with { Desk = ((Desk.Agent)Desk) with { Consultation = consultation } };

    private static void Consult(ref Turn turn, ConsultClicked click)
    {
        if (!MayMove(ref turn)) return;
        var agent = turn.Call.Agent!;
        if (agent.Stage is AgentStage.Lost)
        {
            turn.Refusal = new LineDown();
            return;
        }

        // what was on hold is with the third now, as with music as before
        if (agent.HeldSince is not null) turn.Call = turn.Call.With(agent with { HeldSince = null });
        Ask(ref turn, click.Target, click.Contact);
    }

    private static void Ask(ref Turn turn, Target target, ContactId contact)
    {
        var agent = turn.Call.Agent!;
        var third = target switch
        {
            Target.Group to => new Third.Asked(contact, to.Id, null, []),
            Target.Agent to => new Third.Asked(contact, null, to.Id, []),
            _ => (Third)new Third.Reaching(BeginReach(ref turn, (Target.Telephone)target)),
        };
        if (target is Target.Group group) turn.Do(new EnqueueContact(group.Id, agent.Id) { Transferred = true, Contact = contact });
        else if (target is Target.Agent colleague) turn.Do(new OfferToAgent(colleague.Id) { Contact = contact });
        turn.Call = turn.Call with
        {
            Desk = ((Desk.Agent)turn.Call.Desk) with { Consultation = new(third, Speaks.WithThird, turn.Now), Left = null },
        };
        turn.Store();
    }

    /// <summary>From one to the other; out of three-way it is the third in private.</summary>
    private static void Swap(ref Turn turn)
    {
        if (ThirdIsThere(ref turn) is not { } consultation) return;
        turn.Call = turn.Call.With(consultation with
        {
            Speaks = consultation.Speaks is Speaks.WithThird ? Speaks.WithCustomer : Speaks.WithThird,
        });
        turn.Store();
    }

    private static void JoinAll(ref Turn turn)
    {
        if (ThirdIsThere(ref turn) is not { } consultation) return;
        turn.Call = turn.Call.With(consultation with { Speaks = Speaks.WithBoth });
        if (turn.Call.ThirdAgent is { Served: false } third) turn.Call = turn.Call.With(third with { Served = true });
        turn.Store();
    }

    private static Consultation? ThirdIsThere(ref Turn turn)
    {
        turn.Refusal = turn.Call.Consultation switch
        {
            null => new NotConsulting(),
            { IsThere: false } => new ThirdNotThereYet(),
            _ => null,
        };
        return turn.Refusal is null ? turn.Call.Consultation : null;
    }

    private static void Connect(ref Turn turn)
    {
        if (turn.Call.Consultation is null) turn.Refusal = new NotConsulting();
        else PassOn(ref turn);
    }

    private static void TakeBack(ref Turn turn)
    {
        if (turn.Call.Consultation is null) turn.Refusal = new NotConsulting();
        else EndThird(ref turn, AttemptOutcome.Withdrawn);
    }

    /// <summary>The third is gone, or was not reached: agent and customer have each other back, and the agent is told.</summary>
    private static void LoseThird(ref Turn turn, CallEndReason reason)
    {
        if (turn.Call.IsInside)
        {
            LoseInside(ref turn, reason);
            return;
        }

        EndThird(ref turn, AttemptOutcome.CallEnded);
        turn.Call = turn.Call with { Desk = ((Desk.Agent)turn.Call.Desk) with { Left = reason } };
    }

    /// <summary>Lets the third go; the agent is alone with the customer.</summary>
    private static void EndThird(ref Turn turn, AttemptOutcome outcome)
    {
        switch (turn.Call.Consultation?.Third)
        {
            case Third.Asked asked:
                CloseOffers(ref turn, outcome);
                turn.Do(new WithdrawContact { Contact = asked.Contact });
                break;
            case Third.Agent { Part: var part }:
                EndPart(ref turn, part, part.Served);
                break;
            case Third.Reaching or Third.Outside:
                HangUpReached(ref turn);
                break;
            default:
                return;
        }

        turn.Call = turn.Call.With((Consultation?)null);
        turn.Store();
    }

    /// <summary>The consulted agent said yes.</summary>
    private static void AcceptThird(ref Turn turn, Accepted accepted)
    {
        var part = TakeOffer(ref turn, accepted);
        turn.Call = turn.Call.With(turn.Call.Consultation! with { Third = new Third.Agent(part) });
        if (part is { Leg: null, Device: AgentDevice.DeskPhone })
        {
            LoseThird(ref turn, CallEndReason.Unreachable);
        }
        else if (part.Leg is null)
        {
            Interrupt(ref turn, part);
        }
        else if (accepted.AutoAnswer && part.Device is AgentDevice.Line)
        {
            turn.Call = turn.Call.With(part with { Stage = AgentStage.Beeping });
            turn.Arm(CallDeadline.Beep, LongestBeep, part.Id.Value);
        }
        else
        {
            JoinThird(ref turn, part);
        }
    }

    private static void JoinThird(ref Turn turn, AgentPart part)
    {
        turn.Call = turn.Call.With(part with { Stage = AgentStage.Joined, JoinedAt = part.JoinedAt ?? turn.Now, ReturnBy = null });
        AnswerInside(ref turn);
        turn.Store();
    }

    /// <summary>Whom a change of the consultation is news for; their pages draw it anew.</summary>
    private static void RaiseShared(ref Turn turn, Call before)
    {
        var call = turn.Call;
        // who was in charge and is not any more has sent the customer on; what else ends a part is told by itself
        var moved = before.Agent is { } left && call.Agent?.Id != left.Id && !call.HasEnded;
        if (!moved && before.Consultation == call.Consultation && (before.Desk as Desk.Agent)?.Left == (call.Desk as Desk.Agent)?.Left)
            return;
        // who is being asked reads whether they will have a colleague or the customer
        AgentId?[] whose =
        [
            before.Agent?.Id, before.ThirdAgent?.Id, call.Agent?.Id, call.ThirdAgent?.Id, .. call.Offers.Select(o => (AgentId?)o.Agent),
        ];
        foreach (var agent in whose.OfType<AgentId>().Distinct()) turn.Raise(new CallShared(call.Id, call.Center, agent, turn.At));
    }
}
