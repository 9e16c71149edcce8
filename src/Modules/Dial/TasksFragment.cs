using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

public sealed record TasksModel(CallView? Call, IReadOnlyList<ServedCall> Served, Func<GroupId?, string?> GroupName, DateTimeOffset Now);

public sealed record ServedCall(
    CallId Id, CallDirection Direction, string Customer, string Called, GroupId? Group, DateTimeOffset EndedAt, long TalkMs, long HoldMs, CallResult? Result, EndedBy? EndedBy);

/// <summary>What the agent serves now and served of late; product.md §3 «Left column».</summary>
internal sealed class TasksFragment(Calls calls, Centers centers, TcccDb db, TimeProvider time) : IFragment
{
    public const string Id = "tasks";

    /// <summary>A list to glance at; Service records has the rest.</summary>
    private const int AtMost = 30;

    private static readonly TimeSpan Lately = TimeSpan.FromHours(12);

    public string Name => Id;

    public async ValueTask<FragmentView> For(AgentScope scope)
    {
        var now = time.GetUtcNow();
        var since = now - Lately;
        var served = await db.Set<CallRecord>().AsNoTracking()
            .Where(r => r.Agent == scope.Agent && r.Center == scope.Center && r.EndedAt != null && r.ArrivedAt >= since)
            .OrderByDescending(r => r.ArrivedAt).Take(AtMost)
            .Select(r => new ServedCall(r.Id, r.Direction, r.Customer, r.Called, r.Group, r.EndedAt!.Value, r.TalkMs, r.HoldMs, r.Result, r.EndedBy))
            .ToListAsync();
        return FragmentView.Of<Tasks>((nameof(Tasks.Model), new TasksModel(calls.CallOf(scope.Agent), served, centers.NameOf, now)));
    }
}
