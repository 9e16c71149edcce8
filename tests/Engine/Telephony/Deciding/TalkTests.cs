using static Tccc.Telephony.Tests.Play;

namespace Tccc.Telephony.Tests;

public sealed class TalkTests
{
    [Fact]
    public void A_hang_up_by_the_agent_ends_a_served_call_with_wrap_up()
    {
        var desk = Talking().After(60).Give(new HangupClicked(Amy));

        desk.HungUp(CustomerLegId);
        Assert.Equal(new CallEnd(CallResult.Served, CallEndReason.HungUp, EndedBy.Agent), desk.End);
        Assert.Equal(new AgentDone(Amy, WrapUp: true), desk.One<AgentDone>());
        Assert.Equal(SoundKind.Nothing, desk.Hears(AmysLine).Kind);
        Assert.Equal(60_000, desk.Done.OfType<Update>().Select(u => u.Row).OfType<CallRecord>().Last().TalkMs);
    }

    [Fact]
    public void A_hang_up_by_the_customer_ends_a_served_call_with_wrap_up()
    {
        var desk = Talking().Give(new LegEnded(CustomerLegId, LegEnding.HungUp));

        Assert.Equal(new CallEnd(CallResult.Served, CallEndReason.HungUp, EndedBy.Customer), desk.End);
        Assert.True(desk.One<AgentDone>().WrapUp);
        Assert.Equal(CustomerLegId, desk.One<CloseLeg>().Leg);
    }

    [Fact]
    public void A_second_hang_up_finds_no_call()
    {
        var desk = Talking().Give(new HangupClicked(Amy), new HangupClicked(Amy));

        Assert.IsType<NoSuchCall>(desk.Refusal);
        Assert.Empty(desk.Last);
        desk.Said<CallEnded>();
        Assert.Empty(desk.Give(new LegEnded(CustomerLegId, LegEnding.HungUp)).Last);
    }

    [Fact]
    public void A_call_of_somebody_else_can_not_be_touched()
    {
        foreach (var click in new Input[]
            { new HangupClicked(Bob), new HoldClicked(Bob, true), new MuteClicked(Bob, true), new DigitsClicked(Bob, "1") })
        {
            var desk = Talking().Give(click);
            Assert.IsType<NotYourCall>(desk.Refusal);
            Assert.Empty(desk.Last);
        }
    }

    [Fact]
    public void Hold_gives_the_customer_music_and_the_agent_nothing()
    {
        var desk = Talking().Give(new HoldClicked(Amy, true));

        Assert.Equal(SoundKind.Music, desk.Hears(CustomerLegId).Kind);
        Assert.Equal(SoundKind.Nothing, desk.Hears(AmysLine).Kind);
        desk.Said<CallHeld>();

        desk.After(10).Give(new HoldClicked(Amy, false));

        Assert.Equal(Sound.Of(AmysLine), desk.Hears(CustomerLegId));
        Assert.Equal(Sound.Of(CustomerLegId), desk.Hears(AmysLine));
        desk.Said<CallResumed>();
    }

    [Fact]
    public void Mute_gives_the_customer_silence_and_leaves_the_agent_hearing()
    {
        var desk = Talking().Give(new MuteClicked(Amy, true));

        Assert.Equal(SoundKind.Nothing, desk.Hears(CustomerLegId).Kind);
        Assert.Equal(Sound.Of(CustomerLegId), desk.Hears(AmysLine));

        desk.Give(new MuteClicked(Amy, false));
        Assert.Equal(Sound.Of(AmysLine), desk.Hears(CustomerLegId));
    }

    [Fact]
    public void Sound_that_is_missed_is_announced_with_whose_it_is_and_so_when_it_comes_again()
    {
        var desk = Talking().Give(new SoundMissed(CustomerLegId, Missing: true));
        Assert.Equal(
            new CallOneWay(desk.Call.Id, Center, Amy, CustomerLegId, CallSide.Customer, true, desk.Now.Wall), desk.Said<CallOneWay>());
        Assert.Single(desk.Last);

        desk.Give(new SoundMissed(AmysLine, Missing: true));
        var amys = Assert.IsType<CallOneWay>(((Raise)desk.Last[0]).Event);
        Assert.Equal((AmysLine, CallSide.Agent), (amys.Leg, amys.From));

        desk.Give(new HoldClicked(Amy, true)).Give(new SoundMissed(CustomerLegId, Missing: false));
        Assert.False(Assert.IsType<CallOneWay>(((Raise)desk.Last[0]).Event).Missing);
    }

    [Fact]
    public void Sound_is_not_missed_on_hold_before_the_talk_after_it_or_on_another_leg()
    {
        var missed = new SoundMissed(CustomerLegId, Missing: true);
        Assert.Empty(new Play().Arrived().Offered().Give(missed).Last);
        Assert.Empty(Talking().Give(new HoldClicked(Amy, true)).Give(missed).Last);
        Assert.Empty(Talking().Give(new HangupClicked(Amy)).Give(missed).Last);
        Assert.Empty(Talking().Give(new SoundMissed(BobsPhone, Missing: true)).Last);
    }

    [Fact]
    public void Mute_outlasts_a_hold()
    {
        var desk = Talking().Give(new MuteClicked(Amy, true), new HoldClicked(Amy, true));
        Assert.Equal(SoundKind.Music, desk.Hears(CustomerLegId).Kind);

        desk.Give(new HoldClicked(Amy, false));
        Assert.Equal(SoundKind.Nothing, desk.Hears(CustomerLegId).Kind);
    }

    [Fact]
    public void Hold_and_mute_twice_are_done_once()
    {
        var desk = Talking().Give(new HoldClicked(Amy, true)).Give(new HoldClicked(Amy, true));
        Assert.Empty(desk.Last);
        Assert.Empty(desk.Give(new MuteClicked(Amy, true)).Give(new MuteClicked(Amy, true)).Last);
        Assert.Null(desk.Refusal);
    }

    [Fact]
    public void Hold_before_the_join_is_refused()
    {
        var desk = new Play().Arrived().Offered(true).Give(Yes(First, Amy, true), new HoldClicked(Amy, true));

        Assert.IsType<NotConnectedYet>(desk.Refusal);
    }

    [Fact]
    public void Hold_time_is_not_talk_time_and_an_open_hold_is_closed_with_the_call()
    {
        var desk = Talking().After(10).Give(new HoldClicked(Amy, true)).After(5).Give(new HoldClicked(Amy, false))
            .After(10).Give(new HoldClicked(Amy, true)).After(7).Give(new LegEnded(CustomerLegId, LegEnding.HungUp));

        var row = desk.Done.OfType<Update>().Select(u => u.Row).OfType<CallRecord>().Last();
        Assert.Equal(12_000, row.HoldMs);
        Assert.Equal(20_000, row.TalkMs);
        Assert.Equal(
            [PartKind.Waiting, PartKind.Ringing, PartKind.Talk, PartKind.Hold, PartKind.Talk, PartKind.Hold],
            CallPart.Of(row).Select(p => p.Kind));
    }

    [Fact]
    public void A_peer_that_holds_us_while_we_hold_it_is_answered_and_nothing_else_changes()
    {
        var desk = Talking().Give(new HoldClicked(Amy, true)).Give(new LegRenegotiated(CustomerLegId, new byte[] { 1 }));

        Assert.IsType<AnswerOffer>(Assert.Single(desk.Last));
        Assert.NotNull(desk.Call.Agent!.HeldSince);
    }

    [Fact]
    public void A_yes_while_the_customer_renegotiates_joins_as_ever()
    {
        var desk = new Play().Arrived().Give(new Waits(), new LegEstablished(CustomerLegId)).Offered()
            .Give(new LegRenegotiated(CustomerLegId, new byte[] { 1 }), Yes(First, Amy));

        Assert.Equal(Sound.Of(AmysLine), desk.Hears(CustomerLegId));
    }

    [Fact]
    public void A_line_lost_in_a_call_gives_the_customer_music_and_the_agent_time_to_return()
    {
        var desk = Talking().Give(new LineBroken(Amy, AmysLine));

        Assert.Equal(SoundKind.Music, desk.Hears(CustomerLegId).Kind);
        Assert.Equal(desk.Now.Steady.AddSeconds(30), desk.Done.OfType<Arm>().Single(a => a.Kind is CallDeadline.AgentReturn).At);
        desk.Said<CallInterrupted>();

        var back = new LegId(131);
        desk.After(5).Give(new LineConnected(Amy, back));

        Assert.Equal(Sound.Of(back), desk.Hears(CustomerLegId));
        Assert.Equal(Sound.Of(CustomerLegId), desk.Hears(back));
        desk.Said<CallRejoined>();
        desk.Said<CallAnswered>();
    }

    [Fact]
    public void An_agent_who_does_not_come_back_returns_the_customer_to_the_head_of_the_queue_with_music()
    {
        var desk = Talking().Give(new LineBroken(Amy, AmysLine)).After(30).Give(new DeadlineReached(CallDeadline.AgentReturn, Amy.Value));

        Assert.Contains(new EnqueueContact(Sales, Amy), desk.Last);
        Assert.Contains(new AgentDone(Amy, WrapUp: true), desk.Last);
        Assert.Equal(SoundKind.Music, desk.Hears(CustomerLegId).Kind);
        Assert.IsType<Desk.Queue>(desk.Call.Desk);
        desk.Said<CallReturned>();

        desk.Give(Line(Second, Bob), new Accepted(Second, Bob, Sales, AgentDevice.Line, new(140), false));
        Assert.Equal(Sound.Of(new(140)), desk.Hears(CustomerLegId));
    }

    [Fact]
    public void A_customer_of_one_agent_in_person_who_does_not_come_back_ends_with_a_reason()
    {
        var desk = new Play()
            .Give(new Arrived(new Entry.ToAgent(Amy)), new Accepted(First, Amy, null, AgentDevice.Line, AmysLine, false),
                new LegEstablished(CustomerLegId),
            new LineBroken(Amy, AmysLine)).After(30).Give(new DeadlineReached(CallDeadline.AgentReturn, Amy.Value));

        Assert.Equal(new CallEnd(CallResult.Served, CallEndReason.Unreachable, EndedBy.Deadline), desk.End);
        desk.HungUp(CustomerLegId);
    }

    [Fact]
    public void A_line_lost_on_hold_stays_on_hold_when_it_is_back()
    {
        var desk = Talking().Give(new HoldClicked(Amy, true), new LineBroken(Amy, AmysLine), new LineConnected(Amy, new(131)));

        Assert.Equal(SoundKind.Music, desk.Hears(CustomerLegId).Kind);
        Assert.Equal(SoundKind.Nothing, desk.Hears(new(131)).Kind);
        Assert.Equal(Sound.Of(new(131)), desk.Give(new HoldClicked(Amy, false)).Hears(CustomerLegId));
    }

    [Fact]
    public void A_line_lost_in_the_moment_of_the_answer_is_waited_for()
    {
        var desk = new Play().Arrived().Offered().Give(new Accepted(First, Amy, Sales, AgentDevice.Line, null, false));

        desk.One<AcceptLeg>();
        Assert.Equal(SoundKind.Music, desk.Hears(CustomerLegId).Kind);

        desk.Give(new LineConnected(Amy, AmysLine));
        Assert.Equal(Sound.Of(AmysLine), desk.Hears(CustomerLegId));
        desk.Said<CallAnswered>();
    }

    [Fact]
    public void A_line_lost_while_it_only_rings_changes_nothing()
    {
        var desk = new Play().Arrived().Offered().Give(new LineBroken(Amy, AmysLine));

        Assert.Empty(desk.Last);
        Assert.IsType<Desk.Ringing>(desk.Call.Desk);
    }

    [Fact]
    public void A_new_line_that_comes_before_the_old_one_is_missed_takes_over()
    {
        var desk = Talking().Give(new LineConnected(Amy, new(131)));

        Assert.Equal(Sound.Of(new(131)), desk.Hears(CustomerLegId));
        Assert.Equal(SoundKind.Nothing, desk.Hears(AmysLine).Kind);
        Assert.Empty(desk.Give(new LineBroken(Amy, AmysLine)).Last);
    }

    [Fact]
    public void Putting_the_desk_phone_down_ends_the_call_as_the_agents_hang_up()
    {
        var desk = TalkingAtPhone().Give(new LegEnded(BobsPhone, LegEnding.HungUp));

        Assert.Equal(new CallEnd(CallResult.Served, CallEndReason.HungUp, EndedBy.Agent), desk.End);
        desk.HungUp(CustomerLegId);
    }

    [Fact]
    public void A_desk_phone_that_breaks_down_in_a_call_returns_the_customer_to_the_head()
    {
        var desk = TalkingAtPhone().Give(new MediaLost(BobsPhone));

        Assert.Contains(new EnqueueContact(Sales, Bob), desk.Last);
        desk.HungUp(BobsPhone);
        Assert.Equal(SoundKind.Music, desk.Hears(CustomerLegId).Kind);
    }

    [Fact]
    public void A_hang_up_at_the_page_ends_the_desk_phones_leg_too()
    {
        var desk = TalkingAtPhone().Give(new HangupClicked(Bob));

        desk.HungUp(BobsPhone);
        desk.HungUp(CustomerLegId);
    }

    [Fact]
    public void Keys_pressed_reach_the_phone_at_the_other_side_and_no_browser()
    {
        Assert.Equal(new SendDigit(BobsPhone, '5'), Assert.Single(TalkingAtPhone().Give(new DigitPressed(CustomerLegId, '5')).Last));
        Assert.Equal(new SendDigit(CustomerLegId, '#'), Assert.Single(Talking().Give(new DigitPressed(AmysLine, '#')).Last));
        Assert.Empty(Talking().Give(new DigitPressed(CustomerLegId, '5')).Last);
        Assert.Empty(Talking().Give(new HoldClicked(Amy, true)).Give(new DigitPressed(AmysLine, '5')).Last);
    }

    [Fact]
    public void A_server_that_stops_ends_every_call_with_that_name()
    {
        Assert.Equal(503, new Play().Arrived().Give(new Stopping()).One<RejectLeg>().Status);
        Assert.Equal(
            new CallEnd(CallResult.Failed, CallEndReason.ServerStopped, EndedBy.System),
            new Play().Arrived().Give(new Waits(), new Stopping()).End);
        var desk = Talking().Give(new Stopping(), new Stopping());
        desk.HungUp(CustomerLegId);
        Assert.Equal(new CallEnd(CallResult.Served, CallEndReason.ServerStopped, EndedBy.System), desk.End);
    }

    [Fact]
    public void A_bug_ends_the_call_it_struck_with_a_name()
    {
        Assert.Equal(new CallEnd(CallResult.Failed, CallEndReason.ProtocolError, EndedBy.System), Talking().Give(new Broken()).End);
    }

    [Fact]
    [Trait("Case", "F-A6")]
    public void However_the_clock_of_the_machine_is_set_a_record_s_times_lie_as_far_apart_as_they_were()
    {
        var desk = new Play().Arrived().After(1).Offered().SetWall(-22).After(4).Answered();
        var arrived = desk.Call.Arrived.Wall;
        desk.SetWall(3600).After(10).Give(new HoldClicked(Amy, true)).SetWall(-7200).After(5).Give(new HoldClicked(Amy, false)).After(7)
            .Give(new LegEnded(CustomerLegId, LegEnding.HungUp));

        var record = desk.Done.OfType<Update>().Select(u => u.Row).OfType<CallRecord>().Last();
        Assert.Equal((4000, 17_000, 5000), (record.RingMs, record.TalkMs, record.HoldMs));
        Assert.Equal((arrived, arrived.AddSeconds(5), arrived.AddSeconds(27)), (record.ArrivedAt, record.AnsweredAt, record.EndedAt));
        var hold = Assert.Single(CallPart.Of(record), p => p.Kind is PartKind.Hold);
        Assert.Equal((arrived.AddSeconds(15), arrived.AddSeconds(20)), (hold.From, hold.Until));
    }

    [Fact]
    [Trait("Case", "F-A12")]
    public void A_call_s_row_learns_every_15_seconds_what_has_become_of_it()
    {
        var desk = Talking().After(10).Give(new HoldClicked(Amy, true)).After(5).Give(new DeadlineReached(CallDeadline.Mark));

        Assert.Equal(new Arm(CallDeadline.Mark, desk.Now.Steady.AddSeconds(15)), desk.Last[0]);
        var record = Assert.IsType<CallRecord>(Assert.IsType<Update>(desk.Last[1]).Row);
        Assert.Equal((10_000, 5000, null), (record.TalkMs, record.HoldMs, record.EndedAt));
        desk.Give(new HangupClicked(Amy));
        Assert.Contains(new Disarm(CallDeadline.Mark), desk.Last);
        desk.Give(new DeadlineReached(CallDeadline.Mark));
        Assert.Empty(desk.Last);
    }
}
