using static Tccc.Acd.Tests.Floor;

namespace Tccc.Acd.Tests;

/// <summary>product.md §4: offers, how they end, and what races do to them.</summary>
public sealed class OfferRules
{
    [Fact]
    public void An_offer_is_a_lease_with_the_groups_ring_time()
    {
        var floor = With(Group(Sales, Amy) with { Ring = 12 }).Online(Amy);
        floor.Call(Sales, "13800138000");
        var offer = floor.Ringing(Amy)!;
        Assert.Equal((floor.Time.AddSeconds(12), "13800138000", Sales), (offer.Deadline, offer.Contact.Customer, offer.Group));
        floor.Pass(12);
        Assert.Null(floor.Ringing(Amy));
        Assert.Equal(OfferOutcome.TimedOut, floor.Last<OfferEnded>().Outcome);
    }

    [Fact]
    public void While_it_rings_the_agent_is_reserved_and_gets_no_second_offer()
    {
        var floor = With(Group(Sales, Amy)).Online(Amy);
        floor.Call(Sales);
        floor.Call(Sales);
        floor.Call(Sales, kind: ContactKind.Chat);
        Assert.Single(floor.All<OfferMade>());
        Assert.Equal(AgentState.Idle, floor.State(Amy));
    }

    [Fact]
    public void An_agent_who_lets_it_ring_loses_the_call_to_the_next_of_the_group()
    {
        var floor = new Floor().Online(Amy, Bob);
        floor.Call(Sales);
        Assert.NotNull(floor.Ringing(Amy));
        floor.Pass(20);
        Assert.Null(floor.Ringing(Amy));
        Assert.NotNull(floor.Ringing(Bob));
    }

    [Theory]
    [InlineData(OfferOutcome.Declined, 10)]
    [InlineData(OfferOutcome.TimedOut, 15)]
    [InlineData(OfferOutcome.Unreachable, 5)]
    public void How_long_an_agent_is_not_asked_again_depends_on_the_cause(OfferOutcome outcome, int seconds)
    {
        var floor = With(Group(Sales, Amy)).Online(Amy);
        floor.Call(Sales);
        switch (outcome)
        {
            case OfferOutcome.Declined: floor.Decline(Amy); break;
            case OfferOutcome.TimedOut: floor.Pass(20); break;
            default: floor.Do(d => d.Unreachable(floor.Now, floor.Ringing(Amy)!.Id, Amy)); break;
        }
        Assert.Equal(outcome, floor.Last<OfferEnded>().Outcome);
        floor.Pass(seconds - 1);
        Assert.Null(floor.Ringing(Amy));
        floor.Pass(1);
        Assert.NotNull(floor.Ringing(Amy));
    }

    [Fact]
    public void A_caller_who_gives_up_frees_the_agent_at_once_for_the_next()
    {
        var floor = With(Group(Sales, Amy)).Online(Amy);
        var first = floor.Call(Sales);
        var second = floor.Call(Sales);
        floor.GiveUp(first);
        Assert.Equal(OfferOutcome.CallerGaveUp, floor.Last<OfferEnded>().Outcome);
        Assert.Equal(second, floor.Ringing(Amy)!.Contact.Id);
    }

    [Fact]
    public void The_one_who_missed_it_is_asked_again_only_when_no_one_else_is_free()
    {
        var floor = new Floor().Online(Amy, Bob, Carol);
        var busy = floor.Call(Sales);
        Assert.Equal(Amy, floor.Answer(Amy).Value.Agent);
        floor.Call(Sales);
        floor.Decline(Bob);
        Assert.NotNull(floor.Ringing(Carol));
        floor.Pass(15);
        floor.HangUp(busy, Amy, wrapUp: false);
        floor.Decline(Carol);
        // Bob is free again and was idle longer, but he missed it and Amy did not.
        Assert.NotNull(floor.Ringing(Amy));
        Assert.Null(floor.Ringing(Bob));
        floor.Decline(Amy);
        Assert.NotNull(floor.Ringing(Bob));
    }

    [Fact]
    public void An_answered_call_is_the_agents_work_and_its_offer_ended_Accepted()
    {
        var floor = With(Group(Sales, Amy)).Online(Amy);
        var call = floor.Call(Sales);
        var taken = floor.Answer(Amy).Value;
        Assert.Equal((call, Amy, Sales), (taken.Contact.Id, taken.Agent, taken.Group));
        Assert.Equal(OfferOutcome.Accepted, floor.Last<OfferEnded>().Outcome);
        Assert.Equal(call, Assert.Single(floor.See(Amy).Work));
    }

    [Fact]
    public void Accepting_after_the_time_is_over_is_refused_even_before_the_deadline_was_noticed()
    {
        var floor = With(Group(Sales, Amy)).Online(Amy);
        floor.Call(Sales);
        var offer = floor.Ringing(Amy)!;
        Assert.IsType<OfferExpired>(floor.Ask(d => d.Accept(floor.Now with { Steady = offer.Deadline }, offer.Id, Amy)).Error);
    }

    [Fact]
    public void Accepting_just_before_the_time_is_over_wins()
    {
        var floor = With(Group(Sales, Amy)).Online(Amy);
        floor.Call(Sales);
        var offer = floor.Ringing(Amy)!;
        Assert.True(floor.Ask(d => d.Accept(floor.Now with { Steady = offer.Deadline - TimeSpan.FromTicks(1) }, offer.Id, Amy)).Ok);
        floor.Pass(30);
        Assert.DoesNotContain(floor.All<OfferEnded>(), e => e.Outcome == OfferOutcome.TimedOut);
    }

    [Fact]
    public void Accepting_after_the_caller_gave_up_says_so()
    {
        var floor = With(Group(Sales, Amy)).Online(Amy);
        var call = floor.Call(Sales);
        var offer = floor.Ringing(Amy)!.Id;
        floor.GiveUp(call);
        Assert.IsType<OfferGivenUp>(floor.Accept(offer, Amy).Error);
    }

    [Fact]
    public void Declining_twice_says_that_it_was_declined()
    {
        var floor = With(Group(Sales, Amy)).Online(Amy);
        floor.Call(Sales);
        var offer = floor.Ringing(Amy)!.Id;
        Assert.True(floor.Decline(offer, Amy).Ok);
        Assert.IsType<OfferDeclined>(floor.Decline(offer, Amy).Error);
        Assert.IsType<OfferDeclined>(floor.Accept(offer, Amy).Error);
    }

    [Fact]
    public void Accepting_twice_says_that_it_was_answered()
    {
        var floor = With(Group(Sales, Amy)).Online(Amy);
        floor.Call(Sales);
        var offer = floor.Ringing(Amy)!.Id;
        Assert.True(floor.Accept(offer, Amy).Ok);
        Assert.IsType<OfferAccepted>(floor.Accept(offer, Amy).Error);
    }

    [Fact]
    public void An_offer_is_accepted_and_declined_by_its_own_agent_only()
    {
        var floor = new Floor().Online(Amy, Bob);
        floor.Call(Sales);
        var offer = floor.Ringing(Amy)!.Id;
        Assert.IsType<OfferNotYours>(floor.Accept(offer, Bob).Error);
        Assert.IsType<OfferNotYours>(floor.Decline(offer, Bob).Error);
        Assert.True(floor.Accept(offer, Amy).Ok);
        Assert.IsType<OfferNotYours>(floor.Accept(offer, Bob).Error);
    }

    [Fact]
    public void An_offer_nobody_remembers_is_unknown() => Assert.IsType<OfferUnknown>(new Floor().Accept(new(5), Amy).Error);

    [Fact]
    public void An_unreachable_device_answered_too_late_says_so()
    {
        var floor = With(Group(Sales, Amy)).Online(Amy);
        floor.Call(Sales);
        var offer = floor.Ringing(Amy)!.Id;
        floor.Do(d => d.Unreachable(floor.Now, offer, Amy));
        floor.Do(d => d.Unreachable(floor.Now, offer, Amy));
        Assert.IsType<OfferUnreachable>(floor.Accept(offer, Amy).Error);
        Assert.Single(floor.All<OfferEnded>());
    }

    [Fact]
    public void Without_a_line_or_a_registered_phone_an_agent_is_not_offered_calls()
    {
        var floor = With(Group(Sales, Amy));
        floor.Do(d => d.WorkbenchOpened(floor.Now, Amy, "wb"));
        floor.Choose(Amy, Choice.Available);
        var call = floor.Call(Sales);
        Assert.Null(floor.Ringing(Amy));
        Assert.Equal(ExclusionRule.Unreachable, floor.Ask(d => d.Why(call)).Decisions.Single().Candidates.Single().Rule);
        floor.Do(d => d.DeviceReachable(floor.Now, Amy, true));
        Assert.NotNull(floor.Ringing(Amy));
    }

    [Fact]
    public void Choosing_Not_ready_while_it_rings_declines()
    {
        var floor = new Floor().Online(Amy, Bob);
        floor.Call(Sales);
        floor.Choose(Amy, Choice.NotReady);
        Assert.Equal(OfferOutcome.Declined, floor.Last<OfferEnded>().Outcome);
        Assert.NotNull(floor.Ringing(Bob));
    }

    [Fact]
    public void A_connection_lost_while_it_rings_gives_the_call_to_the_next()
    {
        var floor = With(Group(Sales, Amy, Bob) with { Ring = 60 }).Online(Amy, Bob);
        floor.Call(Sales);
        floor.Do(d => d.WorkbenchClosed(floor.Now, Amy, "wb-" + Amy));
        floor.Pass(30);
        Assert.Equal(OfferOutcome.Unreachable, floor.Last<OfferEnded>().Outcome);
        Assert.NotNull(floor.Ringing(Bob));
    }

    [Fact]
    public void Work_begun_at_the_desk_phone_while_it_rings_gives_the_call_to_the_next()
    {
        var floor = new Floor().Online(Amy, Bob);
        floor.Call(Sales);
        floor.Do(d => d.Began(floor.Now, Amy, new(7), ContactKind.Call));
        Assert.Equal(AgentState.Busy, floor.State(Amy));
        Assert.NotNull(floor.Ringing(Bob));
    }

    [Theory]
    [InlineData(Wish.Available)]
    [InlineData(Wish.NotReady)]
    public void A_call_for_one_agent_in_person_rings_when_Available_and_when_Not_ready(Wish wish)
    {
        var floor = new Floor().Online(Amy);
        floor.Choose(Amy, new(wish));
        var call = floor.CallFor(Amy);
        Assert.Null(floor.Ringing(Amy)!.Group);
        Assert.Equal(call, floor.Answer(Amy).Value.Contact.Id);
    }

    [Fact]
    public void A_call_in_person_is_refused_with_the_agents_state()
    {
        var floor = new Floor().Online(Amy);
        Assert.Equal(Refusal.Unknown, Refused(floor, new(999)));
        Assert.Equal(Refusal.Offline, Refused(floor, Bob));
        floor.Choose(Amy, Choice.Break("Meeting"));
        Assert.Equal(Refusal.OnBreak, Refused(floor, Amy));
        floor.Choose(Amy, Choice.NotReady);
        floor.Do(d => d.DeviceReachable(floor.Now, Amy, false));
        Assert.Equal(Refusal.Unreachable, Refused(floor, Amy));
        floor.Do(d => d.DeviceReachable(floor.Now, Amy, true));
        var call = floor.CallFor(Amy);
        Assert.Equal(Refusal.Busy, Refused(floor, Amy));
        floor.Answer(Amy);
        Assert.Equal(Refusal.Busy, Refused(floor, Amy));
        floor.HangUp(call, Amy);
        Assert.Equal(Refusal.WrapUp, Refused(floor, Amy));
    }

    private static Refusal Refused(Floor floor, AgentId agent)
    {
        var call = floor.CallFor(agent);
        var released = floor.Last<ContactReleased>();
        Assert.Equal((call, ReleaseReason.AgentNotReached, agent), (released.Contact, released.Reason, released.Agent!.Value));
        return released.Refusal;
    }

    [Fact]
    public void A_call_in_person_that_is_not_answered_comes_back_to_its_owner()
    {
        var floor = new Floor().Online(Amy);
        floor.CallFor(Amy);
        floor.Pass(20);
        Assert.Equal(Refusal.TimedOut, floor.Last<ContactReleased>().Refusal);
    }

    [Fact]
    public void A_transfer_to_an_agent_who_does_not_answer_goes_to_the_head_of_the_queue_it_came_from()
    {
        var floor = With(Group(Sales, Amy)).Online(Amy, Bob);
        floor.Call(Sales);
        var waiting = floor.Call(Sales);
        var transferred = floor.CallFor(Bob, Sales);
        floor.Decline(Bob);
        Assert.Equal([transferred, waiting], floor.Ask(d => d.Waiting([Sales], 9)).Select(w => w.Contact.Id));
    }

    [Fact]
    public void Taking_somebody_who_waits_offers_them_to_the_taker_also_when_Not_ready()
    {
        var floor = new Floor().Online(Amy);
        floor.Choose(Amy, Choice.NotReady);
        floor.Call(Sales);
        var second = floor.Call(Sales);
        var offer = floor.TakeContact(second, Amy);
        Assert.Equal(second, floor.Accept(offer.Value, Amy).Value.Contact.Id);
        Assert.IsType<ContactGone>(floor.TakeContact(second, Amy).Error);
    }

    [Fact]
    public void Taking_needs_membership_and_a_state_that_can_serve()
    {
        var floor = new Floor(Office(Group(Sales, Amy), Group(Support, Carol))).Online(Amy);
        var waits = floor.Call(Support);
        Assert.IsType<NotYourGroup>(floor.TakeContact(waits, Amy).Error);
        Assert.IsType<AgentIsOffline>(floor.TakeContact(waits, Carol).Error);
        Assert.IsType<AgentUnknown>(floor.TakeContact(waits, new(999)).Error);
        floor.Choose(Carol, Choice.Break("Meeting"));
        Assert.IsType<AgentIsOnBreak>(floor.TakeContact(waits, Carol).Error);
        floor.Choose(Carol, Choice.NotReady);
        Assert.IsType<DeviceUnreachable>(floor.TakeContact(waits, Carol).Error);
    }
}
