using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <param name="Served">Rows that are drawn already, newest first.</param>
public sealed record TasksModel(CallView? Call, IReadOnlyList<string> Served, Func<GroupId?, string?> GroupName, DateTimeOffset Now);

/// <summary>What the agent serves now and served of late; product.md §3 «Left column».</summary>
internal sealed class TasksFragment(Calls calls, ServedTasks served, Centers centers, TimeProvider time) : IFragment
{
    public const string Id = "tasks";

    public string Name => Id;

    public async ValueTask<FragmentView> For(AgentScope scope) => FragmentView.Of<Tasks>(
        (nameof(Tasks.Model), new TasksModel(calls.CallOf(scope.Agent), await served.Of(scope), centers.NameOf, time.GetUtcNow())));
}
