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
            case LegEstablished i: Establish(ref turn, i.Leg); break;

            case OfferBegan i: BeginOffer(ref turn, i); break;
            case OfferOver i: EndOffer(ref turn, i.Offer, i.Outcome); break;
            case Waits: Wait(ref turn); break;
            case PlaceDue i: AnnouncePlace(ref turn, i.Place); break;
            case Moved i: turn.Call = call with { Group = i.To }; break;
            case Released i: Release(ref turn, i); break;
            case Accepted i: Accept(ref turn, i); break;
            case AcceptFailed i: DropPhone(ref turn, i.Offer); break;

            case LegAlerted i: Alert(ref turn, i); break;
            case LegHeard i: Hear(ref turn, i.Leg); break;
            case LegAnswered i when i.Leg == call.Leg.Id: AnswerDialled(ref turn, i.Usable); break;
            case LegAnswered i: AnswerPhone(ref turn, i); break;
            case LegRenegotiated i: if (call.HasLeg(i.Leg)) turn.Do(new AnswerOffer(i.Leg, i.Sdp)); break;
            case LegEnded i when i.Leg == call.Leg.Id && call.IsDialling: LoseDialled(ref turn, i); break;
            case LegEnded i when i.Leg == call.Leg.Id: LoseCustomer(ref turn, i.Ending, i.Said); break;
            case LegEnded i: EndPhone(ref turn, i.Leg, i.Ending); break;

            case LineConnected i: JoinLine(ref turn, i); break;
            case LineBroken i: BreakLine(ref turn, i); break;
            case MediaLost i: LoseMedia(ref turn, i.Leg); break;
            case SoundMissed i: MissSound(ref turn, i); break;
            case ClipEnded i: EndClip(ref turn, i.Leg); break;
            case DigitPressed i: PressDigit(ref turn, i); break;

            case HangupClicked i: if (Owns(ref turn, i.Agent)) HangupByAgent(ref turn); break;
            case HoldClicked i: if (Owns(ref turn, i.Agent)) Hold(ref turn, i.On); break;
            case MuteClicked i: if (Owns(ref turn, i.Agent)) Mute(ref turn, i.On); break;
            case DigitsClicked i: if (Owns(ref turn, i.Agent)) PressKeys(ref turn, i.Digits); break;

            case DeadlineReached i: ReachDeadline(ref turn, i.Kind); break;
            default: throw new InvalidOperationException($"No rule for {input.GetType().Name}.");
        }

        // its end, or whatever came in the middle of it: an offer, an answer, the end
        if (call.Announcing is not null && turn.Call.Announcing is null) turn.Do(new Disarm(CallDeadline.Place));
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

    private bool HasLeg(LegId leg) => leg == Leg.Id ? IsUp : HasPhone(leg);

    private bool HasPhone(LegId leg) => OfferByLeg(leg) is not null || (Agent?.Device == AgentDevice.DeskPhone && Agent.Leg == leg);

    private static void ReachDeadline(ref Turn turn, CallDeadline kind)
    {
        // A deadline that was disarmed may already be on its way: what it stood for is checked anew.
        switch (kind)
        {
            case CallDeadline.DispatcherSilent when turn.Call.IsArriving:
                Wait(ref turn);
                break;
            case CallDeadline.Beep when turn.Call.Agent?.Stage is AgentStage.Beeping:
                Join(ref turn);
                break;
            case CallDeadline.AgentReturn when turn.Call.Agent is { Stage: AgentStage.Lost, ReturnBy: { } by } && turn.Now >= by:
                LoseAgent(ref turn, CallEndReason.Unreachable, EndedBy.Deadline);
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
        if (turn.Call.Agent is { Stage: AgentStage.Beeping } agent && agent.Leg == leg) Join(ref turn);
        else if (turn.Call.Announcing is not null && turn.Call.Leg.Id == leg) StopAnnouncing(ref turn);
        else if (turn.Call.Desk is Desk.Farewell farewell && turn.Call.Leg.Id == leg) Finish(ref turn, farewell.End);
    }

    private static void LoseMedia(ref Turn turn, LegId leg)
    {
        // A phone that still rings owes no sound.
        if (leg == turn.Call.Leg.Id && turn.Call.IsAnswered) LoseCustomer(ref turn, LegEnding.MediaLost);
        else if (leg == turn.Call.Agent?.Leg) EndPhone(ref turn, leg, LegEnding.MediaLost);
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
        if (call.Agent is not { Stage: AgentStage.Joined, HeldSince: null, Leg: { } agentLeg } agent) return;
        if (press.Leg == call.Leg.Id && agent.Device is AgentDevice.DeskPhone) turn.Do(new SendDigit(agentLeg, press.Digit));
        else if (press.Leg == agentLeg && call.Leg.Carrier is not LegCarrier.Web) turn.Do(new SendDigit(call.Leg.Id, press.Digit));
    }
}
