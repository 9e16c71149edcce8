using Tccc.Acd;
using Tccc.Platform;

namespace Tccc.Dial;

/// <param name="Rings">A call rings at this agent now.</param>
public sealed record MiddleEmptyModel(AgentState State, bool Rings);

/// <summary>What stands in the middle without a call: true of the state the agent is in.</summary>
internal sealed class MiddleEmptyFragment(Dispatch dispatch) : IFragment
{
    public const string Id = "middle-empty";

    public string Name => Id;

    public ValueTask<FragmentView> For(AgentScope scope)
    {
        var agent = dispatch.See(scope.Agent);
        return new(
            FragmentView.Of<MiddleEmpty>(
                (nameof(MiddleEmpty.Model), new MiddleEmptyModel(agent?.State ?? AgentState.Offline, agent?.Offer is not null))));
    }
}
