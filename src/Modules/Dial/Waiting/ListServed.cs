using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

public sealed record ServedCall(
    CallId Id, CallDirection Direction, string Customer, string Called, GroupId? Group, DateTimeOffset EndedAt, long TalkMs, long HoldMs, CallResult? Result, EndedBy? EndedBy);

/// <summary>The History tab: the calls this agent served lately, each leading to its record; product.md §3. Fetched when the tab is opened.</summary>
internal static class ListServed
{
    private const int AtMost = 50;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/history", async (CurrentAgent me, Writer writer, TcccDb db) =>
        {
            // the page asks when a call has just ended, and the call is told before its row is committed
            await writer.Flush();
            var agent = me.Agent;
            var served = await db.Of<CallRecord>(me.Center).Where(r => r.Agent == agent && r.EndedAt != null)
                .OrderByDescending(r => r.ArrivedAt).Take(AtMost)
                .Select(r => new ServedCall(r.Id, r.Direction, r.Customer, r.Called, r.Group, r.EndedAt!.Value, r.TalkMs, r.HoldMs, r.Result, r.EndedBy))
                .ToListAsync();
            return new RazorComponentResult<ServedList>(new { Model = served });
        });
}
