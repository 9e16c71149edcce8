using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Dial;

/// <summary>How many wait in the agent's groups: the count on the Waiting tab, and the sign by which an open tab looks again.</summary>
internal sealed class WaitingCountFragment(Dispatch dispatch, Centers centers) : IFragment
{
    public const string Id = "waiting-count";

    public string Name => Id;

    public ValueTask<FragmentView> For(AgentScope scope) =>
        new(FragmentView.Of<WaitingCount>((nameof(WaitingCount.Model), dispatch.WaitingIn(centers.GroupIdsOf(scope.Agent)))));
}

internal static class Queues
{
    public static IEnumerable<GroupId> GroupIdsOf(this Centers centers, AgentId agent) =>
        centers.Of(agent)?.GroupsOf(agent).Select(static g => g.Id) ?? [];

    public static int WaitingIn(this Dispatch dispatch, IEnumerable<GroupId> groups) => groups.Sum(g => dispatch.See(g)?.Waiting ?? 0);
}
