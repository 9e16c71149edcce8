using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Records;

/// <summary>One call: what it was, who was asked, and, for supervisors, why; product.md §12 and §4 «why-trace».</summary>
public static class ShowCall
{
    /// <param name="Attempts">For an agent their own only.</param>
    /// <param name="Ringing">Who is asked at this moment, and since when; for an agent only themselves.</param>
    /// <param name="Legs">How sound passed; for an agent the customer's leg and their own.</param>
    /// <param name="Notes">For an agent their own only.</param>
    /// <param name="WrapUp">How long the agent's wrap-up of this call was, or is until now; null when there was none.</param>
    /// <param name="Why">Null for an agent: it tells about others.</param>
    public sealed record Model(
        CallRecord Call, IReadOnlyList<CallAttempt> Attempts, IReadOnlyList<(AgentId Agent, DateTimeOffset Since)> Ringing,
        IReadOnlyList<CallPart> Parts, IReadOnlyList<LegQuality> Legs, IReadOnlyList<CallNote> Notes, TimeSpan? WrapUp, WhyTrace? Why,
        DateTimeOffset Now);

    /// <summary>The wrap-up begins with the call's end; the two are written by different engines at the same moment.</summary>
    private static readonly TimeSpan Beside = TimeSpan.FromSeconds(2);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet(ListCalls.Address + "/{call:long}", async (
        CallId call, CurrentAgent me, Centers centers, Dispatch dispatch, TcccDb db, WhyTraces traces, Desk desk,
        TimeProvider time) =>
    {
        if (await db.Of<CallRecord>(me.Center).SingleOrDefaultAsync(c => c.Id == call) is not { } record)
            return new NoSuchRecord().ToHttp();
        if (!await db.MaySee(me, record)) return new NotYourCall().ToHttp();
        if (record.Agent != me.Agent) desk.Saw(AuditWhat.RecordSeen, $"{record.Customer} · {record.ArrivedAt:u}");
        var agent = me.Agent;
        var attempts = db.Of<CallAttempt>(me.Center).Where(a => a.Call == call);
        if (!me.SeesAll()) attempts = attempts.Where(a => a.Agent == agent);
        var notes = db.Of<CallNote>(me.Center).Where(n => n.Call == call);
        if (!me.SeesAll()) notes = notes.Where(n => n.Agent == agent);
        var legs = LegQuality.Of(await db.Of<QualityRecord>(me.Center).SingleOrDefaultAsync(q => q.Call == call), record.ArrivedAt);
        if (!me.SeesAll()) legs = [.. legs.Where(leg => leg.Agent is null || leg.Agent == agent)];
        var stamp = time.Now();
        var now = stamp.Wall;
        var model = new Model(
            record,
            await attempts.OrderBy(a => a.StartedAt).ThenBy(a => a.Offer).ToListAsync(),
            record.EndedAt is null ? Ringing(dispatch, me.SeesAll() ? centers.Of(me.Center)!.Agents.Keys : [agent], call, stamp) : [],
            CallPart.Of(record),
            legs,
            await notes.OrderBy(n => n.At).ToListAsync(),
            await WrapUp(db, record, now),
            me.SeesAll() ? await traces.Of(me.Center, new(call.Value)) : null,
            now);
        return (IResult)new RazorComponentResult<CallPage>(new { Model = model, Center = centers.Of(me.Center)! });
    });

    private static List<(AgentId, DateTimeOffset)> Ringing(Dispatch dispatch, IEnumerable<AgentId> agents, CallId call, Stamp now) =>
    [
        .. agents.Select(agent => (Agent: agent, dispatch.See(agent)?.Offer)).Where(seen => seen.Offer?.Contact.Id.Value == call.Value)
            .Select(seen => (seen.Agent, now.WallAt(seen.Offer!.MadeAt))),
    ];

    private static async Task<TimeSpan?> WrapUp(TcccDb db, CallRecord call, DateTimeOffset now)
    {
        if (call is not { Agent: { } agent, EndedAt: { } ended }) return null;
        var (from, to) = (ended - Beside, ended + Beside);
        var changes = db.Of<AgentStateChange>(call.Center).Where(c => c.Agent == agent);
        var began = await changes.Where(c => c.To == AgentState.WrapUp && c.At >= from && c.At <= to).OrderBy(c => c.Id)
            .FirstOrDefaultAsync();
        if (began is null) return null;
        var over = await changes.Where(c => c.Id > began.Id).OrderBy(c => c.Id).Select(c => (DateTimeOffset?)c.At).FirstOrDefaultAsync();
        return (over ?? now) - began.At;
    }
}
