using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Presence;

/// <summary>The state menu as it must be now.</summary>
internal sealed class AgentStateFragment(Dispatch dispatch, Centers centers, TimeProvider time) : IFragment
{
    public const string Id = "agent-state";

    public string Name => Id;

    public ValueTask<FragmentView> For(AgentScope scope)
    {
        var now = time.GetUtcNow();
        var center = centers.Of(scope.Center);
        var agent = dispatch.See(scope.Agent);
        var model = new StateModel(
            centers.Agent(scope.Agent)?.Name ?? "", agent?.State ?? AgentState.Offline, agent?.Since ?? now, agent?.Reason ?? StateReason.Chosen, agent?.BreakReason, agent?.Next, agent?.WrapUpUntil,
            [.. center?.BreakReasons.Select(r => r.Name) ?? []], center?.Center.MissedCallsLimit ?? 0, now);
        return new(FragmentView.Of<StateMenu>((nameof(StateMenu.Model), model)));
    }
}
