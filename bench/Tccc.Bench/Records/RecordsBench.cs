using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using EndToEnd.Peers;

namespace Bench.Records;

/// <summary>
/// The list of calls over a million rows, as a supervisor's browser asks for it: a page by each filter alone, with and without days, and by
/// any of them together, from the beginning and from the middle of the list. A hundred agents of whom one took a tenth of the calls, twenty
/// groups, a year; a twentieth of the calls went from one agent to another, and the rarest ending happened on one day long ago. On SQLite,
/// then on PostgreSQL.
/// </summary>
internal static partial class RecordsBench
{
    private const int Rows = 1_000_000;
    private const int AtOnce = 100_000;
    private const int Agents = 100;
    private const int Groups = 20;
    private const int Days = 365;
    private const int OfEach = 100;
    private const int Combined = 600;
    private const double LimitMs = 20;
    private const double CombinedLimitMs = 100;

    /// <summary>Ids of the bench's own rows begin here.</summary>
    private const long First = 9_100_000;

    private static readonly DateTimeOffset Last = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Endings =
        ["Served", "Abandoned", "Refused", "Failed", "HungUp", "GaveUpInQueue", "Closed", "TrunkFailure", "NoPorts", "Busy", "InProgress"];

    private static readonly Random Luck = new(20261130);

    public static async Task<IEnumerable<Figure>> Run()
    {
        await using var server = await Server.Start();
        await server.Stop();
        foreach (var sql in Fill()) server.Change(sql);
        await server.Again();
        var figures = await Of(server, "");
        await server.Stop();
        await using var postgres = await Postgres.Start();
        await using var other = await Server.Start("Database:Provider=postgres", $"Database:ConnectionString={postgres.Connection}");
        await other.Stop();
        foreach (var sql in Fill()) await postgres.Rows(sql);
        await postgres.Rows("analyze");
        await other.Again();
        return [.. figures, .. await Of(other, ", PostgreSQL")];
    }

    private static async Task<List<Figure>> Of(Server server, string where)
    {
        await using var lead = await HttpAgent.Online(server, "lead");
        // those of the bench, and none of the demo center's
        var page = await lead.Page("/records/calls");
        (string Name, Func<string> Draw)[] filters =
        [
            ("direction", () => "direction=" + One(["Inbound", "Outbound", "Internal"])),
            ("agent", () => $"agent={First + Luck.Next(Agents)}"),
            ("group", () => $"group={First + Luck.Next(Groups)}"),
            ("number, whole", () => $"number=138{Luck.Next(30_000_001):00000000}"),
            ("number, 4 to 8 last digits", () => "number=" + Digits(Luck.Next(4, 9))),
            ("ending", () => "ending=" + One(Endings)),
        ];
        if (!WebUtility.HtmlDecode(Total().Match(page).Value).Contains("10,000+", StringComparison.Ordinal))
            throw new InvalidOperationException("The million calls are not there.");
        // what the first page of all costs is not counted: compiled code
        foreach (var (_, draw) in filters) await Take(lead, draw());
        var figures = new List<Figure> { await Of(lead, $"no filter, any days{where}", () => Beside("", 0.8), OfEach, LimitMs) };
        foreach (var (name, draw) in filters)
            figures.Add(await Of(lead, $"{name}, any days{where}", () => Beside(draw(), 0.7), OfEach, LimitMs));
        figures.Add(await Of(lead, $"any together{where}", () =>
        {
            var chosen = filters.Where((f, i) => i != 3 && Luck.Next(2) == 0).Select(f => f.Draw()).ToList();
            return Beside(string.Join('&', chosen), 0.6);
        }, Combined, CombinedLimitMs));
        return figures;
    }

    private static async Task<Figure> Of(HttpAgent reader, string what, Func<string> draw, int count, double limit)
    {
        var (taken, slowest) = (new List<double>(), (Ms: 0.0, Query: ""));
        for (var i = 0; i < count; i++)
        {
            var query = draw();
            var ms = await Take(reader, query);
            taken.Add(ms);
            if (ms > slowest.Ms) slowest = (ms, query);
        }
        await Console.Error.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"{what}: slowest {slowest.Ms:0.0} ms, ?{slowest.Query}"));
        return new(
            $"page of call records of {Rows:N0}: {what}, p95", Figure.Percentile(taken, 95), "ms", null,
            string.Create(CultureInfo.InvariantCulture, $"median {Figure.Median(taken):0.0}, slowest {slowest.Ms:0.0} ms"), limit);
    }

    private static async Task<double> Take(HttpAgent reader, string query)
    {
        var sent = Stopwatch.GetTimestamp();
        await reader.Page("/records/calls?" + query);
        return Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
    }

    /// <summary>With days, or a place in the middle of the list, as often as said.</summary>
    private static string Beside(string query, double often)
    {
        var parts = new List<string> { query };
        if (Luck.NextDouble() < often)
        {
            var from = Luck.Next(Days);
            parts.Add($"from={Day(from)}&to={Day(Luck.Next(from + 1))}");
        }
        if (Luck.Next(3) == 0)
        {
            var place = Last.AddDays(-Luck.NextDouble() * Days);
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{One(["before", "after"])}={place.UtcTicks}-1"));
        }
        return string.Join('&', parts.Where(p => p.Length > 0));
    }

    private static string Day(int ago) => Last.AddDays(-ago).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Digits(int count) =>
        Luck.NextInt64((long)Math.Pow(10, count)).ToString(CultureInfo.InvariantCulture).PadLeft(count, '0');

    private static string One(string[] of) => of[Luck.Next(of.Length)];

    /// <summary>
    /// Statements that fill a stopped server's database, whichever it is. What stands for chance is a product's remainder, another in each
    /// column.
    /// </summary>
    private static IEnumerable<string> Fill()
    {
        const string center = """(select "Center" from "SkillGroups" where "Name" = 'Sales' order by "Id" limit 1)""";
        for (var i = 0; i < Agents; i++)
        {
            yield return $"""
                insert into "People" ("Id", "Email", "NormalizedEmail", "SecurityStamp", "AccessFailedCount", "PasswordIsInitial", "Mobile")
                  values ({First + i}, 'many{i}@demo.test', 'MANY{i}@DEMO.TEST', 'x', 0, false, '1391{First + i}');
                insert into "Agents" ("Id", "Center", "Person", "Role", "Nickname", "StaffNumber", "Disabled", "Version")
                  values ({First + i}, {center}, {First + i}, 'Agent', 'Many {i}', '{20000 + i}', false, 0);
                """;
        }
        const string settings = """
            "Strategy", "RingSeconds", "LongestWaitSeconds", "RelaxSeconds", "WhenWaitedTooLong", "Channels", "Version"
            """;
        for (var i = 0; i < Groups; i++)
        {
            yield return $"""
                insert into "SkillGroups" ("Id", "Center", "Number", "Name", {settings})
                  select {First + i}, "Center", {5000 + i}, 'Many {i}', {settings} from "SkillGroups" where "Name" = 'Sales' order by "Id" limit 1;
                """;
        }
        var last = Last.ToUnixTimeMilliseconds() * 1000;
        var step = (long)TimeSpan.FromDays(Days).TotalMicroseconds / Rows;
        var backwards = string.Join(" || ", Enumerable.Range(1, 8).Select(i => $"substr(tail, {9 - i}, 1)"));
        for (var from = 0; from < Rows; from += AtOnce)
        {
            yield return $"""
                with recursive n(i) as (select cast({from} as bigint) union all select i + 1 from n where i < {from + AtOnce - 1}),
                a as (select i, i * 7919 % 1009 as d, i * 104729 % 10007 as r, i * 15485863 % 1299709 as g, i * 32452843 % 100003 as w,
                  substr(cast(100000000 + i * 49979687 % 30000001 as text), 2) as tail from n),
                b as (select *, case when d < 780 then 'Inbound' when d < 990 then 'Outbound' else 'Internal' end as direction,
                  case when r < 7800 then 'Served' when r < 9300 then 'Abandoned' when r < 9700 then 'Refused' else 'Failed' end as result,
                  {last} - i * {step} as moment from a)
                insert into "Calls" ("Id", "Center", "Direction", "Customer", "CustomerTail", "Called", "Group", "Agent",
                  "ArrivedAt", "AnsweredAt", "EndedAt", "RingMs", "TalkMs", "HoldMs", "Result", "Reason", "EndedBy")
                select {First} + {Rows} - i, {center}, direction, '+86138' || tail, {backwards}, '4000000001', {First} + g % {Groups},
                  case when result = 'Served' then {First} + case when w % 10 = 0 then 0 else w % {Agents} end end,
                  moment, case when result = 'Served' then moment + 9000000 end, moment + 70000000, 8000, 61000, 0, result,
                  case when result = 'Served' then 'HungUp' when result = 'Abandoned' then 'GaveUpInQueue' when result = 'Refused' then 'Closed'
                    when i between 900000 and 900200 then 'NoPorts' else 'TrunkFailure' end, 'Customer'
                from b;
                """;
        }
        yield return $"""
            insert into "CallAttempts" ("Call", "Offer", "Center", "Agent", "Device", "ArrivedAt", "StartedAt", "EndedAt", "Outcome")
            select "Id", "Id" * 2, "Center", "Agent", 'Line', "ArrivedAt", "ArrivedAt", "AnsweredAt", 'Accepted'
            from "Calls" where "Agent" is not null
            union all
            select "Id", "Id" * 2 - 1, "Center", {First} + "Id" % {Agents}, 'Line', "ArrivedAt", "ArrivedAt", "AnsweredAt", 'Accepted'
            from "Calls" where "Agent" is not null and "Id" % 20 = 0;
            """;
    }

    [GeneratedRegex("""id="total">[^<]*""")]
    private static partial Regex Total();
}
