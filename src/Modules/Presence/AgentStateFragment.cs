using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Presence;

/// <summary>The state menu as it must be now.</summary>
internal sealed class AgentStateFragment(Dispatch dispatch, Centers centers, KeptChoices kept, TimeProvider time) : IFragment
{
    public const string Id = "agent-state";

    public string Name => Id;

    public async ValueTask<FragmentView> For(AgentScope scope)
    {
        var now = time.Instant();
        var center = centers.Of(scope.Center);
        var agent = dispatch.See(scope.Agent);
        var state = agent?.State ?? AgentState.Offline;
        var choices = ChoicesModel.Of([.. center?.BreakReasons.Select(r => r.Name) ?? []], state, agent?.BreakReason, agent?.Next);
        var model = new StateModel(
            centers.Agent(scope.Agent)?.Name ?? "", state, agent?.Since.Steady ?? now, agent?.Reason
                ?? StateReason.Chosen, agent?.BreakReason, agent?.Next, agent?.WrapUpUntil,
            await kept.Of(choices, scope.Culture), center?.Center.MissedCallsLimit ?? 0, now);
        return FragmentView.Of<StateMenu>((nameof(StateMenu.Model), model));
    }
}
