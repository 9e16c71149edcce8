using static Tccc.Acd.Tests.Floor;

namespace Tccc.Acd.Tests;

/// <summary>product.md §2 «survives a restart».</summary>
public sealed class RestartRules
{
    [Fact]
    public void After_a_restart_states_and_choices_are_as_before()
    {
        var floor = new Floor().Online(Amy, Bob, Carol);
        floor.Choose(Bob, Choice.Break("Meeting"));
        floor.Choose(Carol, Choice.NotReady);
        var since = floor.See(Bob).Since;
        floor.Restart();
        Assert.Equal((AgentState.Idle, AgentState.Break, AgentState.NotReady), (floor.State(Amy), floor.State(Bob), floor.State(Carol)));
        Assert.Equal(("Meeting", since.Wall), (floor.See(Bob).BreakReason, floor.See(Bob).Since.Wall));
        Assert.Equal(floor.Now.Wall - since.Wall, floor.Time - floor.See(Bob).Since.Steady);
    }

    [Fact]
    public void After_a_restart_workbenches_have_30_seconds_to_come_back()
    {
        var floor = new Floor().Online(Amy, Bob);
        floor.Restart();
        floor.Pass(10);
        floor.Do(d => d.WorkbenchOpened(floor.Now, Amy, "wb-" + Amy));
        floor.Pass(20);
        Assert.Equal((AgentState.Idle, AgentState.Offline), (floor.State(Amy), floor.State(Bob)));
        Assert.Equal(StateReason.ConnectionLost, floor.See(Bob).Reason);
    }

    [Fact]
    [Trait("Case", "F-A11")]
    public void The_time_to_come_back_begins_when_the_server_can_be_reached_however_slowly_it_started()
    {
        var floor = new Floor().Online(Amy, Bob);
        floor.Restart(reachable: false);
        floor.Pass(100);
        floor.Choose(Bob, Choice.NotReady);
        Assert.Equal((AgentState.Idle, AgentState.NotReady), (floor.State(Amy), floor.State(Bob)));
        floor.Do(d => d.Reachable(floor.Now));
        floor.Pass(20);
        floor.Do(d => d.Reachable(floor.Now));
        floor.Pass(9);
        Assert.Equal((AgentState.Idle, AgentState.NotReady), (floor.State(Amy), floor.State(Bob)));
        floor.Pass(1);
        Assert.Equal((AgentState.Offline, AgentState.Offline), (floor.State(Amy), floor.State(Bob)));
    }

    [Theory]
    [InlineData(0, 20)]
    [InlineData(-3600, 30)]
    [InlineData(3600, 0)]
    [Trait("Case", "F-A6")]
    public void What_is_left_of_a_wrap_up_after_a_restart_is_at_most_the_whole_of_it(int clock, int left)
    {
        var floor = new Floor().Online(Amy);
        floor.Call(Sales);
        floor.HangUp(floor.Answer(Amy).Value.Contact.Id, Amy);
        floor.Pass(9);
        floor.SetWall(clock);
        floor.Restart();
        floor.Do(d => d.WorkbenchOpened(floor.Now, Amy, "wb"));
        if (left > 0)
        {
            Assert.Equal(TimeSpan.FromSeconds(left), floor.See(Amy).WrapUpUntil - floor.Time);
            floor.Pass(left - 1);
            Assert.Equal(AgentState.WrapUp, floor.State(Amy));
            floor.Pass(1);
        }
        Assert.Equal((AgentState.Idle, StateReason.WrapUpEnded), (floor.State(Amy), floor.See(Amy).Reason));
    }
}
