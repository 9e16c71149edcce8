namespace Tccc.Telephony;

// Every ending has a name, is told once, and leaves nothing open.
internal sealed partial record Call
{
    private static void StopServer(ref Turn turn)
    {
        var served = (turn.Call.Agent?.JoinedAt is not null || turn.Call.Desk is Desk.Outside)
            && turn.Call is not { IsInside: true, AnsweredAt: null };
        Finish(ref turn, new(served ? CallResult.Served : CallResult.Failed, CallEndReason.ServerStopped, EndedBy.System), status: 503);
    }

    private static void Finish(ref Turn turn, CallEnd end, int? status = null)
    {
        if (turn.Call.HasEnded) return;
        if (turn.Call.IsDialling) EndDialling(ref turn);
        var was = turn.Call;
        var lost = end.By is EndedBy.Customer ? AttemptOutcome.CallerGaveUp : AttemptOutcome.CallEnded;
        EndThird(ref turn, lost);
        CloseOffers(ref turn, lost);
        if (was.Agent is not null) EndAgentPart(ref turn);
        else if (was.Desk is Desk.Queue or Desk.Ringing) turn.Do(new WithdrawContact { Contact = was.Contact });
        else if (was.Desk is Desk.Reaching or Desk.Outside) HangUpReached(ref turn);
        if (was.Desk is Desk.Queue) turn.Do(new Disarm(CallDeadline.DispatcherSilent));
        if (was.Desk is Desk.Farewell) turn.Do(new Disarm(CallDeadline.Farewell));

        if (!was.IsInside)
        {
            turn.Do(was switch
            {
                { IsUnanswered: true } => new RejectLeg(was.Leg.Id, status ?? StatusOf(end.Reason)),
                { Leg.Stage: LegStage.Gone } => new CloseLeg(was.Leg.Id),
                _ => new HangupLeg(was.Leg.Id),
            });
        }

        turn.Call = turn.Call with { Desk = new Desk.Ended(end), EndedAt = turn.Now, Leg = was.Leg with { Stage = LegStage.Gone } };
        if (was.Desk is not Desk.Nobody) turn.Do(new Disarm(CallDeadline.Mark));
        turn.Store();
        turn.Raise(new CallEnded(was.Id, was.Center, was.Agent?.Id, end, turn.At));
        if (was is { Direction: not CallDirection.Inbound, AnsweredAt: null, LastAgent: { } dialler })
            turn.Raise(new CallNotReached(was.Id, was.Center, dialler, was.Customer, was.Called, end, turn.At));
    }

    /// <summary>The SIP answer that a customer gets who was never answered (RFC 3261 §21).</summary>
    private static int StatusOf(CallEndReason reason) => reason switch
    {
        CallEndReason.NumberUnknown => 404,
        CallEndReason.Busy => 486,
        CallEndReason.NoCommonCodec or CallEndReason.NotEncrypted => 488,
        CallEndReason.ProtocolError => 500,
        CallEndReason.ServerStopped or CallEndReason.NoPorts => 503,
        CallEndReason.Rejected => 603,
        _ => 480,
    };

    private CallRecord Record(Instant now)
    {
        var (ring, talk, hold) = Ledger.SoFar(now);
        return new()
        {
            Id = Id,
            Center = Center,
            Direction = Direction,
            Customer = Customer,
            Called = Called,
            Group = Group,
            Agent = LastAgent,
            ArrivedAt = Arrived.Wall,
            AnsweredAt = WallAt(AnsweredAt),
            EndedAt = WallAt(EndedAt),
            RingMs = (long)ring.TotalMilliseconds,
            TalkMs = (long)talk.TotalMilliseconds,
            HoldMs = (long)hold.TotalMilliseconds,
            Result = EndedAt is null ? null : End?.Result,
            Reason = EndedAt is null ? null : End?.Reason,
            EndedBy = EndedAt is null ? null : End?.By,
            Parts = Ledger.Written(now),
            Rang = AlertedAt is not null,
            SipStatus = Said?.Status,
            SipCause = Said?.Cause,
        };
    }

    private CallAttempt Attempt(OfferId offer, AgentId agent, AgentDevice device, Instant from, Instant to, AttemptOutcome outcome) => new()
    {
        Call = Id, Center = Center, Offer = offer, Agent = agent, Device = device, ArrivedAt = Arrived.Wall, StartedAt = WallAt(from),
        EndedAt = WallAt(to), Outcome = outcome,
    };
}
