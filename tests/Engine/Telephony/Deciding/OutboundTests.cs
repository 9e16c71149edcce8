using static Tccc.Telephony.Tests.Play;

namespace Tccc.Telephony.Tests;

public sealed class OutboundTests
{
    private static readonly LegId FirstWay = new(201);
    private static readonly LegId SecondWay = new(202);
    private static readonly Telephone To = new("13900000001", "4000000001");

    [Fact]
    public void Who_dials_has_the_call_at_once_and_the_first_carrier_is_asked()
    {
        var play = Dialling();

        Assert.Equal(new DialOut(new(FirstWay, new(1)), To), play.One<DialOut>());
        Assert.Equal(Amy, play.Call.Agent!.Id);
        Assert.Null(play.Done.OfType<Insert>().Select(i => i.Row).OfType<CallRecord>().Single().AnsweredAt);
        play.Said<CallDialled>();
        Assert.Equal(SoundKind.Nothing, play.Hears(AmysLine).Kind);
    }

    [Fact]
    [Trait("Case", "K14")]
    public void Ring_back_is_ours_after_a_breath_until_the_network_is_heard()
    {
        var play = Dialling().Give(new LegAlerted(FirstWay, Rings: false));
        Assert.Empty(play.Last.OfType<Arm>());

        play.Give(new LegAlerted(FirstWay, Rings: true));
        Assert.Equal(new Arm(CallDeadline.RingBack, play.Now.Steady + Call.RingBackBreath), Assert.Single(play.Last.OfType<Arm>()));
        Assert.Equal(SoundKind.Nothing, play.Hears(AmysLine).Kind);

        play.After(0.3).Give(new DeadlineReached(CallDeadline.RingBack));
        Assert.Equal(SoundKind.RingBack, play.Hears(AmysLine).Kind);
        Assert.Empty(play.Give(new LegAlerted(FirstWay, Rings: true)).Last);

        play.Give(new LegHeard(FirstWay));
        Assert.Equal(Sound.Of(FirstWay), play.Hears(AmysLine));
        Assert.Equal(SoundKind.Nothing, play.Hears(FirstWay).Kind);
        Assert.Empty(play.Give(new LegAlerted(FirstWay, Rings: true)).Last);
    }

    [Fact]
    public void Network_sound_in_the_breath_leaves_no_room_for_ours()
    {
        var play = Dialling().Give(new LegAlerted(FirstWay, true), new LegHeard(FirstWay));
        Assert.Contains(new Disarm(CallDeadline.RingBack), play.Last);
        play.Give(new DeadlineReached(CallDeadline.RingBack));
        Assert.Equal(Sound.Of(FirstWay), play.Hears(AmysLine));
    }

    [Fact]
    public void The_answer_joins_both_and_its_end_gives_wrap_up()
    {
        var play = Dialling().Give(new LegAlerted(FirstWay, true)).After(6).Give(new LegAnswered(FirstWay, true)).After(60);

        play.Said<CallAnswered>();
        Assert.Equal(Sound.Of(AmysLine), play.Hears(FirstWay));
        Assert.Equal(Sound.Of(FirstWay), play.Hears(AmysLine));
        play.Give(new LegEnded(FirstWay, LegEnding.HungUp));
        Assert.Equal(new CallEnd(CallResult.Served, CallEndReason.HungUp, EndedBy.Customer), play.End);
        Assert.Equal(new AgentDone(Amy, WrapUp: true), play.One<AgentDone>());
        Assert.Equal((CallDirection.Outbound, 6000, 60_000), (Row(play).Direction, Row(play).RingMs, Row(play).TalkMs));
        Assert.DoesNotContain(play.Done.OfType<Raise>(), raise => raise.Event is CallNotReached);
    }

    [Theory]
    [Trait("Case", "K16")]
    [InlineData(nameof(LegEnding.Busy), true, CallEndReason.Busy)]
    [InlineData(nameof(LegEnding.NoAnswer), true, CallEndReason.NoAnswer)]
    [InlineData(nameof(LegEnding.NoAnswer), false, CallEndReason.NeverAlerted)]
    [InlineData(nameof(LegEnding.Rejected), true, CallEndReason.Rejected)]
    [InlineData(nameof(LegEnding.NotFound), false, CallEndReason.NumberUnknown)]
    [InlineData(nameof(LegEnding.NotAcceptable), false, CallEndReason.NoCommonCodec)]
    [InlineData(nameof(LegEnding.Unreachable), true, CallEndReason.TrunkFailure)]
    [InlineData(nameof(LegEnding.Cancelled), true, CallEndReason.NoAnswer)]
    [InlineData(nameof(LegEnding.ProtocolError), false, CallEndReason.TrunkFailure)]
    public void Every_way_of_not_reaching_somebody_has_its_own_ending_and_gives_no_wrap_up(
        string ending, bool alerted, CallEndReason reason)
    {
        var play = Dialling();
        if (alerted) play.Give(new LegAlerted(FirstWay, true)).After(3);
        play.Give(new LegEnded(FirstWay, Enum.Parse<LegEnding>(ending), new(486, "Q.850;cause=17")));

        Assert.Equal(reason, play.End.Reason);
        Assert.False(play.One<AgentDone>().WrapUp);
        Assert.Equal(FirstWay, play.One<CloseLeg>().Leg);
        var told = play.Said<CallNotReached>();
        Assert.Equal((Amy, "13900000001", "4000000001", play.End), (told.Agent, told.Number, told.CallerId, told.End));
        Assert.Equal((alerted, alerted ? 3000 : 0, 486, "Q.850;cause=17"), (Row(play).Rang, Row(play).RingMs, Row(play).SipStatus, Row(play).SipCause));
    }

    [Theory]
    [InlineData(true, CallEndReason.NoAnswer)]
    [InlineData(false, CallEndReason.NeverAlerted)]
    public void It_rings_for_a_minute_and_no_longer(bool alerted, CallEndReason reason)
    {
        var play = Dialling();
        Assert.Contains(new Arm(CallDeadline.RingLimit, play.Now.Steady + Call.RingLimit), play.Last);
        if (alerted) play.Give(new LegAlerted(FirstWay, true));
        play.After(60).Give(new DeadlineReached(CallDeadline.RingLimit));

        play.HungUp(FirstWay);
        Assert.Equal(new CallEnd(CallResult.NotReached, reason, EndedBy.Deadline), play.End);
    }

    [Fact]
    public void A_carrier_at_fault_is_followed_by_the_next_and_only_the_last_one_ends_the_call()
    {
        var play = Dialling(ways: 2).Give(new LegEnded(FirstWay, LegEnding.TransportFailed));

        Assert.Equal([new DialOut(new(FirstWay, new(1)), To), new DialOut(new(SecondWay, new(2)), To)], play.Done.OfType<DialOut>());
        Assert.Equal(FirstWay, play.One<CloseLeg>().Leg);
        // the first one's late words are nobody's
        Assert.Empty(play.Give(new LegAlerted(FirstWay, true), new LegEnded(FirstWay, LegEnding.Busy)).Last);
        play.Give(new LegEnded(SecondWay, LegEnding.Unreachable));
        Assert.Equal(CallEndReason.TrunkFailure, play.End.Reason);
    }

    [Fact]
    public void A_number_that_is_busy_is_not_tried_by_the_next_carrier()
    {
        var play = Dialling(ways: 2).Give(new LegEnded(FirstWay, LegEnding.Busy));
        Assert.Equal(CallEndReason.Busy, play.End.Reason);
    }

    [Fact]
    public void Who_hangs_up_while_it_rings_takes_the_call_back()
    {
        var play = Dialling().Give(new LegAlerted(FirstWay, true)).After(5).Give(new HangupClicked(Amy));

        play.HungUp(FirstWay);
        Assert.Equal(new CallEnd(CallResult.NotReached, CallEndReason.GaveUpDialling, EndedBy.Agent), play.End);
        Assert.False(play.One<AgentDone>().WrapUp);
    }

    [Fact]
    public void A_line_that_breaks_while_it_rings_may_come_back_and_is_missed_only_at_the_answer()
    {
        var play = Dialling().Give(new LineBroken(Amy, AmysLine), new LegAnswered(FirstWay, true));
        Assert.Equal(SoundKind.Music, play.Hears(FirstWay).Kind);
        play.Said<CallInterrupted>();

        var line = new LegId(300);
        play.Give(new LineConnected(Amy, line));
        Assert.Equal(Sound.Of(line), play.Hears(FirstWay));
        play.Said<CallAnswered>();
    }

    [Fact]
    public void Who_hangs_up_on_an_answer_that_found_no_line_did_not_give_up_dialling()
    {
        var play = Dialling().Give(new LineBroken(Amy, AmysLine), new LegAnswered(FirstWay, true), new HangupClicked(Amy));
        Assert.Equal(new CallEnd(CallResult.Failed, CallEndReason.Unreachable, EndedBy.Agent), play.End);
    }

    [Fact]
    public void Nothing_can_be_held_or_muted_before_the_answer()
    {
        foreach (var click in new Input[] { new HoldClicked(Amy, true), new MuteClicked(Amy, true) })
            Assert.IsType<NotConnectedYet>(Dialling().Give(click).Refusal);
    }

    [Fact]
    public void An_answer_that_crosses_the_agent_s_hang_up_is_nobody_s()
    {
        var play = Dialling().Give(new HangupClicked(Amy), new LegAnswered(FirstWay, true));
        Assert.Empty(play.Last);
        Assert.Equal(CallEndReason.GaveUpDialling, play.End.Reason);
    }

    [Fact]
    public void Sound_that_nobody_can_decode_ends_the_call_it_answers()
    {
        var play = Dialling().Give(new LegAlerted(FirstWay, true), new LegAnswered(FirstWay, false));
        play.HungUp(FirstWay);
        Assert.Equal(new CallEnd(CallResult.Failed, CallEndReason.NoCommonCodec, EndedBy.System), play.End);
    }

    [Fact]
    public void Early_sound_that_ends_in_a_refusal_leaves_silence()
    {
        var play = Dialling().Give(new LegAlerted(FirstWay, false), new LegHeard(FirstWay), new LegEnded(FirstWay, LegEnding.NotFound));
        Assert.Equal(CallEndReason.NumberUnknown, play.End.Reason);
        Assert.Equal(SoundKind.Nothing, play.Hears(AmysLine).Kind);
    }

    [Fact]
    public void Who_answers_while_the_agent_s_line_is_gone_and_hangs_up_was_not_served()
    {
        var play = Dialling().Give(new LineBroken(Amy, AmysLine), new LegAnswered(FirstWay, true));
        play.Give(new LegEnded(FirstWay, LegEnding.HungUp));
        Assert.Equal(new CallEnd(CallResult.Failed, CallEndReason.Unreachable, EndedBy.Customer), play.End);
        play.Said<CallNotReached>();
    }

    [Fact]
    public void Without_a_trunk_it_rings_at_the_browser_that_plays_the_outside()
    {
        var play = new Play().Give(new Dialled(Amy, AmysLine, [new(FirstWay, null)]));
        Assert.Equal(new DialOut(new(FirstWay, null), To), play.One<DialOut>());
        Assert.Equal(LegCarrier.Web, play.Call.Leg.Carrier);
    }

    private static CallRecord Row(Play play) => play.Done.OfType<Update>().Select(u => u.Row).OfType<CallRecord>().Last();

    private static Play Dialling(int ways = 1) => new Play().Give(
        new Dialled(Amy, AmysLine, [.. new Way[] { new(FirstWay, new(1)), new(SecondWay, new(2)) }.Take(ways)]));
}
