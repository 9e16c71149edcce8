namespace Tccc.Telephony;

// The customer is called by us.
internal sealed partial record Call
{
    /// <summary>So long it may ring at the other side. product.md §5.</summary>
    public static readonly TimeSpan RingLimit = TimeSpan.FromSeconds(60);

    /// <summary>
    /// From the 180 to a ring-back of our own: many networks send theirs a moment after it, and no scrap of ours is to be heard before.
    /// </summary>
    public static readonly TimeSpan RingBackBreath = TimeSpan.FromMilliseconds(300);

    public bool IsDialling => Agent is { Stage: AgentStage.Dialling };

    private static void Dial(ref Turn turn, Dialled dialled)
    {
        if (turn.Call.Desk is not Desk.Nobody) return;
        turn.Call = turn.Call with
        {
            Direction = CallDirection.Outbound,
            LastAgent = dialled.Agent,
            Ways = dialled.Ways,
            Desk = new Desk.Agent(new(dialled.Agent, AgentDevice.Line, dialled.LineLeg, AgentStage.Dialling, turn.Now) { Dialled = true }),
        };
        TryNextWay(ref turn);
        turn.Store();
        turn.Raise(new CallDialled(turn.Call.Id, turn.Call.Center, dialled.Agent, turn.At));
    }

    private static void TryNextWay(ref Turn turn)
    {
        var way = turn.Call.Ways[0];
        var carrier = way.Trunk is null ? LegCarrier.Web : LegCarrier.Trunk;
        turn.Call = turn.Call with { Ways = turn.Call.Ways.RemoveAt(0), Leg = new(way.Leg, carrier, LegStage.Dialling) };
        turn.Arm(CallDeadline.RingLimit, RingLimit);
        turn.Do(new DialOut(way, new(turn.Call.Customer, turn.Call.Called)));
    }

    private static void Alert(ref Turn turn, LegAlerted alerted)
    {
        var call = turn.Call;
        if (!call.IsDialling || alerted.Leg != call.Leg.Id) return;
        // a second 180 neither begins the ring-back again nor winds it back, and sound that comes is not taken away
        var stage = alerted.Rings ? LegStage.Alerting : LegStage.Progressing;
        if (call.Leg.Stage is not LegStage.EarlyMedia && stage > call.Leg.Stage)
        {
            turn.Call = call with { Leg = call.Leg with { Stage = stage } };
            if (stage is LegStage.Alerting) turn.Arm(CallDeadline.RingBack, RingBackBreath);
        }

        if (call.AlertedAt is not null) return;
        turn.Call = turn.Call with { AlertedAt = turn.Now };
        turn.Raise(new CallAlerted(call.Id, call.Center, call.Agent!.Id, turn.At));
    }

    private static void Hear(ref Turn turn, LegId leg)
    {
        var call = turn.Call;
        if (!call.IsDialling || leg != call.Leg.Id || call.Leg.Stage is LegStage.EarlyMedia) return;
        StopRingBack(ref turn);
        turn.Call = turn.Call with { Leg = call.Leg with { Stage = LegStage.EarlyMedia } };
    }

    private static void StopRingBack(ref Turn turn)
    {
        if (turn.Call.Leg.Stage is LegStage.Alerting) turn.Do(new Disarm(CallDeadline.RingBack));
        if (turn.Call.Agent is { RingBack: true } agent) turn.Call = turn.Call.With(agent with { RingBack = false });
    }

    /// <summary>Answered, or given up.</summary>
    private static void EndDialling(ref Turn turn)
    {
        StopRingBack(ref turn);
        turn.Do(new Disarm(CallDeadline.RingLimit));
    }

    /// <summary>The customer picked up.</summary>
    private static void AnswerDialled(ref Turn turn, bool usable)
    {
        if (!turn.Call.IsDialling) return;
        if (!usable)
        {
            Finish(ref turn, new(CallResult.Failed, CallEndReason.NoCommonCodec, EndedBy.System));
            return;
        }

        EndDialling(ref turn);
        turn.Call = turn.Call with { Leg = turn.Call.Leg with { Stage = LegStage.Established } };
        var agent = turn.Call.Agent!;
        if (agent.Leg is null) Interrupt(ref turn, agent);
        else Join(ref turn, agent);
    }

    /// <summary>They were not reached, or not by this carrier.</summary>
    private static void LoseDialled(ref Turn turn, LegEnded lost)
    {
        StopRingBack(ref turn);
        var isLineFault = lost.Ending is LegEnding.Unreachable or LegEnding.TransportFailed or LegEnding.ProtocolError;
        if (isLineFault && turn.Call is { AlertedAt: null, Ways.IsEmpty: false })
        {
            turn.Do(new CloseLeg(turn.Call.Leg.Id));
            TryNextWay(ref turn);
            return;
        }

        turn.Call = turn.Call with { Leg = turn.Call.Leg with { Stage = LegStage.Gone }, Said = lost.Said };
        Finish(ref turn, lost.Ending switch
        {
            LegEnding.Busy => new(CallResult.NotReached, CallEndReason.Busy, EndedBy.Customer),
            LegEnding.NoAnswer or LegEnding.Cancelled => Unanswered(turn.Call),
            LegEnding.Rejected or LegEnding.HungUp => new(CallResult.NotReached, CallEndReason.Rejected, EndedBy.Customer),
            LegEnding.NotFound => new(CallResult.NotReached, CallEndReason.NumberUnknown, EndedBy.System),
            LegEnding.NotAcceptable => new(CallResult.Failed, CallEndReason.NoCommonCodec, EndedBy.System),
            _ => new CallEnd(CallResult.Failed, CallEndReason.TrunkFailure, EndedBy.System),
        });
    }

    /// <summary>Nobody took it in time; whether it rang at all is another fact.</summary>
    private static CallEnd Unanswered(Call call) =>
        new(CallResult.NotReached, call.AlertedAt is null ? CallEndReason.NeverAlerted : CallEndReason.NoAnswer, EndedBy.Deadline);
}
