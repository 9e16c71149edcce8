using static Tccc.Telephony.Tests.Play;

namespace Tccc.Telephony.Tests;

public sealed class OfferTests
{
    [Fact]
    public void An_answer_joins_customer_and_line()
    {
        var desk = new Play().Arrived().After(1).Offered().After(4).Answered();

        desk.One<AcceptLeg>();
        Assert.Equal(Sound.Of(AmysLine), desk.Hears(CustomerLegId));
        Assert.Equal(Sound.Of(CustomerLegId), desk.Hears(AmysLine));
        Assert.Equal(Amy, desk.Said<CallAnswered>().Agent);
        var row = Assert.IsType<CallRecord>(desk.One<Update>().Row);
        Assert.Equal(4000, row.RingMs);
        Assert.Equal(Amy, row.Agent);
        Assert.Equal(AttemptOutcome.Accepted, desk.Done.OfType<Insert>().Select(i => i.Row).OfType<CallAttempt>().Single().Outcome);
    }

    [Fact]
    public void A_waiting_customer_hears_music_until_the_answer()
    {
        var desk = new Play().Arrived().Give(new Waits(), new LegEstablished(CustomerLegId)).Offered();
        Assert.Equal(SoundKind.Music, desk.Hears(CustomerLegId).Kind);

        desk.Answered();

        Assert.Equal(Sound.Of(AmysLine), desk.Hears(CustomerLegId));
        desk.One<AcceptLeg>();
    }

    [Theory]
    [InlineData(AttemptOutcome.TimedOut)]
    [InlineData(AttemptOutcome.Declined)]
    [InlineData(AttemptOutcome.Unreachable)]
    public void An_offer_that_failed_leaves_the_customer_with_the_dispatcher_and_a_row(AttemptOutcome outcome)
    {
        var desk = new Play().Arrived().Offered().After(20).Give(new OfferOver(First, outcome));

        Assert.IsType<Desk.Queue>(desk.Call.Desk);
        Assert.Equal(outcome, desk.Done.OfType<Insert>().Select(i => i.Row).OfType<CallAttempt>().Single().Outcome);

        desk.Give(Line(Second, Bob));
        desk.One<RingLeg>();
        Assert.IsType<Desk.Ringing>(desk.Call.Desk);
    }

    [Fact]
    [Trait("Case", "F-E7")]
    public void An_offer_has_no_clock_but_the_dispatcher_s()
    {
        var desk = new Play().Arrived().Give(new Waits()).Offered();

        Assert.DoesNotContain(desk.Done.OfType<Arm>(), a => a.Kind is not (CallDeadline.DispatcherSilent or CallDeadline.Mark));
        Assert.IsType<Desk.Ringing>(desk.Call.Desk);
    }

    [Fact]
    public void A_caller_who_hangs_up_while_ringing_frees_the_agent()
    {
        var desk = new Play().Arrived().Offered().Give(new LegEnded(CustomerLegId, LegEnding.Cancelled));

        Assert.Equal(new CallEnd(CallResult.Abandoned, CallEndReason.GaveUpWhileRinging, EndedBy.Customer), desk.End);
        desk.One<WithdrawContact>();
        Assert.Equal(AttemptOutcome.CallerGaveUp, desk.Done.OfType<Insert>().Select(i => i.Row).OfType<CallAttempt>().Single().Outcome);
    }

    [Fact]
    public void A_caller_who_hangs_up_between_the_yes_and_the_join_leaves_the_agent_free_and_told()
    {
        var desk = new Play().Arrived().Offered().Give(new LegEnded(CustomerLegId, LegEnding.Cancelled), Yes(First, Amy));

        Assert.IsType<CallerGone>(desk.Refusal);
        Assert.Equal(new AgentDone(Amy, WrapUp: false), desk.One<AgentDone>());
        desk.Said<CallEnded>();
    }

    [Fact]
    public void A_cancel_that_crossed_our_answer_is_no_served_call()
    {
        var desk = new Play().Arrived().Offered().Give(Yes(First, Amy), new LegEnded(CustomerLegId, LegEnding.Cancelled));

        Assert.Equal(CallResult.Abandoned, desk.End.Result);
        Assert.Equal(Amy, desk.One<AgentDone>().Agent);
    }

    [Fact]
    public void A_customer_whose_ack_never_came_was_not_served()
    {
        var desk = new Play().Arrived().Offered().Give(Yes(First, Amy), new LegEnded(CustomerLegId, LegEnding.TransportFailed));

        Assert.Equal(new CallEnd(CallResult.Failed, CallEndReason.TrunkFailure, EndedBy.System), desk.End);
    }

    [Fact]
    public void The_same_yes_told_twice_is_done_once()
    {
        var desk = Talking().Give(Yes(First, Amy));

        Assert.Null(desk.Refusal);
        Assert.Empty(desk.Last);
    }

    [Fact]
    public void A_second_agent_who_accepts_is_sent_back()
    {
        var desk = Talking().Give(Yes(Second, Bob));

        Assert.NotNull(desk.Refusal);
        Assert.Equal(new AgentDone(Bob, WrapUp: false), Assert.Single(desk.Last));
        Assert.Equal(Amy, desk.Call.Agent!.Id);
    }

    [Fact]
    public void A_yes_that_overtakes_the_news_of_the_offer_counts()
    {
        var desk = new Play().Arrived().Give(Yes(First, Amy));

        Assert.Equal(Sound.Of(AmysLine), desk.Hears(CustomerLegId));
        Assert.Empty(desk.Offered().Last);
    }

    [Fact]
    public void When_all_ring_the_first_yes_ends_the_others()
    {
        var desk = new Play().Arrived();
        desk.Give(Line(First, Amy), Phone(Second, Bob), Yes(First, Amy));

        desk.HungUp(BobsPhone);
        Assert.Equal(
            [AttemptOutcome.Accepted, AttemptOutcome.LostRace],
            desk.Done.OfType<Insert>().Select(i => i.Row).OfType<CallAttempt>().Select(a => a.Outcome));
        Assert.Empty(desk.Give(new OfferOver(Second, AttemptOutcome.LostRace)).Last);
    }

    [Fact]
    public void Auto_answer_asks_the_dispatcher_by_itself_beeps_and_then_joins()
    {
        var desk = new Play().Arrived().Offered(autoAnswer: true);
        Assert.Equal(new AcceptOffer(First, Amy), desk.One<AcceptOffer>());

        desk.Give(Yes(First, Amy, autoAnswer: true));
        Assert.Equal(SoundKind.Beep, desk.Hears(AmysLine).Kind);
        Assert.Empty(desk.Done.OfType<AcceptLeg>());

        desk.Give(new ClipEnded(AmysLine));
        desk.One<AcceptLeg>();
        Assert.Equal(Sound.Of(CustomerLegId), desk.Hears(AmysLine));
    }

    [Fact]
    public void A_beep_whose_end_is_never_told_ends_by_its_deadline()
    {
        var desk = new Play().Arrived().Offered(true).Give(Yes(First, Amy, true)).After(1)
            .Give(new DeadlineReached(CallDeadline.Beep, Amy.Value));

        desk.Said<CallAnswered>();
    }

    [Fact]
    public void An_agent_who_hangs_up_in_the_beep_sends_the_customer_to_the_head_of_the_queue()
    {
        var desk = new Play().Arrived().Offered(true).Give(Yes(First, Amy, true), new HangupClicked(Amy));

        Assert.Contains(new EnqueueContact(Sales, Amy), desk.Last);
        Assert.Contains(new AgentDone(Amy, WrapUp: false), desk.Last);
        Assert.IsType<Desk.Queue>(desk.Call.Desk);
    }

    [Fact]
    public void A_bound_desk_phone_rings_in_place_of_the_line()
    {
        var desk = new Play().Arrived().PhoneOffered();

        Assert.Equal(new InvitePhone(BobsPhone, Bob), desk.One<InvitePhone>());
        desk.One<RingLeg>();
    }

    [Fact]
    public void Picking_up_the_desk_phone_is_the_yes_to_the_offer()
    {
        var desk = new Play().Arrived().PhoneOffered().Give(new LegAnswered(BobsPhone, Usable: true));
        Assert.Equal(new AcceptOffer(First, Bob), desk.One<AcceptOffer>());

        desk.Give(new Accepted(First, Bob, Sales, AgentDevice.DeskPhone, null, false));

        Assert.Equal(Sound.Of(BobsPhone), desk.Hears(CustomerLegId));
        Assert.Equal(AgentDevice.DeskPhone, desk.Said<CallAnswered>().Device);
        Assert.DoesNotContain(desk.Done, e => e is HangupLeg);
    }

    [Theory]
    [InlineData(nameof(LegEnding.Busy), true)]
    [InlineData(nameof(LegEnding.Rejected), true)]
    [InlineData(nameof(LegEnding.Unreachable), false)]
    [InlineData(nameof(LegEnding.NoAnswer), false)]
    [InlineData(nameof(LegEnding.TransportFailed), false)]
    public void A_desk_phone_that_says_no_declines_and_one_that_is_not_there_is_unreachable(string ending, bool declines)
    {
        var desk = new Play().Arrived().PhoneOffered().Give(new LegEnded(BobsPhone, Enum.Parse<LegEnding>(ending)));

        if (declines) desk.One<DeclineOffer>();
        else desk.One<PhoneUnreachable>();
        desk.HungUp(BobsPhone);
    }

    [Fact]
    public void A_desk_phone_with_no_common_codec_is_hung_up_and_unreachable()
    {
        var desk = new Play().Arrived().PhoneOffered().Give(new LegAnswered(BobsPhone, Usable: false));

        desk.HungUp(BobsPhone);
        desk.One<PhoneUnreachable>();
    }

    [Fact]
    public void The_end_of_the_offer_takes_the_desk_phones_invite_back()
    {
        var desk = new Play().Arrived().PhoneOffered().Give(new OfferOver(First, AttemptOutcome.TimedOut));

        desk.HungUp(BobsPhone);
    }

    [Fact]
    public void A_desk_phone_picked_up_after_the_offer_ended_is_hung_up()
    {
        var desk = new Play().Arrived().PhoneOffered()
            .Give(new OfferOver(First, AttemptOutcome.TimedOut), new LegAnswered(BobsPhone, Usable: true));

        Assert.Equal(new HangupLeg(BobsPhone), Assert.Single(desk.Last));
        Assert.Empty(desk.Done.OfType<AcceptOffer>());
    }

    [Fact]
    public void A_yes_of_the_phone_that_the_dispatcher_refuses_hangs_it_up()
    {
        var desk = new Play().Arrived().PhoneOffered().Give(new LegAnswered(BobsPhone, true), new AcceptFailed(First));

        desk.HungUp(BobsPhone);
        Assert.IsType<Desk.Ringing>(desk.Call.Desk);
        Assert.IsType<Desk.Queue>(desk.Give(new OfferOver(First, AttemptOutcome.TimedOut)).Call.Desk);
    }

    [Fact]
    public void A_phone_put_down_while_the_dispatcher_is_asked_returns_the_customer_to_the_head()
    {
        var desk = new Play().Arrived().PhoneOffered().Give(
            new LegAnswered(BobsPhone, true), new LegEnded(BobsPhone, LegEnding.HungUp),
            new Accepted(First, Bob, Sales, AgentDevice.DeskPhone, null, false));

        Assert.Contains(new EnqueueContact(Sales, Bob), desk.Last);
        Assert.Contains(new AgentDone(Bob, WrapUp: false), desk.Last);
        Assert.IsType<Desk.Queue>(desk.Call.Desk);
    }
}
