using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

public sealed record TasksModel(CallView? Call, string? Group, Instant Now);

/// <summary>What the agent serves now; what was served stands under History. product.md §3 «Left column».</summary>
internal sealed class TasksFragment(Calls calls, Centers centers, TimeProvider time) : IFragment
{
    public const string Id = "tasks";

    public string Name => Id;

    public ValueTask<FragmentView> For(AgentScope scope)
    {
        var call = calls.CallOf(scope.Agent);
        return new(FragmentView.Of<Tasks>((nameof(Tasks.Model), new TasksModel(call, centers.NameOf(call?.Group), time.Instant()))));
    }
}
