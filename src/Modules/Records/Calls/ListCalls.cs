using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Records;

/// <summary>The calls of the center, or the agent's own, newest first; product.md §12.</summary>
public static class ListCalls
{
    public const string Address = "/records/calls";
    internal const int PageSize = 15;

    /// <summary>Counting goes no further: a page must stay fast with a million rows.</summary>
    internal const int CountAtMost = 10_000;

    /// <param name="Newer">Where the page with newer calls begins; null on the first.</param>
    /// <param name="Older">Where the next page begins; null on the last.</param>
    public sealed record Page(IReadOnlyList<CallRecord> Calls, int Total, string? Newer, string? Older);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/records", () => Results.Redirect(Address));
        routes.MapGet(Address, async (CurrentAgent me, Centers centers, Desk desk, TcccDb db, string? before, string? after) =>
        {
            var page = await Read(db.CallsOf(me), Place.Parse(before), Place.Parse(after));
            // its numbers are what the records themselves hold
            if (page.Calls.Any(c => c.Agent != me.Agent))
                desk.Saw(AuditWhat.RecordsSeen, $"{page.Calls[^1].ArrivedAt:u} \u2013 {page.Calls[0].ArrivedAt:u}");
            return new RazorComponentResult<CallsPage>(new { Model = page, Center = centers.Of(me.Center)!, All = me.SeesAll() });
        });
    }

    internal static async Task<Page> Read(IQueryable<CallRecord> calls, Place? before, Place? after)
    {
        // one more than a page has tells whether there is a next one
        var total = await calls.Take(CountAtMost + 1).CountAsync();
        if (after is { } newest)
        {
            var newer = await calls.Where(c => c.ArrivedAt >= newest.At && (c.ArrivedAt > newest.At || c.Id > newest.Id))
                .OrderBy(c => c.ArrivedAt).ThenBy(c => c.Id).Take(PageSize + 1).ToListAsync();
            // less than a page is newer: then it is the first page, and a full one
            if (newer.Count > PageSize)
                return new([.. newer.Take(PageSize).Reverse()], total, Place.Of(newer[PageSize - 1]), Place.Of(newer[0]));
            before = null;
        }
        if (before is { } oldest) calls = calls.Where(c => c.ArrivedAt <= oldest.At && (c.ArrivedAt < oldest.At || c.Id < oldest.Id));
        var older = await calls.OrderByDescending(c => c.ArrivedAt).ThenByDescending(c => c.Id).Take(PageSize + 1).ToListAsync();
        return new(
            [.. older.Take(PageSize)], total, before is null || older.Count == 0 ? null : Place.Of(older[0]),
            older.Count > PageSize ? Place.Of(older[PageSize - 1]) : null);
    }

    /// <summary>A place in the list, as addresses carry it: a page begins behind it. What can't be read is the beginning.</summary>
    internal readonly record struct Place(DateTimeOffset At, CallId Id)
    {
        public static string Of(CallRecord call) => string.Create(CultureInfo.InvariantCulture, $"{call.ArrivedAt.UtcTicks}-{call.Id}");

        public static Place? Parse(string? text) =>
            text?.Split('-') is [var ticks, var id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks
            && CallId.TryParse(id, null, out var call)
                ? new(new DateTimeOffset(at, TimeSpan.Zero), call) : null;
    }
}
