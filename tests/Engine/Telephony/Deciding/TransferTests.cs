using static Tccc.Telephony.Tests.Play;

namespace Tccc.Telephony.Tests;

/// <summary>The customer is sent on: product.md §6.</summary>
public sealed class TransferTests
{
    private static readonly GroupId Support = new(11);
    private static readonly LegId FirstWay = new(501);
    private static readonly LegId SecondWay = new(502);

    private static readonly Target Outside =
        new Target.Telephone("13900000009", "4000000001", [new(FirstWay, new(1)), new(SecondWay, new(2))], Call.RingLimit);

    private static Play SentTo(Target target) => Talking().After(60).Give(new TransferClicked(Amy, target));

    [Fact]
    public void The_agent_is_free_at_once_and_the_customer_hears_the_music_of_the_group_they_are_sent_to()
    {
        var desk = SentTo(new Target.Group(Support));

        Assert.Equal(new AgentDone(Amy, WrapUp: true), desk.One<AgentDone>());
        Assert.Equal(
            new EnqueueContact(Support, Amy) { Transferred = true }, desk.Done.OfType<EnqueueContact>().Last());
        Assert.Equal(new Sound(SoundKind.Music, Group: Support), desk.Hears(CustomerLegId));
        Assert.Equal(SoundKind.Nothing, desk.Hears(AmysLine).Kind);
    }

    [Fact]
    public void Whoever_of_the_group_accepts_has_the_customer()
    {
        var desk = SentTo(new Target.Group(Support))
            .Give(new OfferBegan(Second, Bob, Support, AgentDevice.DeskPhone, BobsPhone, false), new LegAnswered(BobsPhone, Usable: true))
            .Give(new Accepted(Second, Bob, Support, AgentDevice.DeskPhone, null, false));

        Assert.Equal(Bob, desk.Call.Agent!.Id);
        Assert.Equal(Sound.Of(BobsPhone), desk.Hears(CustomerLegId));
        Assert.Equal(Sound.Of(CustomerLegId), desk.Hears(BobsPhone));
        Assert.Null(desk.Call.Consultation);
    }

    [Fact]
    [Trait("Case", "K1")]
    public void Nobody_of_the_group_answers_and_the_customer_is_at_the_head_of_the_queue_they_came_by()
    {
        var desk = SentTo(new Target.Group(Support)).After(60).Give(new Released(CallEndReason.WaitedTooLong, Farewell: true));

        Assert.Equal(new EnqueueContact(Sales, Amy), desk.Done.OfType<EnqueueContact>().Last());
        Assert.Equal(new CallReturned(desk.Call.Id, Center, Amy, Sales, desk.Now.Wall), desk.Said<CallReturned>());
        Assert.Equal(Sales, desk.Call.Group);
        Assert.False(desk.Call.HasEnded);

        // from there on it is a queue like any other
        desk.After(300).Give(new Released(CallEndReason.WaitedTooLong, Farewell: true));
        Assert.IsType<Desk.Farewell>(desk.Call.Desk);
    }

    [Fact]
    [Trait("Case", "K1")]
    public void The_record_shows_both_queues()
    {
        var desk = SentTo(new Target.Group(Support)).After(60).Give(new Released(CallEndReason.WaitedTooLong, Farewell: true)).After(5)
            .Give(new LegEnded(CustomerLegId, LegEnding.HungUp));

        var parts = CallPart.Of((CallRecord)desk.Done.OfType<Update>().Last().Row);
        Assert.Equal(
            [(PartKind.Talk, null), (PartKind.Waiting, Support), (PartKind.Waiting, Sales)],
            parts.Skip(2).Select(p => (p.Kind, p.Kind is PartKind.Talk ? null : p.Group)));
        Assert.Equal([60, 60, 5], parts.Skip(2).Select(p => p.Length.TotalSeconds));
    }

    [Theory]
    [InlineData(CallEndReason.Rejected)]
    [InlineData(CallEndReason.NoAnswer)]
    [InlineData(CallEndReason.Busy)]
    [InlineData(CallEndReason.Unreachable)]
    public void A_colleague_who_does_not_take_the_customer_sends_them_back_to_their_queue(CallEndReason reason)
    {
        var desk = SentTo(new Target.Agent(Bob));
        Assert.Equal(new OfferToAgent(Bob), desk.One<OfferToAgent>());

        desk.Give(new Released(reason, Farewell: true));

        Assert.Equal(new EnqueueContact(Sales, Amy), desk.Done.OfType<EnqueueContact>().Last());
    }

    [Fact]
    [Trait("Case", "K2")]
    public void A_customer_who_hangs_up_while_it_rings_at_the_target_stops_the_ring()
    {
        var desk = SentTo(new Target.Agent(Bob)).Give(new OfferBegan(Second, Bob, null, AgentDevice.DeskPhone, BobsPhone, false))
            .Give(new LegEnded(CustomerLegId, LegEnding.HungUp));

        desk.HungUp(BobsPhone);
        desk.One<WithdrawContact>();
        Assert.Equal(
            AttemptOutcome.CallerGaveUp, desk.Done.OfType<Insert>().Select(i => i.Row).OfType<CallAttempt>().Last().Outcome);
        Assert.Equal(CallEndReason.GaveUpWhileRinging, desk.End.Reason);
    }

    [Fact]
    public void A_call_that_was_dialled_comes_back_to_who_dialled_it_and_ends_when_they_do_not_take_it()
    {
        var desk = new Play().Give(new Dialled(Amy, AmysLine, [new(CustomerLegId, new(1))]), new LegAnswered(CustomerLegId, Usable: true))
            .After(30).Give(new TransferClicked(Amy, new Target.Agent(Bob))).Give(new Released(CallEndReason.NoAnswer, Farewell: true));

        Assert.Equal(new OfferToAgent(Amy) { Returned = true }, desk.Done.OfType<OfferToAgent>().Last());
        Assert.Equal(SoundKind.Music, desk.Hears(CustomerLegId).Kind);

        desk.Give(new Released(CallEndReason.Busy, Farewell: true));
        Assert.IsType<Desk.Farewell>(desk.Call.Desk);
    }

    [Fact]
    public void Who_dialled_is_found_by_their_part_when_the_call_has_gone_on()
    {
        var desk = new Play().Give(new Dialled(Amy, AmysLine, [new(CustomerLegId, new(1))]), new LegAnswered(CustomerLegId, Usable: true))
            .Give(new TransferClicked(Amy, new Target.Agent(Bob)));

        var attempt = Assert.Single(desk.Done.OfType<Insert>().Select(i => i.Row).OfType<CallAttempt>());
        Assert.Equal((Amy, AttemptOutcome.Accepted, true), (attempt.Agent, attempt.Outcome, attempt.Dialled));
    }

    [Fact]
    public void Outside_the_customer_hears_music_until_it_answers_then_both_hear_each_other_with_no_agent()
    {
        var desk = SentTo(Outside);
        Assert.Equal(new DialOut(new(FirstWay, new(1)), new("13900000009", "4000000001")), desk.One<DialOut>());
        Assert.Equal(SoundKind.Music, desk.Hears(CustomerLegId).Kind);

        desk.After(3).Give(new LegAlerted(FirstWay, Rings: true)).After(9).Give(new LegAnswered(FirstWay, Usable: true));

        Assert.Equal(Sound.Of(FirstWay), desk.Hears(CustomerLegId));
        Assert.Equal(Sound.Of(CustomerLegId), desk.Hears(FirstWay));

        desk.After(100).Give(new LegEnded(FirstWay, LegEnding.HungUp));
        desk.HungUp(CustomerLegId);
        Assert.Equal(new CallEnd(CallResult.Served, CallEndReason.HungUp, EndedBy.Third), desk.End);
    }

    [Fact]
    public void A_carrier_at_fault_is_followed_by_the_next_one()
    {
        var desk = SentTo(Outside).Give(new LegEnded(FirstWay, LegEnding.ProtocolError));

        Assert.Equal(SecondWay, desk.Done.OfType<DialOut>().Last().Way.Leg);
        desk.Give(new LegEnded(SecondWay, LegEnding.TransportFailed));
        Assert.Equal(new EnqueueContact(Sales, Amy), desk.Done.OfType<EnqueueContact>().Last());
    }

    [Fact]
    public void A_number_that_is_not_answered_in_its_time_is_given_up()
    {
        var desk = SentTo(Outside).Give(new LegAlerted(FirstWay, Rings: true)).After(60)
            .Give(new DeadlineReached(CallDeadline.RingLimit, FirstWay.Value));

        desk.HungUp(FirstWay);
        Assert.Equal(new EnqueueContact(Sales, Amy), desk.Done.OfType<EnqueueContact>().Last());
        // it answers in that very moment
        Assert.Equal([new HangupLeg(FirstWay)], desk.Give(new LegAnswered(FirstWay, Usable: true)).Last);
    }

    [Fact]
    public void A_connection_outside_that_breaks_brings_the_customer_back()
    {
        var desk = SentTo(Outside).Give(new LegAnswered(FirstWay, Usable: true)).Give(new MediaLost(FirstWay));

        desk.HungUp(FirstWay);
        Assert.Equal(new EnqueueContact(Sales, Amy), desk.Done.OfType<EnqueueContact>().Last());
    }

    [Fact]
    public void Only_a_call_that_is_up_is_sent_on_and_only_by_its_own_agent_once()
    {
        Assert.IsType<NotConnectedYet>(
            new Play().Give(new Dialled(Amy, AmysLine, [new(CustomerLegId, new(1))]), new TransferClicked(Amy, new Target.Agent(Bob)))
                .Refusal);
        Assert.IsType<NotYourCall>(Talking().Give(new TransferClicked(Bob, new Target.Agent(Bob))).Refusal);

        var twice = SentTo(new Target.Agent(Bob)).Give(new TransferClicked(Amy, new Target.Agent(Bob)));
        Assert.IsType<NoSuchCall>(twice.Refusal);
        Assert.Empty(twice.Last);
    }

    [Fact]
    public void A_customer_on_hold_can_be_sent_on()
    {
        var desk = Talking().Give(new HoldClicked(Amy, true), new TransferClicked(Amy, new Target.Agent(Bob)));

        Assert.Null(desk.Refusal);
        Assert.Equal(SoundKind.Music, desk.Hears(CustomerLegId).Kind);
    }

    [Fact]
    public void A_colleague_who_hangs_up_before_they_hear_the_customer_sends_them_back_too()
    {
        var desk = new Play().Give(new Dialled(Amy, AmysLine, [new(CustomerLegId, new(1))]), new LegAnswered(CustomerLegId, Usable: true))
            .Give(new TransferClicked(Amy, new Target.Agent(Bob)))
            .Give(new Accepted(Second, Bob, null, AgentDevice.Line, new(333), AutoAnswer: true), new HangupClicked(Bob));

        Assert.False(desk.Call.HasEnded);
        Assert.Equal(new OfferToAgent(Amy) { Returned = true }, desk.Done.OfType<OfferToAgent>().Last());
    }

    [Fact]
    public void A_call_that_came_back_to_its_agent_is_of_no_group()
    {
        var desk = new Play().Give(new Dialled(Amy, AmysLine, [new(CustomerLegId, new(1))]), new LegAnswered(CustomerLegId, Usable: true))
            .Give(new TransferClicked(Amy, new Target.Group(Support)), new Released(CallEndReason.WaitedTooLong, Farewell: true));

        Assert.Null(desk.Call.Group);
    }

    [Fact]
    public void The_agent_who_sent_the_customer_on_is_told_that_they_are_gone()
    {
        var desk = SentTo(new Target.Agent(Bob));

        Assert.Contains(desk.Last.OfType<Raise>(), r => r.Event is CallShared { Agent: var agent } && agent == Amy);
    }
}
