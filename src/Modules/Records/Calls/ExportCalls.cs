using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Records;

/// <summary>
/// What the filter shows as a table for a spreadsheet (RFC 4180); product.md §12. It is sent as it is read, a step at a time: memory holds
/// one step, whatever the length, nothing is left behind, and who goes away ends it. The page counts the rows as they come
/// (js/download.js).
/// </summary>
public static class ExportCalls
{
    public const string Address = ListCalls.Address + ".csv";

    /// <summary>How many rows will come.</summary>
    public const string RowsHeader = "Tccc-Rows";

    internal const int StepSize = 1000;

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Address, async (
        HttpContext http, CurrentAgent me, Centers centers, Desk desk, TcccDb db, IStringLocalizer<Texts> t, TimeProvider time,
        [AsParameters] CallFilter filter) =>
    {
        var center = centers.Of(me.Center)!;
        var read = filter.Read(center, me);
        if (!read.Ok) return read.Error.ToHttp();
        var wanted = read.Value;
        desk.Saw(AuditWhat.RecordsSeen, $"CSV {filter.On("")}".TrimEnd());
        var rows = await CallSearch.Count(db, wanted, int.MaxValue);
        http.Response.Headers[RowsHeader] = rows.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.CacheControl = "no-store";
        var day = TimeZoneInfo.ConvertTime(time.GetUtcNow(), center.Zone()).ToString(CallFilter.DayFormat, CultureInfo.InvariantCulture);
        return Results.Stream(
            to => Write(to, db, wanted, center, t, http.RequestAborted), "text/csv; charset=utf-8", $"calls-{day}.csv");
    });

    private static async Task Write(
        Stream to, TcccDb db, WantedCalls wanted, CenterView center, IStringLocalizer<Texts> t, CancellationToken gone)
    {
        // by this mark Excel knows that it is UTF-8
        var text = new StringBuilder("\uFEFF").Append(Csv.Line(Head(t, center)));
        for (Place? place = null; ;)
        {
            var calls = await CallSearch.Next(db, wanted, place, StepSize);
            foreach (var call in calls) text.Append(Csv.Line(Row(t, center, call)));
            await to.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), gone);
            await to.FlushAsync(gone);
            if (calls.Count < StepSize) return;
            place = new(calls[^1].ArrivedAt, calls[^1].Id);
            text.Clear();
        }
    }

    private static string[] Head(IStringLocalizer<Texts> t, CenterView center) =>
    [
        t["Direction"], t["Number"], t["Number of the center"], t["Group"], t["Agent"], t["Arrived ({0})", center.Center.TimeZone],
        t["Answered"], t["Ended"], t["Wait (s)"], t["Ring (s)"], t["Talk (s)"], t["Hold (s)"], t["Result"], t["How"], t["Ended by"],
    ];

    private static string[] Row(IStringLocalizer<Texts> t, CenterView center, CallRecord call)
    {
        var zone = center.Zone();
        string At(DateTimeOffset? moment) => moment is { } at
            ? TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "";
        return
        [
            RecordWords.Direction(t, call.Direction), RecordWords.Customer(t, call), call.Called,
            call.Group is { } group ? RecordWords.Group(t, center, group) : "",
            call.Agent is { } agent ? RecordWords.Agent(t, center, agent) : "",
            At(call.ArrivedAt), At(call.AnsweredAt), At(call.EndedAt),
            (call.AnsweredAt ?? call.EndedAt) is { } until ? Seconds((long)(until - call.ArrivedAt).TotalMilliseconds) : "",
            Seconds(call.RingMs), Seconds(call.TalkMs), Seconds(call.HoldMs), RecordWords.Result(t, call.Result),
            call.Reason is { } reason ? RecordWords.Reason(t, reason, call.Direction) : "", call.EndedBy is { } by ? RecordWords.By(t, by) : "",
        ];
    }

    private static string Seconds(long milliseconds) => (milliseconds / 1000).ToString(CultureInfo.InvariantCulture);
}

/// <summary>Lines of a table; RFC 4180.</summary>
internal static class Csv
{
    public static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    /// <summary>
    /// A spreadsheet takes what begins so, full-width too, for a formula, and runs it; an apostrophe before it makes it text.
    /// </summary>
    private static string Cell(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..]
            ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
