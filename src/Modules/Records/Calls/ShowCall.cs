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
    /// <param name="Why">Null for an agent: it tells about others.</param>
    public sealed record Model(CallRecord Call, IReadOnlyList<CallAttempt> Attempts, IReadOnlyList<CallHold> Holds, WhyTrace? Why, DateTimeOffset Now);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(ListCalls.Address + "/{call:long}", async (CallId call, CurrentAgent me, Centers centers, TcccDb db, WhyTraces traces, TimeProvider time) =>
        {
            if (await db.Of<CallRecord>(me.Center).SingleOrDefaultAsync(c => c.Id == call) is not { } record) return new NoSuchRecord().ToHttp();
            if (!me.SeesAll() && record.Agent != me.Agent) return new NotYourCall().ToHttp();
            var agent = me.Agent;
            var attempts = db.Of<CallAttempt>(me.Center).Where(a => a.Call == call);
            if (!me.SeesAll()) attempts = attempts.Where(a => a.Agent == agent);
            var model = new Model(
                record,
                await attempts.OrderBy(a => a.StartedAt).ThenBy(a => a.Offer).ToListAsync(),
                await db.Of<CallHold>(me.Center).Where(h => h.Call == call).OrderBy(h => h.StartedAt).ToListAsync(),
                me.SeesAll() ? await traces.Of(me.Center, new(call.Value)) : null,
                time.GetUtcNow());
            return (IResult)new RazorComponentResult<CallPage>(new { Model = model, Center = centers.Of(me.Center)! });
        });
}
