using Microsoft.EntityFrameworkCore;
using Tccc.Acd.Core;
using Tccc.Platform;

namespace Tccc.Acd.Rows;

/// <summary>What a center's dispatcher begins with: what was stored before the server stopped.</summary>
internal sealed record Restoring(IReadOnlyList<RestoredAgent> Agents, IReadOnlyList<LastServed> Served)
{
    public static async Task<Restoring> Read(IDbContextFactory<TcccDb> databases, CenterId center, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var newest =
            from facts in db.Of<AgentFacts>(center)
            select new { Facts = facts, Last = db.Set<AgentStateChange>().Where(c => c.Agent == facts.Agent).OrderByDescending(c => c.Id).FirstOrDefault() };
        var agents = await newest.ToListAsync(ct);
        var from = now - Dispatcher.LastAgentFor;
        var served = await db.Of<LastServedRow>(center).Where(l => l.At > from).OrderBy(l => l.Id).ToListAsync(ct);
        return new(
            agents.ConvertAll(a => new RestoredAgent(a.Facts.Agent, a.Facts.ToFacts(), Shown(a.Last))),
            served.ConvertAll(l => new LastServed(l.Customer, l.Agent, l.At)));
    }

    private static Shown Shown(AgentStateChange? last) => last is null ? default : new(last.To, last.BreakReason, last.At, last.Reason, last.By);
}
