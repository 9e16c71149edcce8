using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Tccc.Platform;

namespace Tccc.Telephony;

/// <summary>
/// The last calls of each agent, for the list that stands in every workbench: read from the rows when an agent is first asked about,
/// then kept up as calls end, so that drawing it asks no database.
/// </summary>
internal sealed class ServedCalls(IDbContextFactory<TcccDb> databases, TimeProvider time)
{
    /// <summary>A list to glance at; the records have the rest.</summary>
    public const int AtMost = 30;

    private static readonly TimeSpan Lately = TimeSpan.FromHours(12);

    private readonly ConcurrentDictionary<AgentId, ImmutableArray<CallRecord>> ended = new();
    private readonly ConcurrentDictionary<AgentId, bool> read = new();

    /// <summary>A call ended; its row is never changed again.</summary>
    public void Add(CallRecord call)
    {
        if (call.Agent is { } agent) ended.AddOrUpdate(agent, static (_, call) => [call], static (_, others, call) => Newest(others.Insert(0, call)), call);
    }

    public async ValueTask<IReadOnlyList<CallRecord>> Of(AgentId agent, CenterId center)
    {
        var since = time.GetUtcNow() - Lately;
        if (!read.ContainsKey(agent)) await Read(agent, center, since);
        return ended.TryGetValue(agent, out var calls) ? calls.RemoveAll(c => c.EndedAt < since) : [];
    }

    // what ended while the rows were read may be in both
    private async Task Read(AgentId agent, CenterId center, DateTimeOffset since)
    {
        await using var db = await databases.CreateDbContextAsync();
        var rows = await db.Of<CallRecord>(center)
            .Where(c => c.Agent == agent && c.EndedAt != null && c.ArrivedAt >= since)
            .OrderByDescending(c => c.ArrivedAt).Take(AtMost).ToListAsync();
        ended.AddOrUpdate(
            agent,
            static (_, rows) => Newest([.. rows]),
            static (_, others, rows) => Newest([.. others, .. rows.Where(row => !others.Any(o => o.Id == row.Id))]),
            rows);
        read[agent] = true;
    }

    private static ImmutableArray<CallRecord> Newest(ImmutableArray<CallRecord> calls) => calls.Length > AtMost ? calls.RemoveRange(AtMost, calls.Length - AtMost) : calls;
}
