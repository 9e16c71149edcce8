using Microsoft.EntityFrameworkCore;
using Tccc.Acd.Core;
using Tccc.Platform;

namespace Tccc.Acd.Rows;

/// <summary>What a center's dispatcher begins with: what was stored before the server stopped.</summary>
internal sealed record Restoring(Stamp At, IReadOnlyList<RestoredAgent> Agents, IReadOnlyList<LastServed> Served)
{
    public static async Task<Restoring> Read(
        IDbContextFactory<TcccDb> databases, CenterId center, TimeSpan wrapUp, Stamp now, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var newest =
            from facts in db.Of<AgentFacts>(center)
            select new { Facts = facts, Last = db.Set<AgentStateChange>().Where(c => c.Agent == facts.Agent).OrderByDescending(c => c.Id)
                .FirstOrDefault() };
        var agents = await newest.ToListAsync(ct);
        var from = now.Wall - Dispatcher.LastAgentFor;
        var served = await db.Of<LastServedRow>(center).Where(l => l.At > from).OrderBy(l => l.Id).ToListAsync(ct);
        return new(
            now,
            agents.ConvertAll(a => new RestoredAgent(a.Facts.Agent, a.Facts.ToFacts(now, wrapUp), Shown(a.Last, now))),
            served.ConvertAll(l => new LastServed(l.Customer, l.Agent, now.Remembered(l.At))));
    }

    private static Shown Shown(AgentStateChange? last, Stamp now) =>
        last is null ? default : new(last.To, last.BreakReason, now.Remembered(last.At), last.Reason, last.By);
}
