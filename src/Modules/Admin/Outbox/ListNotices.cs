using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>The mails and SMS of the center, newest first: sent, waiting, given up, or what would have been sent; product.md §1.</summary>
public static class ListNotices
{
    internal const int PageSize = 15;

    internal static void Map(IEndpointRouteBuilder app) => app.MapGet("/admin/outbox", async (
        TcccDb db, Centers centers, Notices notices, Desk desk, CurrentAgent me, long? before) =>
    {
        desk.Saw(AuditWhat.OutboxSeen, "");
        var seen = db.NoticesSeenIn(me.Center, centers);
        var rows = await seen.Where(n => before == null || n.Id < before).OrderByDescending(n => n.Id).Take(PageSize + 1).ToListAsync();
        // what keeps messages waiting is said once, above them
        var held = await seen.Where(n => n.State == NoticeState.Waiting && n.Fault != null).OrderByDescending(n => n.Id).Take(1)
            .ToListAsync();
        return Reading.Page<OutboxPage>(null,
            ("Rows", rows.Take(PageSize).Select(notices.See).ToList()), ("Older", rows.Count > PageSize ? rows[PageSize - 1].Id : null),
                ("Before", before), ("Held", held.FirstOrDefault()));
    });
}
