using Tccc.Acd.Core;
using static Tccc.Acd.Tests.Floor;

namespace Tccc.Acd.Tests;

/// <summary>What is kept of each decision; product.md §4 «why-trace».</summary>
public sealed class TraceRules
{
    [Fact]
    public void Candidates_stand_in_the_order_in_which_they_would_be_asked()
    {
        var floor = new Floor().Online(Carol, Bob, Amy);
        var call = floor.Call(Sales);
        Assert.Equal([Carol, Bob, Amy], floor.Ask(d => d.Why(call)).Decisions.Single().Candidates.Select(c => c.Agent));
    }

    [Fact]
    public void Who_served_the_customer_last_is_told_apart_from_who_came_first()
    {
        var floor = new Floor().Online(Amy);
        var first = floor.Call(Sales, "13800138000");
        floor.Answer(Amy);
        floor.Online(Bob);
        floor.HangUp(first, Amy, wrapUp: false);
        var second = floor.Call(Sales, "13800138000");
        Assert.Equal(
            [new(Amy, 3, ExclusionRule.Preferred), new(Bob, 3, ExclusionRule.AnotherFirst), new(Carol, 3, ExclusionRule.Offline)],
            floor.Ask(d => d.Why(second)).Decisions.Single().Candidates.AsEnumerable());
    }

    [Fact]
    public void Who_takes_a_customer_from_the_list_is_told_so()
    {
        var floor = new Floor().Online(Amy);
        floor.Choose(Amy, Choice.NotReady);
        var call = floor.Call(Sales);
        Assert.True(floor.TakeContact(call, Amy).Ok);
        Assert.Equal(new Candidate(Amy, 3, ExclusionRule.Taken), floor.Ask(d => d.Why(call)).Decisions.Last().Candidates[0]);
        Assert.True(floor.Ask(d => d.Why(call)).Decisions.Last().Offered);
    }

    [Fact]
    public void Two_who_take_the_same_customer_are_told_apart()
    {
        var floor = new Floor().Online(Amy, Bob);
        floor.Choose(Amy, Choice.NotReady);
        floor.Choose(Bob, Choice.NotReady);
        var call = floor.Call(Sales);
        Assert.True(floor.TakeContact(call, Amy).Ok);
        Assert.IsType<OfferedToAnother>(floor.TakeContact(call, Bob).Error);
        floor.Answer(Amy);
        Assert.IsType<ContactGone>(floor.TakeContact(call, Bob).Error);
    }

    [Fact]
    public void A_contact_that_leaves_gives_its_trace_once_however_it_leaves()
    {
        var floor = new Floor().Online(Amy);
        var answered = floor.Call(Sales);
        floor.Answer(Amy);
        var givenUp = floor.Call(Sales);
        floor.GiveUp(givenUp);
        var waitedTooLong = floor.Call(Sales);
        floor.Pass(300);
        var inPerson = floor.CallFor(Carol);
        Assert.Equal([answered, givenUp, waitedTooLong, inPerson], floor.Traces.Select(t => t.Contact));
        Assert.All(floor.Traces, t => Assert.NotEmpty(t.Decisions));
        Assert.Empty(floor.Ask(d => d.Why(givenUp)).Decisions);
    }

    [Fact]
    public void Of_a_contact_that_rings_on_and_on_the_beginning_and_the_end_are_kept()
    {
        var floor = With(Group(Sales, Amy) with { Ring = 5, LongestWait = 7200 }).Online(Amy);
        floor.Change(c => c with { MissedLimit = 0 });
        var call = floor.Call(Sales);
        floor.Pass(1800);
        var why = floor.Ask(d => d.Why(call));
        Assert.Equal(Dispatcher.DecisionsKept, why.Decisions.Length);
        Assert.InRange(why.Forgotten, 100, 1000);
        Assert.Equal(why.Decisions.Select(d => d.At).Order(), why.Decisions.Select(d => d.At));
        Assert.True(why.Decisions[WhyTrace.FirstKept].At - why.Decisions[WhyTrace.FirstKept - 1].At > TimeSpan.FromMinutes(10));
        Assert.True(why.Decisions[^1].At > floor.Now.Wall.AddSeconds(-30));
    }
}
