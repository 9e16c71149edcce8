namespace Tccc.Telephony;

internal sealed partial record Call
{
    /// <summary>How long the dispatcher may say nothing before an unanswered customer is answered with music all the same.</summary>
    public static readonly TimeSpan DispatcherSilence = TimeSpan.FromSeconds(4);

    /// <summary>The beep lasts less; past this it is taken for ended.</summary>
    public static readonly TimeSpan LongestBeep = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan LongestAnnouncement = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often the row of a call learns what has become of it: so much of that may be missing after a kill.
    /// </summary>
    public static readonly TimeSpan MarkEvery = TimeSpan.FromSeconds(15);

    /// <summary>Places in the queue up to this one are announced as a number; to who stands behind, that, once. product.md §4.</summary>
    public const int PlacesAnnounced = 20;

    /// <summary>What an input does to a call. Pure: the same three arguments always give the same decision.</summary>
    public static Decision Decide(Call call, Input input, Stamp now)
    {
        // The first moment is by both clocks; from then on the call's time is even.
        if (call.Desk is Desk.Nobody) call = call with { Arrived = now };
        var turn = new Turn(call, now.Steady);
        switch (input)
        {
            case Stopping: StopServer(ref turn); break;
            case Broken: Finish(ref turn, new(CallResult.Failed, CallEndReason.ProtocolError, EndedBy.System)); break;

            case Arrived i: Arrive(ref turn, i.Entry); break;
            case Dialled i: Dial(ref turn, i); break;
            case CalledInside i: CallInside(ref turn, i); break;
            case LegEstablished i: Establish(ref turn, i.Leg); break;

            case OfferBegan i: BeginOffer(ref turn, i); break;
            case OfferOver i: EndOffer(ref turn, i.Offer, i.Outcome); break;
            case Waits: Wait(ref turn); break;
            case PlaceDue i: if (i.Contact == call.Contact) AnnouncePlace(ref turn, i.Place); break;
            case Moved i: if (i.Contact == call.Contact) turn.Call = call with { Group = i.To }; break;
            case Released i: Release(ref turn, i); break;
            case Accepted i: Accept(ref turn, i); break;
            case AcceptFailed i: DropPhone(ref turn, i.Offer); break;

            case LegAlerted i when call.Reaches(i.Leg): AlertReached(ref turn, i.Rings); break;
            case LegAlerted i: Alert(ref turn, i); break;
            case LegHeard i when call.Reaches(i.Leg): HearReached(ref turn); break;
            case LegHeard i: Hear(ref turn, i.Leg); break;
            case LegAnswered i when i.Leg == call.Reached?.Leg.Id: if (call.IsReaching) AnswerReached(ref turn, i.Usable); break;
            case LegAnswered i when i.Leg == call.Leg.Id: AnswerDialled(ref turn, i.Usable); break;
            case LegAnswered i: AnswerPhone(ref turn, i); break;
            case LegRenegotiated i: if (call.HasLeg(i.Leg)) turn.Do(new AnswerOffer(i.Leg, i.Sdp)); break;
            case LegEnded i when i.Leg == call.Leg.Id && call.IsDialling: LoseDialled(ref turn, i); break;
            case LegEnded i when i.Leg == call.Leg.Id: LoseCustomer(ref turn, i.Ending, i.Said); break;
            case LegEnded i when i.Leg == call.Reached?.Leg.Id: LoseReached(ref turn, i.Ending); break;
            case LegEnded i: EndPhone(ref turn, i.Leg, i.Ending); break;

            case LineConnected i: JoinLine(ref turn, i); break;
            case LineBroken i: BreakLine(ref turn, i); break;
            case MediaLost i: LoseMedia(ref turn, i.Leg); break;
            case SoundMissed i: MissSound(ref turn, i); break;
            case ClipEnded i: EndClip(ref turn, i.Leg); break;
            case DigitPressed i: PressDigit(ref turn, i); break;

            case HangupClicked i when i.Agent == call.ThirdAgent?.Id: LoseThird(ref turn, CallEndReason.HungUp); break;
            case HangupClicked i: if (Owns(ref turn, i.Agent)) HangupByAgent(ref turn); break;
            case HoldClicked i: if (HasCustomer(ref turn, i.Agent)) Hold(ref turn, i.On); break;
            case MuteClicked i when i.Agent == call.ThirdAgent?.Id: Mute(ref turn, call.ThirdAgent, i.On); break;
            case MuteClicked i: if (Owns(ref turn, i.Agent)) Mute(ref turn, call.Agent!, i.On); break;
            case DigitsClicked i: if (Owns(ref turn, i.Agent)) PressKeys(ref turn, i.Digits); break;

            case TransferClicked i: if (HasCustomer(ref turn, i.Agent)) Transfer(ref turn, i.Target); break;
            case ConsultClicked i: if (HasCustomer(ref turn, i.Agent)) Consult(ref turn, i); break;
            case SwapClicked i: if (HasCustomer(ref turn, i.Agent)) Swap(ref turn); break;
            case ConnectClicked i: if (HasCustomer(ref turn, i.Agent)) Connect(ref turn); break;
            case ThreeWayClicked i: if (HasCustomer(ref turn, i.Agent)) JoinAll(ref turn); break;
            case TakeBackClicked i: if (HasCustomer(ref turn, i.Agent)) TakeBack(ref turn); break;

            case DeadlineReached i: ReachDeadline(ref turn, i.Kind, i.Of); break;
            default: throw new InvalidOperationException($"No rule for {input.GetType().Name}.");
        }

        // its end, or whatever came in the middle of it: an offer, an answer, the end
        if (call.Announcing is not null && turn.Call.Announcing is null) turn.Do(new Disarm(CallDeadline.Place));
        RaiseShared(ref turn, call);
        Ledger.Follow(ref turn, call);
        Sounds.Follow(ref turn, call);
        KeepRow(ref turn, call);
        return turn.Decision;
    }

    /// <summary>The row tells what the decision came to, so it comes last.</summary>
    private static void KeepRow(ref Turn turn, Call before)
    {
        if (!turn.Stores) return;
        var isNew = before.Desk is Desk.Nobody;
        if (isNew && !turn.Call.HasEnded) turn.Arm(CallDeadline.Mark, MarkEvery);
        var row = turn.Call.Record(turn.Now);
        turn.Do(isNew ? new Insert(row) : new Update(row));
    }

    private bool HasLeg(LegId leg) => leg == Leg.Id ? IsUp : HasPhone(leg) || Reached?.Leg.Id == leg;

    private bool HasPhone(LegId leg) => OfferByLeg(leg) is not null || PartByLeg(leg) is { Device: AgentDevice.DeskPhone };

    private static void ReachDeadline(ref Turn turn, CallDeadline kind, long of)
    {
        var part = turn.Call.PartOf(new(of));

        // A deadline that was disarmed may already be on its way: what it stood for is checked anew.
        switch (kind)
        {
            case CallDeadline.DispatcherSilent when turn.Call.IsArriving:
                Wait(ref turn);
                break;
            case CallDeadline.Beep when part?.Stage is AgentStage.Beeping:
                Join(ref turn, part);
                break;
            case CallDeadline.AgentReturn when part is { Stage: AgentStage.Lost, ReturnBy: { } by } && turn.Now >= by:
                if (part == turn.Call.Agent) LoseAgent(ref turn, CallEndReason.Unreachable, EndedBy.Deadline);
                else LoseThird(ref turn, CallEndReason.Unreachable);
                break;
            case CallDeadline.RingBack when turn.Call.Reaches(new(of)):
                if (turn.Call.Reached is { Leg.Stage: LegStage.Alerting } alerting)
                    turn.Call = turn.Call.With(alerting with { RingBack = true });
                break;
            case CallDeadline.RingLimit when turn.Call.Reaches(new(of)):
                EndReached(ref turn, turn.Call.Reached!.Alerted ? CallEndReason.NoAnswer : CallEndReason.NeverAlerted);
                break;
            case CallDeadline.RingBack when turn.Call is { IsDialling: true, Leg.Stage: LegStage.Alerting }:
                turn.Call = turn.Call.With(turn.Call.Agent! with { RingBack = true });
                break;
            case CallDeadline.RingLimit when turn.Call.IsDialling:
                Finish(ref turn, Unanswered(turn.Call));
                break;
            case CallDeadline.Mark when turn.Call.IsUp:
                turn.Store();
                turn.Arm(CallDeadline.Mark, MarkEvery);
                break;
            case CallDeadline.Place when turn.Call.Announcing is not null:
                StopAnnouncing(ref turn);
                break;
            case CallDeadline.Farewell when turn.Call.Desk is Desk.Farewell farewell:
                Finish(ref turn, farewell.End);
                break;
        }
    }

    private static void EndClip(ref Turn turn, LegId leg)
    {
        if (turn.Call.PartByLeg(leg) is { Stage: AgentStage.Beeping } part) Join(ref turn, part);
        else if (turn.Call.Announcing is not null && turn.Call.Leg.Id == leg) StopAnnouncing(ref turn);
        else if (turn.Call.Desk is Desk.Farewell farewell && turn.Call.Leg.Id == leg) Finish(ref turn, farewell.End);
    }

    private static void LoseMedia(ref Turn turn, LegId leg)
    {
        // A phone that still rings owes no sound.
        if (leg == turn.Call.Leg.Id && turn.Call.IsAnswered) LoseCustomer(ref turn, LegEnding.MediaLost);
        else if (turn.Call.PartByLeg(leg) is not null) EndPhone(ref turn, leg, LegEnding.MediaLost);
        else if (!turn.Call.IsReaching && turn.Call.Reached?.Leg.Id == leg) LoseReached(ref turn, LegEnding.MediaLost);
    }

    /// <summary>It matters while both talk; that it came again also after that, so that what was said of it is taken back.</summary>
    private static void MissSound(ref Turn turn, SoundMissed sound)
    {
        var call = turn.Call;
        if (call.Agent is not { JoinedAt: not null } agent) return;
        if (sound.Missing && agent is not { Stage: AgentStage.Joined, HeldSince: null }) return;
        if (sound.Leg != call.Leg.Id && sound.Leg != agent.Leg) return;
        var from = sound.Leg == call.Leg.Id ? CallSide.Customer : CallSide.Agent;
        turn.Raise(new CallOneWay(call.Id, call.Center, agent.Id, sound.Leg, from, sound.Missing, turn.At));
    }

    /// <summary>A key is passed on to a party that is a phone; a browser has no use for it.</summary>
    private static void PressDigit(ref Turn turn, DigitPressed press)
    {
        var call = turn.Call;
        if (call.Agent is not { Stage: AgentStage.Joined, HeldSince: null, Leg: { } agentLeg } agent || call.Keyed is not { } other) return;
        if (press.Leg == other.Id && agent.Device is AgentDevice.DeskPhone) turn.Do(new SendDigit(agentLeg, press.Digit));
        else if (press.Leg == agentLeg && other.Carrier is not LegCarrier.Web) turn.Do(new SendDigit(other.Id, press.Digit));
    }
}
