using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

public sealed record CurrentCallModel(CallView? Call, string? Group, CallQuality? Quality, IReadOnlyList<LogLine> Log, DateTimeOffset Now)
{
    public string Lasted(DateTimeOffset since) => Clock.Face(Now - since);
}

/// <summary>One thing that happened in the call; <paramref name="What"/> is a key of the texts.</summary>
public sealed record LogLine(DateTimeOffset At, string What);

/// <summary>The call panel as it must be now, with a short log out of the call's rows.</summary>
internal sealed class CurrentCallFragment(Calls calls, Centers centers, TcccDb db, TimeProvider time) : IFragment
{
    public const string Id = "current-call";

    public string Name => Id;

    public async ValueTask<FragmentView> For(AgentScope scope)
    {
        var call = calls.CallOf(scope.Agent);
        var model = new CurrentCallModel(
            call, centers.NameOf(call?.Group), call is null ? null : calls.QualityOf(scope.Agent), call is null ? [] : await Log(call), time.GetUtcNow());
        return FragmentView.Of<CurrentCall>((nameof(CurrentCall.Model), model));
    }

    private async Task<IReadOnlyList<LogLine>> Log(CallView call)
    {
        var lines = new List<LogLine>();
        var record = await db.Set<CallRecord>().AsNoTracking().Where(r => r.Id == call.Id).Select(r => new { r.ArrivedAt, r.AnsweredAt }).FirstOrDefaultAsync();
        if (record is not null) lines.Add(new(record.ArrivedAt, "The call came in"));
        if (record?.AnsweredAt is { } answered) lines.Add(new(answered, "Answered"));
        foreach (var hold in await db.Set<CallHold>().AsNoTracking().Where(h => h.Call == call.Id).ToListAsync())
        {
            lines.Add(new(hold.StartedAt, "Put on hold"));
            if (hold.EndedAt is { } ended) lines.Add(new(ended, "Taken back from hold"));
        }
        lines.Sort((a, b) => a.At.CompareTo(b.At));
        return lines;
    }
}
