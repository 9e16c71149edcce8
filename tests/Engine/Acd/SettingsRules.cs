using Tccc.Acd.Core;
using static Tccc.Acd.Tests.Floor;

namespace Tccc.Acd.Tests;

/// <summary>What administrators change while agents talk and customers wait: nobody is lost.</summary>
public sealed class SettingsRules
{
    private static void Delete(Floor floor, GroupId group) =>
        floor.Change(c => c with { Groups = [.. c.Groups.Where(g => g.Id != group)] });

    private static void Dismiss(Floor floor, AgentId agent) => floor.Change(c => c with { Agents = c.Agents.Remove(agent) });

    [Fact]
    public void Who_waits_in_a_group_that_is_deleted_goes_to_its_overflow_group_in_order()
    {
        var floor = new Floor(Office(Group(Sales, Amy) with { Overflow = new(OverflowKind.Group, Support) }, Group(Support, Bob)));
        ContactId[] calls = [floor.Call(Sales), floor.Call(Sales)];
        Delete(floor, Sales);
        Assert.Equal(calls, floor.Ask(d => d.Waiting([Support], 9)).Select(w => w.Contact.Id));
        Assert.False(floor.Queues.ContainsKey(Sales));
    }

    [Fact]
    public void Who_waits_in_a_group_that_is_deleted_and_names_no_other_comes_back_to_their_owner()
    {
        var floor = new Floor();
        var call = floor.Call(Sales);
        Delete(floor, Sales);
        Assert.Equal((call, ReleaseReason.GroupGone), (floor.Last<ContactReleased>().Contact, floor.Last<ContactReleased>().Reason));
    }

    [Fact]
    public void What_rings_when_its_group_is_deleted_may_still_be_answered()
    {
        var floor = new Floor().Online(Amy);
        floor.Call(Sales);
        Delete(floor, Sales);
        Assert.True(floor.Answer(Amy).Ok);
    }

    [Fact]
    public void What_rings_when_its_group_is_deleted_and_is_declined_comes_back_to_its_owner()
    {
        var floor = new Floor().Online(Amy, Bob);
        floor.Call(Sales);
        Delete(floor, Sales);
        floor.Decline(Amy);
        Assert.Equal(ReleaseReason.GroupGone, floor.Last<ContactReleased>().Reason);
    }

    [Fact]
    public void An_agent_removed_while_talking_keeps_the_call_to_its_end_and_is_then_Offline()
    {
        var floor = new Floor().Online(Amy);
        var call = floor.Call(Sales);
        floor.Answer(Amy);
        Dismiss(floor, Amy);
        Assert.Equal(AgentState.Busy, floor.State(Amy));
        Assert.IsType<AgentUnknown>(floor.Choose(Amy, Choice.Available).Error);
        floor.HangUp(call, Amy);
        Assert.Equal((AgentState.Busy, AgentState.Offline), (floor.Last<AgentStateChanged>().From, floor.Last<AgentStateChanged>().To));
        Assert.False(floor.Agents.ContainsKey(Amy));
    }

    [Fact]
    public void What_rings_at_an_agent_who_is_removed_goes_to_the_next()
    {
        var floor = new Floor().Online(Amy, Bob);
        floor.Call(Sales);
        Dismiss(floor, Amy);
        Assert.NotNull(floor.Ringing(Bob));
        Assert.Equal(StateReason.Removed, floor.Last<AgentStateChanged>().Reason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_agent_removed_in_wrap_up_is_Offline_and_gone_at_once(bool held)
    {
        var floor = new Floor().Online(Amy);
        var call = floor.Call(Sales);
        floor.Answer(Amy);
        floor.HangUp(call, Amy);
        if (held) floor.Ask(d => d.ContinueWrapUp(floor.Now, Amy));
        Assert.Equal(AgentState.WrapUp, floor.State(Amy));
        Dismiss(floor, Amy);
        var last = floor.Last<AgentStateChanged>();
        Assert.Equal((AgentState.WrapUp, AgentState.Offline, StateReason.Removed), (last.From, last.To, last.Reason));
        Assert.False(floor.Agents.ContainsKey(Amy));
        floor.Pass(60);
        Assert.Equal(last, floor.Last<AgentStateChanged>());
    }

    [Fact]
    public void An_agent_removed_while_being_asked_in_person_leaves_the_caller_to_the_owner()
    {
        var floor = new Floor().Online(Amy);
        var call = floor.CallFor(Amy);
        Dismiss(floor, Amy);
        var released = floor.Last<ContactReleased>();
        Assert.Equal((call, ReleaseReason.AgentNotReached, Refusal.Unreachable), (released.Contact, released.Reason, released.Refusal));
    }

    [Fact]
    public void Another_length_of_wrap_up_counts_from_the_next_call_and_the_present_one_ends_as_it_was_told()
    {
        var floor = new Floor().Online(Amy);
        var call = floor.Call(Sales);
        floor.Answer(Amy);
        floor.HangUp(call, Amy);
        var until = floor.See(Amy).WrapUpUntil;
        floor.Pass(10).Change(c => c with { WrapUp = 5 });
        Assert.Equal((AgentState.WrapUp, until), (floor.State(Amy), floor.See(Amy).WrapUpUntil));
        floor.Pass(20);
        Assert.Equal(AgentState.Idle, floor.State(Amy));

        call = floor.Call(Sales);
        floor.Answer(Amy);
        floor.HangUp(call, Amy);
        Assert.Equal(floor.Time.AddSeconds(5), floor.See(Amy).WrapUpUntil);
        floor.Change(c => c with { WrapUp = 0 });
        Assert.Equal(AgentState.WrapUp, floor.State(Amy));
        floor.Pass(5);
        Assert.Equal(AgentState.Idle, floor.State(Amy));
    }

    [Fact]
    public void A_break_reason_that_is_deleted_leaves_who_is_on_that_break_on_it()
    {
        var floor = new Floor(Office(Group(Sales, Amy)) with { BreakReasons = ["Lunch"] }).Online(Amy);
        floor.Choose(Amy, Choice.Break("Lunch"));
        floor.Change(c => c with { BreakReasons = [] });
        Assert.Equal((AgentState.Break, "Lunch"), (floor.State(Amy), floor.See(Amy).BreakReason));
        Assert.IsType<BreakReasonUnknown>(floor.Choose(Amy, Choice.Break("Lunch")).Error);
        Assert.True(floor.Choose(Amy, Choice.Available).Ok);
    }

    [Fact]
    public void An_agent_who_was_removed_and_came_back_works_as_before()
    {
        var floor = new Floor().Online(Amy);
        Dismiss(floor, Amy);
        floor.Change(c => c with { Agents = c.Agents.Add(Amy) });
        floor.Online(Amy);
        floor.Call(Sales);
        Assert.NotNull(floor.Ringing(Amy));
    }

    [Fact]
    public void A_new_member_gets_who_waits_at_once()
    {
        var floor = With(Group(Sales, Amy)).Online(Bob);
        var call = floor.Call(Sales);
        floor.Change(Group(Sales, Amy, Bob));
        Assert.Equal(call, floor.Ringing(Bob)!.Contact.Id);
    }

    [Fact]
    public void A_member_who_left_the_group_is_not_asked_any_more()
    {
        var floor = new Floor().Online(Amy, Bob);
        floor.Change(Group(Sales, Bob));
        floor.Call(Sales);
        Assert.NotNull(floor.Ringing(Bob));
        Assert.Equal(1, floor.Queues[Sales].SignedIn);
    }

    [Fact]
    public void Another_strategy_counts_from_the_next_decision()
    {
        var floor = new Floor().Online(Amy, Bob);
        floor.Change(Group(Sales, Amy, Bob) with { Strategy = Strategy.LevelThenLongestIdle, Members = [new(Amy, 1), new(Bob, 4)] });
        floor.Call(Sales);
        Assert.NotNull(floor.Ringing(Bob));
    }

    [Fact]
    public void A_group_without_members_lets_its_callers_wait()
    {
        var floor = new Floor(Office(Group(Sales), Group(Support, Amy))).Online(Amy);
        floor.Call(Sales);
        Assert.Equal((1, 0), (floor.Queues[Sales].Waiting, floor.Queues[Sales].SignedIn));
    }

    [Fact]
    public void The_same_settings_again_change_nothing()
    {
        var floor = new Floor().Online(Amy);
        floor.Call(Sales);
        var said = floor.Said.Count;
        floor.Change(c => c with { WrapUp = 60 });
        floor.Change(Group(Sales, Amy, Bob, Carol));
        Assert.Equal(said, floor.Said.Count);
        Assert.NotNull(floor.Ringing(Amy));
    }
}
