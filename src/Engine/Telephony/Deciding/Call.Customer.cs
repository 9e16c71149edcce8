namespace Tccc.Telephony;

// The customer comes, waits, leaves.
internal sealed partial record Call
{
    private static void Arrive(ref Turn turn, Entry entry)
    {
        if (turn.Call.Desk is not Desk.Nobody) return;
        turn.Call = turn.Call with { Group = (entry as Entry.ToGroup)?.Group };
        if (entry is Entry.Refused refused)
        {
            Finish(ref turn, new(CallResult.Refused, refused.Reason, EndedBy.System), refused.Status);
            return;
        }

        turn.Call = turn.Call with { Desk = new Desk.Queue() };
        turn.Store();
        turn.Arm(CallDeadline.DispatcherSilent, DispatcherSilence);
        switch (entry)
        {
            case Entry.ToGroup i:
                turn.Do(new EnqueueContact(i.Group));
                break;
            case Entry.ToAgent i:
                turn.Do(new OfferToAgent(i.Agent));
                break;
            case Entry.Farewell i:
                BidFarewell(ref turn, new(CallResult.Refused, i.Reason, EndedBy.System));
                break;
        }
    }

    private static void Establish(ref Turn turn, LegId leg)
    {
        if (turn.Call.Leg.Id == leg && turn.Call.Leg.Stage is LegStage.Answered)
            turn.Call = turn.Call with { Leg = turn.Call.Leg with { Stage = LegStage.Established } };
    }

    /// <summary>Nobody is free. Carriers cut early media, so the customer is answered and hears music (ADR 3).</summary>
    private static void Wait(ref Turn turn)
    {
        if (!turn.Call.IsArriving) return;
        AnswerCustomer(ref turn);
        turn.Do(new Disarm(CallDeadline.DispatcherSilent));
    }

    /// <summary>The dispatcher says when; the music pauses for it.</summary>
    private static void AnnouncePlace(ref Turn turn, int place)
    {
        if (turn.Call.Desk is not Desk.Queue queue || turn.Call.IsUnanswered) return;
        place = Math.Min(place, PlacesAnnounced + 1);
        if (place > PlacesAnnounced && turn.Call.Announced == place) return;
        turn.Call = turn.Call with { Desk = queue with { Announcing = place }, Announced = place };
        turn.Arm(CallDeadline.Place, LongestAnnouncement);
    }

    private static void StopAnnouncing(ref Turn turn) =>
        turn.Call = turn.Call with { Desk = ((Desk.Queue)turn.Call.Desk) with { Announcing = null } };

    private static void AnswerCustomer(ref Turn turn)
    {
        if (!turn.Call.IsUnanswered) return;
        turn.Do(new AcceptLeg(turn.Call.Leg.Id));
        turn.Call = turn.Call with { Leg = turn.Call.Leg with { Stage = LegStage.Answered } };
    }

    /// <summary>The dispatcher gave the customer up: they hear why, or the call just ends.</summary>
    private static void Release(ref Turn turn, Released released)
    {
        if (turn.Call.AskedThird is { } asked && asked.Contact == released.Contact)
        {
            LoseThird(ref turn, released.Reason);
            return;
        }

        if (turn.Call.Desk is not (Desk.Queue or Desk.Ringing) || released.Contact != turn.Call.Contact) return;
        if (turn.Call.Fallback is { } fallback)
        {
            FallBack(ref turn, fallback);
            return;
        }

        var by = released.Reason switch
        {
            CallEndReason.WaitedTooLong or CallEndReason.NoAnswer => EndedBy.Deadline,
            CallEndReason.Rejected => EndedBy.Agent,
            _ => EndedBy.System,
        };
        CloseOffers(ref turn, AttemptOutcome.CallEnded);
        var end = new CallEnd(CallResult.Refused, released.Reason, by);
        if (released.Farewell) BidFarewell(ref turn, end);
        else Finish(ref turn, end);
    }

    private static void BidFarewell(ref Turn turn, CallEnd end)
    {
        if (turn.Call.IsArriving) turn.Do(new Disarm(CallDeadline.DispatcherSilent));
        AnswerCustomer(ref turn);
        turn.Call = turn.Call with { Desk = new Desk.Farewell(end) };
        turn.Arm(CallDeadline.Farewell, LongestAnnouncement);
    }

    private static void LoseCustomer(ref Turn turn, LegEnding ending, SipSaid? said = null)
    {
        if (!turn.Call.IsUp) return;
        var end = turn.Call.EndingBy(ending);
        turn.Call = turn.Call with { Said = said };
        if (ending is not LegEnding.MediaLost) turn.Call = turn.Call with { Leg = turn.Call.Leg with { Stage = LegStage.Gone } };
        Finish(ref turn, end);
    }

    private CallEnd EndingBy(LegEnding ending)
    {
        // A CANCEL that crossed our 200 means that the customer never heard the agent; so does an ACK that never came.
        var spoke = AnsweredAt is not null && ending is not LegEnding.Cancelled
            && (Leg.Stage is LegStage.Established || ending is LegEnding.HungUp);
        if (ending is LegEnding.HungUp or LegEnding.Cancelled)
        {
            if (spoke && Agent is not null) return new(CallResult.Served, CallEndReason.HungUp, EndedBy.Customer);
            if (Desk is Desk.Farewell farewell) return farewell.End;
            if (Desk is Desk.Outside) return new(CallResult.Served, CallEndReason.HungUp, EndedBy.Customer);
            // they answered while the agent's line was gone
            if (Direction is CallDirection.Outbound && AnsweredAt is null)
                return new(CallResult.Failed, CallEndReason.Unreachable, EndedBy.Customer);
            var ringing = Desk is Desk.Ringing or Desk.Agent or Desk.Reaching;
            return new(CallResult.Abandoned, ringing ? CallEndReason.GaveUpWhileRinging : CallEndReason.GaveUpInQueue, EndedBy.Customer);
        }

        if (ending is LegEnding.Expired) return new(CallResult.Abandoned, CallEndReason.InviteExpired, EndedBy.Customer);
        var reason = ending switch
        {
            LegEnding.SessionExpired => CallEndReason.SessionExpired,
            LegEnding.MediaLost => CallEndReason.MediaLost,
            LegEnding.NotAcceptable => CallEndReason.NoCommonCodec,
            LegEnding.OfferUnanswered => CallEndReason.OfferUnanswered,
            LegEnding.ProtocolError => CallEndReason.ProtocolError,
            _ => CallEndReason.TrunkFailure,
        };
        return new(spoke && (Agent is not null || Desk is Desk.Outside) ? CallResult.Served : CallResult.Failed, reason, EndedBy.System);
    }
}
