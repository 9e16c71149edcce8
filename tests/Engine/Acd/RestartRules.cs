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
        Assert.Equal(("Meeting", since), (floor.See(Bob).BreakReason, floor.See(Bob).Since));
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
}
