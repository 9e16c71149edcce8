namespace Tccc.Telephony;

// The agent's part: joined, on hold, muted, lost, back, over.
internal sealed partial record Call
{
    private static void Join(ref Turn turn)
    {
        AnswerCustomer(ref turn);
        var call = turn.Call;
        var agent = call.Agent!;
        if (agent.Stage is AgentStage.Beeping) turn.Do(new Disarm(CallDeadline.Beep));
        if (agent.Stage is AgentStage.Lost) turn.Do(new Disarm(CallDeadline.AgentReturn));

        var first = agent.JoinedAt is null;
        turn.Call = call with
        {
            AnsweredAt = call.AnsweredAt ?? turn.Now,
            Desk = new Desk.Agent(agent with { Stage = AgentStage.Joined, JoinedAt = agent.JoinedAt ?? turn.Now, ReturnBy = null }),
        };
        if (first)
        {
            turn.Do(new Update(turn.Call.Record(turn.Now)));
            turn.Arm(CallDeadline.Mark, MarkEvery);
            turn.Raise(new CallAnswered(call.Id, call.Center, agent.Id, call.Group, agent.Device, turn.At));
        }
        else
        {
            turn.Raise(new CallRejoined(call.Id, call.Center, agent.Id, turn.At));
        }
    }

    private static void JoinLine(ref Turn turn, LineConnected line)
    {
        if (turn.Call.Agent is not { Device: AgentDevice.Line } agent || agent.Id != line.Agent || agent.Leg == line.Leg) return;
        turn.Call = turn.Call.With(agent with { Leg = line.Leg });
        // A beep that began on another line is not begun again.
        if (agent.Stage is not (AgentStage.Joined or AgentStage.Dialling)) Join(ref turn);
    }

    private static void BreakLine(ref Turn turn, LineBroken line)
    {
        if (turn.Call.Agent is not { Device: AgentDevice.Line } agent || agent.Id != line.Agent || agent.Leg != line.Leg) return;
        if (agent.Stage is AgentStage.Beeping) turn.Do(new Disarm(CallDeadline.Beep));
        turn.Call = turn.Call.With(agent with { Leg = null });
        // whoever is still being called hears nothing of it
        if (agent.Stage is not AgentStage.Dialling) Interrupt(ref turn);
    }

    private static void Interrupt(ref Turn turn)
    {
        var until = turn.Now + turn.Call.Settings.ConnectionLost;
        turn.Call = turn.Call.With(turn.Call.Agent! with { Stage = AgentStage.Lost, ReturnBy = until });
        turn.Do(new Arm(CallDeadline.AgentReturn, until));
        turn.Raise(new CallInterrupted(turn.Call.Id, turn.Call.Center, turn.Call.Agent!.Id, turn.At));
    }

    /// <summary>The agent is gone for good: the customer goes to the head of the queue, or the call ends when it came by none.</summary>
    private static void LoseAgent(ref Turn turn, CallEndReason reason, EndedBy by)
    {
        var agent = turn.Call.Agent!;
        if (turn.Call.Group is not { } group)
        {
            Finish(ref turn, new(agent.JoinedAt is null ? CallResult.Failed : CallResult.Served, reason, by));
            return;
        }

        EndAgentPart(ref turn);
        if (agent.JoinedAt is not null) turn.Do(new Update(turn.Call.Record(turn.Now)));
        if (turn.Call.IsArriving) turn.Arm(CallDeadline.DispatcherSilent, DispatcherSilence);
        turn.Do(new EnqueueContact(group, agent.Id));
        turn.Raise(new CallReturned(turn.Call.Id, turn.Call.Center, agent.Id, group, turn.At));
    }

    /// <summary>What becomes of the customer then is the caller's to say.</summary>
    private static void EndAgentPart(ref Turn turn)
    {
        var agent = turn.Call.Agent!;
        if (agent.HeldSince is not null) EndHold(ref turn);
        agent = turn.Call.Agent!;
        if (agent.Stage is AgentStage.Beeping) turn.Do(new Disarm(CallDeadline.Beep));
        if (agent.Stage is AgentStage.Lost) turn.Do(new Disarm(CallDeadline.AgentReturn));
        if (agent is { Device: AgentDevice.DeskPhone, Leg: { } leg }) turn.Do(new HangupLeg(leg));
        if (agent.JoinedAt is not null) turn.Do(new Disarm(CallDeadline.Mark));
        var (talk, hold) = turn.Call.SoFar(turn.Now);
        turn.Call = turn.Call with { Desk = new Desk.Queue(), TalkTime = talk, HoldTime = hold };
        turn.Do(new AgentDone(agent.Id, WrapUp: agent.JoinedAt is not null));
    }

    /// <summary>Talk and hold up to this moment, of all agents.</summary>
    private (TimeSpan Talk, TimeSpan Hold) SoFar(Instant now)
    {
        if (Agent is not { JoinedAt: { } joined } agent) return (TalkTime, HoldTime);
        var held = agent.Held + (agent.HeldSince is { } since ? now - since : TimeSpan.Zero);
        return (TalkTime + (now - joined - held), HoldTime + held);
    }

    private static bool Owns(ref Turn turn, AgentId agent)
    {
        turn.Refusal = turn.Call.HasEnded || (turn.Call.Agent is null && turn.Call.LastAgent == agent) ? new NoSuchCall()
            : turn.Call.Agent?.Id != agent ? new NotYourCall()
            : null;
        return turn.Refusal is null;
    }

    private static void HangupByAgent(ref Turn turn)
    {
        // Nobody has spoken to the customer yet: the agent's no is not the customer's end.
        if (turn.Call is { Direction: CallDirection.Outbound, AnsweredAt: null })
            Finish(ref turn, new(CallResult.NotReached, CallEndReason.GaveUpDialling, EndedBy.Agent));
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
        else if (on && agent.HeldSince is null)
        {
            turn.Call = call.With(agent with { HeldSince = turn.Now }) with { Holds = call.Holds.Add(new(turn.At, null)) };
            turn.Do(new Insert(new CallHold { Call = call.Id, Center = call.Center, StartedAt = turn.At, Agent = agent.Id }));
            turn.Raise(new CallHeld(call.Id, call.Center, agent.Id, turn.At));
        }
        else if (!on && agent.HeldSince is not null)
        {
            EndHold(ref turn);
            turn.Raise(new CallResumed(call.Id, call.Center, agent.Id, turn.At));
        }
    }

    private static void EndHold(ref Turn turn)
    {
        var agent = turn.Call.Agent!;
        var since = agent.HeldSince!.Value;
        var hold = new HoldSpan(turn.Call.WallAt(since), turn.At);
        turn.Call = turn.Call with
        {
            Desk = new Desk.Agent(agent with { HeldSince = null, Held = agent.Held + (turn.Now - since) }),
            Holds = turn.Call.Holds.SetItem(turn.Call.Holds.Length - 1, hold),
        };
        turn.Do(new Update(
            new CallHold { Call = turn.Call.Id, Center = turn.Call.Center, StartedAt = hold.From, Agent = agent.Id,
                EndedAt = hold.Until }));
    }

    private static void Mute(ref Turn turn, bool on)
    {
        var agent = turn.Call.Agent!;
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
