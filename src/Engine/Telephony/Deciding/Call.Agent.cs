namespace Tccc.Telephony;

// The agent's part: joined, on hold, muted, lost, back, over.
internal sealed partial record Call
{
    private static void Join(ref Turn turn, AgentPart agent)
    {
        StopWaitingFor(ref turn, agent);
        if (agent.Id != turn.Call.Agent!.Id)
        {
            JoinThird(ref turn, agent);
            return;
        }

        AnswerCustomer(ref turn);
        var call = turn.Call;

        var first = agent.JoinedAt is null;
        turn.Call = call.With(agent with { Stage = AgentStage.Joined, JoinedAt = agent.JoinedAt ?? turn.Now, ReturnBy = null });
        turn.Call = turn.Call with
        {
            AnsweredAt = call.IsInside ? call.AnsweredAt : call.AnsweredAt ?? turn.Now,
            Desk = ((Desk.Agent)turn.Call.Desk) with { Fallback = null },
        };
        if (first)
        {
            turn.Store();
            turn.Raise(new CallAnswered(call.Id, call.Center, agent.Id, call.Group, agent.Device, turn.At));
        }
        else
        {
            turn.Raise(new CallRejoined(call.Id, call.Center, agent.Id, turn.At));
        }
    }

    private static void JoinLine(ref Turn turn, LineConnected line)
    {
        if (turn.Call.PartOf(line.Agent) is not { Device: AgentDevice.Line } agent || agent.Leg == line.Leg) return;
        agent = agent with { Leg = line.Leg };
        turn.Call = turn.Call.With(agent);
        // A beep that began on another line is not begun again.
        if (agent.Stage is not (AgentStage.Joined or AgentStage.Dialling)) Join(ref turn, agent);
    }

    private static void BreakLine(ref Turn turn, LineBroken line)
    {
        if (turn.Call.PartOf(line.Agent) is not { Device: AgentDevice.Line } agent || agent.Leg != line.Leg) return;
        StopWaitingFor(ref turn, agent);
        agent = agent with { Leg = null };
        turn.Call = turn.Call.With(agent);
        // whoever is still being called hears nothing of it
        if (agent.Stage is not AgentStage.Dialling) Interrupt(ref turn, agent);
    }

    private static void Interrupt(ref Turn turn, AgentPart agent)
    {
        var until = turn.Now + turn.Call.Settings.ConnectionLost;
        turn.Call = turn.Call.With(agent with { Stage = AgentStage.Lost, ReturnBy = until });
        turn.Do(new Arm(CallDeadline.AgentReturn, until, agent.Id.Value));
        turn.Raise(new CallInterrupted(turn.Call.Id, turn.Call.Center, agent.Id, turn.At));
    }

    private static void StopWaitingFor(ref Turn turn, AgentPart agent)
    {
        if (agent.Stage is AgentStage.Beeping) turn.Do(new Disarm(CallDeadline.Beep, agent.Id.Value));
        if (agent.Stage is AgentStage.Lost) turn.Do(new Disarm(CallDeadline.AgentReturn, agent.Id.Value));
    }

    /// <summary>
    /// The agent is gone for good: the customer goes to whom the agent consulted, else to the head of the queue, or the call ends when it
    /// came by none.
    /// </summary>
    private static void LoseAgent(ref Turn turn, CallEndReason reason, EndedBy by)
    {
        var agent = turn.Call.Agent!;
        if (turn.Call.IsInside)
        {
            LeaveInside(ref turn, reason, by);
            return;
        }

        if (turn.Call.Consultation is not null)
        {
            PassOn(ref turn);
            return;
        }

        if (turn.Call.Desk is Desk.Agent { Fallback: { } fallback })
        {
            EndAgentPart(ref turn);
            FallBack(ref turn, fallback);
            return;
        }

        if (turn.Call.Group is not { } group)
        {
            Finish(ref turn, new(agent.JoinedAt is null ? CallResult.Failed : CallResult.Served, reason, by));
            return;
        }

        EndAgentPart(ref turn);
        turn.Store();
        if (turn.Call.IsArriving) turn.Arm(CallDeadline.DispatcherSilent, DispatcherSilence);
        turn.Do(new EnqueueContact(group, agent.Id));
        turn.Raise(new CallReturned(turn.Call.Id, turn.Call.Center, agent.Id, group, turn.At));
    }

    /// <summary>What becomes of the customer then is the caller's to say.</summary>
    private static void EndAgentPart(ref Turn turn)
    {
        var agent = turn.Call.Agent!;
        EndPart(ref turn, agent, wrapUp: agent.JoinedAt is not null && !turn.Call.IsInside);
        turn.Call = turn.Call with { Desk = new Desk.Queue(), Contact = null };
    }

    private static void EndPart(ref Turn turn, AgentPart agent, bool wrapUp)
    {
        StopWaitingFor(ref turn, agent);
        if (agent is { Device: AgentDevice.DeskPhone, Leg: { } leg }) turn.Do(new HangupLeg(leg));
        turn.Do(new AgentDone(agent.Id, wrapUp) { Contact = agent.Contact });
    }

    private static bool Owns(ref Turn turn, AgentId agent)
    {
        turn.Refusal = turn.Call.RefusalOf(agent);
        return turn.Refusal is null;
    }

    /// <summary>As <see cref="Owns"/>, and there is a customer whom it is about.</summary>
    private static bool HasCustomer(ref Turn turn, AgentId agent)
    {
        if (Owns(ref turn, agent) && turn.Call.IsInside) turn.Refusal = new NoCustomerHere();
        return turn.Refusal is null;
    }

    /// <summary>Why this agent may not decide about the call; null when they may.</summary>
    public Error? RefusalOf(AgentId agent) =>
        HasEnded || (Agent is null && LastAgent == agent) ? new NoSuchCall()
            : Agent?.Id != agent ? new NotYourCall()
            : null;

    private static void HangupByAgent(ref Turn turn)
    {
        if (turn.Call.IsInside)
            LeaveInside(ref turn, turn.Call.AnsweredAt is null ? CallEndReason.GaveUpDialling : CallEndReason.HungUp, EndedBy.Agent);
        // Nobody has spoken to the customer yet: the agent's no is not the customer's end.
        else if (turn.Call.IsDialling)
            Finish(ref turn, new(CallResult.NotReached, CallEndReason.GaveUpDialling, EndedBy.Agent));
        // they answered while the line was gone
        else if (turn.Call is { Direction: CallDirection.Outbound, AnsweredAt: null })
            Finish(ref turn, new(CallResult.Failed, CallEndReason.Unreachable, EndedBy.Agent));
        else if (turn.Call.Consultation is not null) PassOn(ref turn);
        else if (turn.Call.Agent!.JoinedAt is null) LoseAgent(ref turn, CallEndReason.Rejected, EndedBy.Agent);
        else Finish(ref turn, new(CallResult.Served, CallEndReason.HungUp, EndedBy.Agent));
    }

    private static void Hold(ref Turn turn, bool on)
    {
        var call = turn.Call;
        var agent = call.Agent!;
        if (agent.JoinedAt is null)
        {
            turn.Refusal = new NotConnectedYet();
        }
        else if (call.Consultation is not null)
        {
            turn.Refusal = new Consulting();
        }
        else if (on != agent.HeldSince is not null)
        {
            turn.Call = call.With(agent with { HeldSince = on ? turn.Now : null });
            turn.Store();
            turn.Raise(
                on
                    ? new CallHeld(call.Id, call.Center, agent.Id, turn.At)
                    : new CallResumed(call.Id, call.Center, agent.Id, turn.At));
        }
    }

    private static void Mute(ref Turn turn, AgentPart agent, bool on)
    {
        if (agent.JoinedAt is null)
        {
            turn.Refusal = new NotConnectedYet();
        }
        else if (agent.Muted != on)
        {
            turn.Call = turn.Call.With(agent with { Muted = on });
            turn.Raise(new CallMuted(turn.Call.Id, turn.Call.Center, agent.Id, on, turn.At));
        }
    }
}
