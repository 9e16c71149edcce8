namespace Tccc.Telephony;

// A telephone is rung for the customer, or to be consulted.
internal sealed partial record Call
{
    /// <summary>The telephone that rings, or speaks, in this call.</summary>
    public Reach? Reached => Desk switch
    {
        Desk.Reaching to => to.Reach,
        Desk.Outside to => to.Peer,
        Desk.Agent { Consultation.Third: Third.Reaching to } => to.Reach,
        Desk.Agent { Consultation.Third: Third.Outside to } => to.Peer,
        _ => null,
    };

    /// <summary>It rings, and was not picked up.</summary>
    public bool IsReaching => Desk is Desk.Reaching or Desk.Agent { Consultation.Third: Third.Reaching };

    private Call With(Reach reach) => Desk switch
    {
        Desk.Reaching desk => this with { Desk = desk with { Reach = reach } },
        Desk.Agent { Consultation: { Third: Third.Reaching } consultation } desk =>
            this with { Desk = desk with { Consultation = consultation with { Third = new Third.Reaching(reach) } } },
        _ => this,
    };

    private bool Reaches(LegId leg) => IsReaching && Reached!.Leg.Id == leg;

    private static Reach BeginReach(ref Turn turn, Target.Telephone to) =>
        TryWay(ref turn, new(default, new(to.Number, to.ShownAs), to.Ways, to.Limit));

    private static Reach TryWay(ref Turn turn, Reach reach)
    {
        var way = reach.Ways[0];
        turn.Arm(CallDeadline.RingLimit, reach.Limit, way.Leg.Value);
        turn.Do(new DialOut(way, reach.To));
        var carrier = way.Phone is null ? LegCarrier.Trunk : LegCarrier.DeskPhone;
        return reach with { Leg = new(way.Leg, carrier, LegStage.Dialling), Ways = reach.Ways.RemoveAt(0) };
    }

    private static void AlertReached(ref Turn turn, bool rings)
    {
        var reach = turn.Call.Reached!;
        var stage = rings ? LegStage.Alerting : LegStage.Progressing;
        var sounds = reach.Leg.Stage is not LegStage.EarlyMedia && stage > reach.Leg.Stage;
        if (sounds && rings) turn.Arm(CallDeadline.RingBack, RingBackBreath, reach.Leg.Id.Value);
        turn.Call = turn.Call.With(reach with { Alerted = true, Leg = sounds ? reach.Leg with { Stage = stage } : reach.Leg });
    }

    private static void HearReached(ref Turn turn)
    {
        var reach = turn.Call.Reached!;
        StopReaching(ref turn, reach, limit: false);
        turn.Call = turn.Call.With(reach with { RingBack = false, Leg = reach.Leg with { Stage = LegStage.EarlyMedia } });
    }

    private static void StopReaching(ref Turn turn, Reach reach, bool limit = true)
    {
        if (limit) turn.Do(new Disarm(CallDeadline.RingLimit, reach.Leg.Id.Value));
        if (reach.Leg.Stage is LegStage.Alerting) turn.Do(new Disarm(CallDeadline.RingBack, reach.Leg.Id.Value));
    }

    private static void AnswerReached(ref Turn turn, bool usable)
    {
        var reach = turn.Call.Reached!;
        if (!usable)
        {
            EndReached(ref turn, CallEndReason.NoCommonCodec);
            return;
        }

        StopReaching(ref turn, reach);
        var peer = reach with { RingBack = false, Leg = reach.Leg with { Stage = LegStage.Established } };
        turn.Call = turn.Call with
        {
            Desk = turn.Call.Desk switch
            {
                Desk.Agent { Consultation: { } consultation } desk =>
                    desk with { Consultation = consultation with { Third = new Third.Outside(peer) } },
                Desk.Reaching desk => new Desk.Outside(peer, desk.Fallback),
                var other => other,
            },
        };
        AnswerInside(ref turn);
        turn.Store();
    }

    /// <summary>It was not reached, or not by this carrier; or its connection is over.</summary>
    private static void LoseReached(ref Turn turn, LegEnding ending)
    {
        var reach = turn.Call.Reached!;
        var isLineFault = ending is LegEnding.Unreachable or LegEnding.TransportFailed or LegEnding.ProtocolError;
        if (turn.Call.IsReaching && isLineFault && reach is { Alerted: false, Ways.IsEmpty: false })
        {
            StopReaching(ref turn, reach);
            turn.Do(new CloseLeg(reach.Leg.Id));
            turn.Call = turn.Call.With(TryWay(ref turn, reach));
            return;
        }

        EndReached(ref turn, ending switch
        {
            LegEnding.HungUp when !turn.Call.IsReaching => CallEndReason.HungUp,
            LegEnding.Busy => CallEndReason.Busy,
            LegEnding.NoAnswer or LegEnding.Cancelled => reach.Alerted ? CallEndReason.NoAnswer : CallEndReason.NeverAlerted,
            LegEnding.Rejected or LegEnding.HungUp => CallEndReason.Rejected,
            LegEnding.NotFound => CallEndReason.NumberUnknown,
            LegEnding.NotAcceptable => CallEndReason.NoCommonCodec,
            LegEnding.MediaLost => CallEndReason.MediaLost,
            _ => CallEndReason.TrunkFailure,
        });
    }

    /// <summary>The customer is with somebody else then: the agent who consulted, or where they fall back to.</summary>
    private static void EndReached(ref Turn turn, CallEndReason reason)
    {
        switch (turn.Call.Desk)
        {
            case Desk.Reaching desk:
                HangUpReached(ref turn);
                FallBack(ref turn, desk.Fallback);
                break;
            case Desk.Outside when reason is CallEndReason.HungUp:
                Finish(ref turn, new(CallResult.Served, CallEndReason.HungUp, EndedBy.Third));
                break;
            case Desk.Outside desk:
                HangUpReached(ref turn);
                FallBack(ref turn, desk.Fallback);
                break;
            default:
                LoseThird(ref turn, reason);
                break;
        }
    }

    /// <summary>CANCEL, BYE, or nothing when it is gone already.</summary>
    private static void HangUpReached(ref Turn turn)
    {
        var reach = turn.Call.Reached!;
        if (turn.Call.IsReaching) StopReaching(ref turn, reach);
        turn.Do(new HangupLeg(reach.Leg.Id));
    }
}
