using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <param name="Called">The center's number.</param>
/// <param name="NotReached">Why a call of this agent's own came to nobody.</param>
/// <param name="Missed">What came of an offer that did not become this agent's call; null for a call they served.</param>
/// <param name="IsNew">Missed, and not seen before.</param>
public sealed record ServedCall(
    CallId Id, CallDirection Direction, string Customer, string Called, DateTimeOffset At, long TalkMs, CallResult? Result,
    EndedBy? EndedBy, CallEndReason? NotReached = null, OfferId? Offer = null, AttemptOutcome? Missed = null, bool IsNew = false);

/// <summary>
/// The History tab: the calls this agent served lately, each leading to its record, and those missed or declined; product.md §3. Fetched
/// when the tab is opened.
/// </summary>
internal static class ListServed
{
    private const int AtMost = 50;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/history", async (CurrentAgent me, Writer writer, TcccDb db, Centers centers, TimeProvider time) =>
        {
            // the page asks when a call has just ended, and the call is told before its row is committed
            await writer.CatchUp();
            var agent = me.Agent;
            // an agent is of one center; with the center SQLite would take the index of all its calls
            var served = await db.Set<CallRecord>().Where(r => r.Agent == agent && r.EndedAt != null)
                .OrderByDescending(r => r.ArrivedAt).Take(AtMost)
                .Select(r =>
                    new ServedCall(
                        r.Id, r.Direction, r.Customer, r.Called, r.EndedAt!.Value, r.TalkMs, r.Result, r.EndedBy,
                        r.Direction != CallDirection.Inbound && r.AnsweredAt == null ? r.Reason : null, null, null, false))
                .ToListAsync();
            var seen = await MissedCalls.SeenUntil(db, me, time.GetUtcNow());
            var missed = await db.Of<CallAttempt>(me.Center)
                .Where(a =>
                    a.Agent == agent
                        && (a.Outcome == AttemptOutcome.TimedOut || a.Outcome == AttemptOutcome.Unreachable
                            || a.Outcome == AttemptOutcome.Declined))
                .OrderByDescending(a => a.Offer).Take(AtMost)
                .Join(db.Of<CallRecord>(me.Center), a =>
                    a.Call, r => r.Id, (a, r) => new { a.Offer, a.EndedAt, a.Outcome, r.Id, r.Direction, r.Customer, r.Called, r.Agent })
                .ToListAsync();
            var all = served.Concat(missed.Select(m => new ServedCall(
                m.Id, m.Direction, m.Direction is CallDirection.Internal ? centers.AgentName(m.Agent) : m.Customer, m.Called,
                m.EndedAt, 0, null, null, null, m.Offer, m.Outcome,
                m.Outcome != AttemptOutcome.Declined && m.EndedAt > seen)));
            return new RazorComponentResult<ServedList>(new { Model = all.OrderByDescending(static c => c.At).Take(AtMost).ToList() });
        });
}
