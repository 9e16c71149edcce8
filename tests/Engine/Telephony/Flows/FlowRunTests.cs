using static Tccc.Telephony.Tests.Steps;

namespace Tccc.Telephony.Tests;

public sealed class FlowRunTests
{
    [Fact]
    public void The_main_menu_leads_to_sales_and_to_support()
    {
        FlowStep[] menu = [Menu(1, 2, ("1", 2), ("2", 3)), ToSales(2), ToSupport(3)];
        Assert.Equal(new FlowEnd.ToGroup(Sales), new FlowTable(menu).Keys("1").State.End);
        Assert.Equal(new FlowEnd.ToGroup(Support), new FlowTable(menu).Keys("2").State.End);
    }

    [Fact]
    public void Whoever_watches_sees_each_step_key_and_result_as_it_happens()
    {
        var flow = new FlowTable(Say(7, 8), Menu(8, 10, ("1", 9)), new FlowStep.SetResult(9, "", "wish", "sales", 10), HangUp(10));
        Assert.Equal(
            [new FlowOrder.StepEntered(MainMenu, 1, 7), new FlowOrder.Say(Text(), "en", 1), new FlowOrder.Arm(flow.State.Due)], flow.Last);
        flow.Heard();
        Assert.Equal(new FlowOrder.StepEntered(MainMenu, 1, 8), flow.Last[0]);
        flow.Keys("1");
        Assert.Equal(
            [
                new FlowOrder.Hush(2), new FlowOrder.KeySeen('1', KeyUse.Taken),
                new FlowOrder.ResultSet(new(MainMenu, 8, "choice", "1", DigitsEnding.Count, true)),
                new FlowOrder.StepEntered(MainMenu, 1, 9),
                new FlowOrder.ResultSet(new(MainMenu, 9, "wish", "sales", null, true)),
                new FlowOrder.StepEntered(MainMenu, 1, 10), new FlowOrder.Disarm(), new FlowOrder.End(new FlowEnd.HangUp()),
            ], flow.Last);
        Assert.Equal(["choice", "wish"], flow.State.Results.Select(result => result.Name));
    }

    [Fact]
    public void The_agent_takes_the_customer_back_at_any_moment_and_the_results_so_far_stay()
    {
        FlowStep[] steps = [new FlowStep.SetResult(1, "", "asked", "yes", 2), Say(2, 3), Collect(3, 4, 4), HangUp(4)];
        foreach (var script in (string[])["r", ". r", ". . r", ". . 12 r"])
        {
            var flow = new FlowTable(steps).Run(script);
            Assert.Equal(new FlowEnd.Return(ByAgent: true), flow.State.End);
            Assert.Equal(new FlowOrder.End(new FlowEnd.Return(ByAgent: true)), flow.Last[^1]);
            Assert.Contains(flow.State.Results, result => result.Name == "asked");
            Assert.Null(flow.State.Hearing);
        }
    }

    [Fact]
    public void A_customer_who_hangs_up_ends_it()
    {
        var flow = new FlowTable(Say(1, 2), HangUp(2)).Run("x");
        Assert.Equal([new FlowOrder.Hush(1), new FlowOrder.Disarm(), new FlowOrder.End(new FlowEnd.CustomerGone())], flow.Last);
    }

    [Fact]
    public void Once_ended_keys_are_named_and_whatever_else_comes_changes_nothing()
    {
        var flow = new FlowTable(HangUp(1)).Keys("1");
        Assert.Equal([new FlowOrder.KeySeen('1', KeyUse.NotAsked)], flow.Last);
        flow.Run("x r .").Give(new FlowInput.DeadlineReached()).Give(new FlowInput.Started());
        Assert.Equal(new FlowEnd.HangUp(), flow.State.End);
        Assert.Single(flow.Done, order => order is FlowOrder.End);
    }

    [Fact]
    public void It_ends_as_its_last_step_says()
    {
        Assert.Equal(new FlowEnd.Return(ByAgent: false), new FlowTable(new FlowStep.Return(1, "")).State.End);
        Assert.Equal(new FlowEnd.ToAgent(Amy), new FlowTable(new FlowStep.ToAgent(1, "", Amy)).State.End);
        Assert.Equal(new FlowEnd.ToNumber("+8613900000001"), new FlowTable(new FlowStep.ToNumber(1, "", "+8613900000001")).State.End);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 3)]
    public void It_branches_by_opening_hours_as_they_are_at_that_moment(bool open, int step)
    {
        var flow = new FlowTable(new FlowStep.Branch(1, "", Hours, 2, 3), ToSales(2), HangUp(3));
        Assert.Contains(new FlowOrder.AskHours(Hours), flow.Last);
        Assert.Equal(FlowRun.LongestAnswer.TotalSeconds, flow.Left, 3);
        flow.Give(new FlowInput.HoursKnown(new(99), true));
        Assert.Empty(flow.Last);
        Assert.Equal(step, flow.Give(new FlowInput.HoursKnown(Hours, open)).Entered.Last());
    }

    [Fact]
    public void Hours_that_nobody_knows_are_closed() =>
        Assert.Equal(3, new FlowTable(new FlowStep.Branch(1, "", Hours, 2, 3), ToSales(2), HangUp(3)).After(4).Entered.Last());

    [Fact]
    public void Another_flow_is_entered_as_it_is_published_at_that_moment_and_results_stay()
    {
        var flow = new FlowTable(new FlowStep.SetResult(1, "", "asked", "yes", 2), new FlowStep.ToFlow(2, "", Other));
        Assert.Contains(new FlowOrder.FindFlow(Other), flow.Last);
        flow.Give(new FlowInput.FlowFound(Other, new(Other, 4, Plan(Say(1, 2), ToSales(2)))));
        Assert.Equal(new FlowOrder.StepEntered(Other, 4, 1), flow.Last[0]);
        Assert.Equal(new FlowEnd.ToGroup(Sales), flow.Heard().State.End);
        Assert.Single(flow.State.Results);
    }

    [Fact]
    public void A_flow_that_is_not_there_any_more_fails_and_says_so()
    {
        var flow = new FlowTable(new FlowStep.ToFlow(1, "", Other));
        Assert.Equal(
            new FlowEnd.Failed(FlowFailure.FlowGone), flow.Give(new FlowInput.FlowFound(Other, null)).State.End);
        Assert.Equal(new FlowEnd.Failed(FlowFailure.FlowGone), new FlowTable(new FlowStep.ToFlow(1, "", Other)).After(4).State.End);
    }

    [Fact]
    public void Flows_that_lead_to_each_other_end_when_the_customer_keys_nothing()
    {
        FlowVersion one = new(MainMenu, 1, Plan(new FlowStep.ToFlow(1, "", Other)));
        FlowVersion two = new(Other, 1, Plan(new FlowStep.ToFlow(1, "", MainMenu)));
        var flow = new FlowTable(one);
        for (var hop = 0; hop < FlowRun.MostHops; hop++)
        {
            var next = Assert.Single(flow.Last.OfType<FlowOrder.FindFlow>()).Flow;
            flow.Give(new FlowInput.FlowFound(next, next == Other ? two : one));
        }
        Assert.Equal(new FlowEnd.Failed(FlowFailure.TooManyHops), flow.State.End);
    }

    [Fact]
    public void A_customer_who_keys_may_go_from_flow_to_flow_as_often_as_they_like()
    {
        var menu = VersionOf(Menu(1, 3, ("1", 2)), new FlowStep.ToFlow(2, "", MainMenu), HangUp(3));
        var flow = new FlowTable(menu);
        for (var hop = 0; hop < 10 * FlowRun.MostHops; hop++) flow.Keys("1").Give(new FlowInput.FlowFound(MainMenu, menu));
        Assert.Null(flow.State.End);
        Assert.Single(flow.State.Results);
    }

    [Fact]
    public void A_call_in_a_flow_finishes_the_version_it_began()
    {
        var flow = new FlowTable(VersionOf(Say(1, 2), ToSales(2)));
        var published = new FlowVersion(MainMenu, 2, Plan(Say(1, 2), ToSupport(2)));
        flow.Give(new FlowInput.FlowFound(MainMenu, published));
        Assert.Equal(1, flow.State.Version.Number);
        Assert.Equal(new FlowEnd.ToGroup(Sales), flow.Heard().State.End);
    }

    [Fact]
    public void A_draft_that_is_tried_may_have_faults_and_then_fails_where_they_are()
    {
        var unfinished = new FlowEnd.Failed(FlowFailure.Unfinished);
        Assert.Equal(unfinished, new FlowTable().State.End);
        Assert.Equal(unfinished, new FlowTable(Say(1, null)).Heard().State.End);
        Assert.Equal(unfinished, new FlowTable(Say(1, 7)).Heard().State.End);
        Assert.Equal(unfinished, new FlowTable(new FlowStep.Queue(1, "", null)).State.End);
        Assert.Equal(unfinished, new FlowTable(new FlowStep.Branch(1, "", null, 1, 1)).State.End);
        Assert.Equal(
            new FlowEnd.Failed(FlowFailure.GoesRound),
            new FlowTable(new FlowStep.SetResult(1, "", "a", "b", 1)).State.End);
        var silent = new FlowTable(Collect(1, 2, 2) with { Prompt = null }, HangUp(2));
        Assert.Equal(5, silent.Left, 3);
    }
}
