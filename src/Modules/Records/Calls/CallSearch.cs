using Microsoft.EntityFrameworkCore;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Records;

/// <summary>
/// Finds calls by an index that fits what is wanted, in the order of their arrival. In SQL, where SQLite is told the index by name: it
/// knows nothing of how often a value stands in a column, and goes by time as soon as days are given; docs/adr/0017. A way is one run
/// through an index that is in that order already (one for each direction and result that may be), or through the few calls that are up;
/// what the ways find is merged. A + before a column, or an empty text behind it, keeps PostgreSQL from choosing that column's index.
/// </summary>
internal sealed class CallSearch
{
    private const string Over = """c."EndedAt" IS NOT NULL""";
    private const string Accepted = "'" + nameof(AttemptOutcome.Accepted) + "'";
    private static readonly Func<DateTimeOffset, long> Micros = new Conventions.InstantConverter().ConvertToProviderTyped;

    private readonly WantedCalls wanted;
    private readonly List<object> values = [];
    private readonly string center;
    private readonly bool isSqlite;

    private CallSearch(TcccDb db, WantedCalls wanted)
    {
        (this.wanted, center) = (wanted, Put(wanted.Center.Value));
        isSqlite = db.Database.ProviderName?.EndsWith("Sqlite", StringComparison.Ordinal) is true;
    }

    /// <param name="Repeats">It may meet a call several times.</param>
    private sealed record Way(string From, string Where, string Id = """c."Id" """, string At = """c."ArrivedAt" """, bool Repeats = false);

    /// <summary>The next calls after a place in the list, or the first ones: the newest first, or upwards the oldest first.</summary>
    public static Task<List<CallRecord>> Next(TcccDb db, WantedCalls wanted, Place? place, int count, bool upwards = false)
    {
        var search = new CallSearch(db, wanted);
        var order = upwards ? "ASC" : "DESC";
        var ways = search.Ways(place, upwards).Select((way, i) =>
            $"""SELECT * FROM (SELECT DISTINCT {way.Id} AS "Id", {way.At} AS "ArrivedAt" FROM {way.From} WHERE {way.Where} ORDER BY {way.At} {order}, {way.Id} {order} LIMIT {count}) AS w{i}""");
        var sql = $"""
            SELECT c.* FROM ({string.Join(" UNION ", ways)}) AS p CROSS JOIN "Calls" AS c
            WHERE c."Id" = p."Id" AND c."Center" = {search.center} ORDER BY p."ArrivedAt" {order}, p."Id" {order} LIMIT {count}
            """;
        return db.Set<CallRecord>().FromSqlRaw(sql, [.. search.values]).ToListAsync();
    }

    /// <summary>How many there are; counting goes no further than <paramref name="most"/>.</summary>
    public static async Task<int> Count(TcccDb db, WantedCalls wanted, int most)
    {
        var search = new CallSearch(db, wanted);
        var ways = search.Ways(null, false).Select((way, i) =>
            $"""SELECT * FROM (SELECT {(way.Repeats ? "DISTINCT " : "")}{way.Id} AS "Id" FROM {way.From} WHERE {way.Where} LIMIT {most}) AS w{i}""");
        // only what an agent had a part in may be found twice
        var sql = $"""
            SELECT COUNT(*) AS "Value" FROM ({string.Join(wanted.Agent is null ? " UNION ALL " : " UNION ", ways)} LIMIT {most}) AS p
            """;
        return (int)(await db.Database.SqlQueryRaw<long>(sql, [.. search.values]).ToListAsync())[0];
    }

    private IEnumerable<Way> Ways(Place? place, bool upwards) =>
        wanted.Open ? [Up(place, upwards)]
        : wanted.Result is not null || wanted.Reason is not null ? Ended(place, upwards)
        : Ended(place, upwards).Append(Up(place, upwards));

    private Way Up(Place? place, bool upwards) =>
        Of("EndedAt", """c."EndedAt" IS NULL""", place, upwards, rest: [Center, Direction, Group, Number, Agent], sorted: false);

    private IEnumerable<Way> Ended(Place? place, bool upwards)
    {
        string C(string column, object value) => $"c.\"{column}\" = {Put(value)}";
        var inCenter = $"""{Over} AND c."Center" = {center}""";
        if (wanted.Number is { } number)
            return number.Tails.Select(tail => Of(
                "Center_CustomerTail_ArrivedAt", $"{inCenter} AND {(number.IsWhole ? C("CustomerTail", tail) : Within(tail))}", place,
                upwards, [Direction, Group, Spelling, Ending, Agent], sorted: number.IsWhole));
        if (wanted.Agent is { } agent)
        {
            const string id = "a.\"Call\"", at = "a.\"ArrivedAt\"";
            string?[] rest = [Direction, Group, Ending];
            var asLast = Of("Agent_ArrivedAt", $"{Over} AND {C("Agent", agent.Value)}", place, upwards, [Center, .. rest]);
            var part = $"""a."Agent" = {Put(agent.Value)} AND a."Outcome" = {Accepted} AND {Range(at, id, place, upwards)}""";
            return [asLast, rest.All(r => r is null)
                ? new("\"CallAttempts\" AS a", part, id, at, Repeats: true)
                : new("\"CallAttempts\" AS a CROSS JOIN \"Calls\" AS c",
                    $"""c."Id" = {id} AND {part} AND {string.Join(" AND ", rest.OfType<string>())}""", id, at, Repeats: true)];
        }
        if (wanted.Group is { } group)
            return Kinds().Select(kind => Of(
                "Center_Group_Direction_Result_ArrivedAt_Reason", $"{inCenter} AND {C("Group", group.Value)} AND {kind}", place, upwards,
                [Reason]));
        if (wanted.Reason is { } reason)
            return Directions().Select(d => Of(
                "Center_Reason_Direction_ArrivedAt", $"{inCenter} AND {C("Reason", reason.ToString())} AND {d}", place, upwards, []));
        return wanted.Direction is not null || wanted.Result is not null
            ? Kinds().Select(kind => Of("Center_Direction_Result_ArrivedAt", $"{inCenter} AND {kind}", place, upwards, []))
            : [Of("Center_ArrivedAt", inCenter, place, upwards, [])];
    }

    // each value apart: only so are they in the order of arrival
    private List<string> Directions() =>
        [.. Each(wanted.Direction).Select(direction => $"""c."Direction" = {Put(direction.ToString())}""")];

    private IEnumerable<string> Kinds() =>
        from direction in Directions()
        from result in Each(wanted.Result)
        select $"""{direction} AND c."Result" = {Put(result.ToString())}""";

    private static T[] Each<T>(T? one) where T : struct, Enum => one is { } only ? [only] : Enum.GetValues<T>();

    private Way Of(string index, string seek, Place? place, bool upwards, IEnumerable<string?> rest, bool sorted = true)
    {
        var at = sorted ? "c.\"ArrivedAt\"" : "+c.\"ArrivedAt\"";
        var all = rest.OfType<string>().Prepend(Range(at, "c.\"Id\"", place, upwards)).Prepend(seek);
        var named = isSqlite ? $" INDEXED BY \"IX_Calls_{index}\"" : "";
        return new("\"Calls\" AS c" + named, string.Join(" AND ", all), At: at);
    }

    private string Range(string at, string id, Place? place, bool upwards)
    {
        var parts = new List<string>();
        if (wanted.Since is { } since) parts.Add($"{at} >= {Put(Micros(since))}");
        if (wanted.Until is { } until) parts.Add($"{at} < {Put(Micros(until))}");
        if (place is { } from)
        {
            var (moment, sign) = (Put(Micros(from.At)), upwards ? '>' : '<');
            parts.Add($"{at} {sign}= {moment} AND ({at} {sign} {moment} OR {id} {sign} {Put(from.Id.Value)})");
        }
        return parts.Count > 0 ? string.Join(" AND ", parts) : "1 = 1";
    }

    private string Center => $"""+c."Center" = {center}""";

    private string? Direction => wanted.Direction is { } one ? $"""c."Direction" || '' = {Put(one.ToString())}""" : null;

    private string? Group => wanted.Group is { } one ? $"""+c."Group" = {Put(one.Value)}""" : null;

    private string? Reason => wanted.Reason is { } one ? $"""c."Reason" || '' = {Put(one.ToString())}""" : null;

    private string? Ending => wanted.Result is { } one ? $"""c."Result" || '' = {Put(one.ToString())}""" : Reason;

    private string? Agent => wanted.Agent is { } one
        ? $"""(+c."Agent" = {Put(one.Value)} OR EXISTS (SELECT 1 FROM "CallAttempts" AS a WHERE a."Call" = c."Id" AND +a."Agent" = {Put(one.Value)} AND a."Outcome" = {Accepted}))"""
        : null;

    private string? Spelling => wanted.Number is { Spellings: { Count: > 0 } spellings }
        ? $"""c."Customer" IN ({string.Join(", ", spellings.Select(Put))})""" : null;

    private string? Number => wanted.Number is { } number ? Spelling ?? Within(number.Tails[0]) : null;

    /// <summary>All that begin so, by less and more: every collation has digits in their order.</summary>
    private string Within(string tail)
    {
        var least = $"""c."CustomerTail" >= {Put(tail)}""";
        var rising = tail.TrimEnd('9');
        return rising.Length == 0 ? least : $"""{least} AND c."CustomerTail" < {Put(rising[..^1] + (char)(rising[^1] + 1))}""";
    }

    private string Put(object value)
    {
        values.Add(value);
        return $"{{{values.Count - 1}}}";
    }
}
