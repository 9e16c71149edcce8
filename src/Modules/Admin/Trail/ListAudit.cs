using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>Who did what, newest first: of this center, and of its people where it belongs to no center; product.md §1.</summary>
public static class ListAudit
{
    internal const int PageSize = 15;

    /// <summary>What the page is narrowed to, as it stands in the address; what can't be read narrows nothing.</summary>
    public sealed record Filter(string? Person, string? What, string? From, string? To)
    {
        public PersonId? ByPerson => Reading.Id<PersonId>(Person);

        public AuditWhat? ByWhat => Enum.TryParse<AuditWhat>(What, out var what) && Enum.IsDefined(what) ? what : null;

        public DateOnly? First => Day(From);

        public DateOnly? Last => Day(To);

        public bool IsEmpty => (ByPerson, ByWhat, First, Last) is (null, null, null, null);

        public string Query => string.Join('&', new[] { ("person", Person), ("what", What), ("from", From), ("to", To) }
            .Where(part => !string.IsNullOrEmpty(part.Item2)).Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!)}"));

        // no center has worked before or after, and the ends of the calendar can't be reckoned with
        private static DateOnly? Day(string? text) =>
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                && day.Year is >= 1970 and < 9999 ? day : null;
    }

    /// <param name="Who">Who did it; null when nobody was signed in.</param>
    /// <param name="Whom">Whom it concerns, when that is somebody else, or what it was done to.</param>
    public sealed record Row(AuditRow Happened, string? Who, string? Whom);

    internal static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
            "/admin/audit",
            async (TcccDb db, Centers centers, CurrentAgent me, string? person, string? what, string? from, string? to, long? before) =>
        {
            var view = centers.Of(me.Center)!;
            var filter = new Filter(person, what, from, to);
            var found = Narrow(db.AuditSeenIn(me.Center, centers), filter, view.Center.TimeZone);
            var rows = await found.Where(r => before == null || r.Id < before).OrderByDescending(r => r.Id).Take(PageSize + 1)
                .ToListAsync();
            var older = rows.Count > PageSize ? rows[PageSize - 1].Id : (long?)null;
            return Reading.Page<AuditPage>(
                null, ("Rows", await Name(db, rows.Take(PageSize))), ("Older", older), ("Later", before is not null), ("View", view),
                ("Narrowed", filter));
        });

    /// <summary>Days are those of the center's clock.</summary>
    private static IQueryable<AuditRow> Narrow(IQueryable<AuditRow> rows, Filter filter, string zone)
    {
        if (filter.ByPerson is { } person) rows = rows.Where(r => r.Person == person || r.Actor == person);
        if (filter.ByWhat is { } what) rows = rows.Where(r => r.What == what);
        if (filter.First is { } first)
        {
            var begin = Begin(first, zone);
            rows = rows.Where(r => r.At >= begin);
        }
        if (filter.Last is { } last)
        {
            var end = Begin(last.AddDays(1), zone);
            rows = rows.Where(r => r.At < end);
        }
        return rows;
    }

    private static DateTimeOffset Begin(DateOnly day, string zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new(local, TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found.GetUtcOffset(local) : TimeSpan.Zero);
    }

    private static async Task<List<Row>> Name(TcccDb db, IEnumerable<AuditRow> rows)
    {
        var all = rows.ToList();
        var ids = all.SelectMany(r => new[] { r.Person, r.Actor }).OfType<PersonId>().Distinct().ToList();
        var names = await db.Set<Person>().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Email);
        string? Of(PersonId? id) => id is { } person ? names.GetValueOrDefault(person) : null;
        return [.. all.Select(r => new Row(r, Of(r.Actor), r.Target ?? (r.Person == r.Actor ? null : Of(r.Person))))];
    }
}
