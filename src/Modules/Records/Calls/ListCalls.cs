using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Records;

/// <summary>The calls of the center, or those an agent had a part in, newest first, narrowed by a filter; product.md §12.</summary>
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
        routes.MapGet(Address, async (
            CurrentAgent me, Centers centers, Desk desk, TcccDb db, [AsParameters] CallFilter filter, string? before, string? after) =>
        {
            var center = centers.Of(me.Center)!;
            var wanted = filter.Read(center, me);
            var page = wanted.Ok ? await Read(db, wanted.Value, Place.Parse(before), Place.Parse(after)) : new Page([], 0, null, null);
            // its numbers are what the records themselves hold
            if (page.Calls.Any(c => c.Agent != me.Agent))
                desk.Saw(AuditWhat.RecordsSeen, $"{page.Calls[^1].ArrivedAt:u} \u2013 {page.Calls[0].ArrivedAt:u}");
            return new RazorComponentResult<CallsPage>(new Dictionary<string, object?>
            {
                [nameof(CallsPage.Model)] = page,
                [nameof(CallsPage.Center)] = center,
                [nameof(CallsPage.Narrowed)] = filter,
                [nameof(CallsPage.Refusal)] = wanted.Error,
                [nameof(CallsPage.All)] = me.SeesAll(),
            }) { StatusCode = wanted.Error?.Status() };
        });
    }

    internal static async Task<Page> Read(TcccDb db, WantedCalls wanted, Place? before, Place? after)
    {
        var total = await CallSearch.Count(db, wanted, CountAtMost + 1);
        if (after is not null)
        {
            // one more than a page has tells whether there is a next one
            var newer = await CallSearch.Next(db, wanted, after, PageSize + 1, upwards: true);
            // less than a page is newer: then it is the first page, and a full one
            if (newer.Count > PageSize)
                return new([.. newer.Take(PageSize).Reverse()], total, Place.Of(newer[PageSize - 1]), Place.Of(newer[0]));
            before = null;
        }
        var older = await CallSearch.Next(db, wanted, before, PageSize + 1);
        return new(
            [.. older.Take(PageSize)], total, before is null || older.Count == 0 ? null : Place.Of(older[0]),
            older.Count > PageSize ? Place.Of(older[PageSize - 1]) : null);
    }
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
