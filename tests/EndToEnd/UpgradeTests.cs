using System.IO.Compression;
using System.Text.Json;
using EndToEnd.Peers;

namespace EndToEnd;

/// <summary>
/// A PostgreSQL database that the last release filled (its demo center, calls by sipp, sign-ins, opening hours) is brought to today's
/// schema by the server's own start, and nothing is lost. The last release could not start on an empty one (F-A16): the table it missed was
/// made by hand, the rest is its own work. tests/Tccc.Web has the same of SQLite, with what new columns must hold.
/// </summary>
public sealed class UpgradeTests : IAsyncLifetime
{
    /// <summary>Tables whose rows come and go by themselves, or are now elsewhere.</summary>
    private static readonly string[] Left = ["Outbox", "AgentFacts", "__EFMigrationsHistory", "OpeningHours"];

    /// <summary>Columns that are no more, or hold something else.</summary>
    private static readonly string[] Gone = ["Numbers.Flow", "Centers.OutboundNumber", "Trunks.Codecs"];

    private readonly string folder = Directory.CreateTempSubdirectory("tccc-upgrade-").FullName;
    private Postgres postgres = null!;

    public async Task InitializeAsync()
    {
        var script = Path.Combine(folder, "release.sql");
        await using (var packed = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Releases", "ee78237.postgres.sql.gz")))
        await using (var unpacked = new GZipStream(packed, CompressionMode.Decompress))
        await using (var file = File.Create(script))
            await unpacked.CopyToAsync(file);
        postgres = await Postgres.Start(script);
    }

    public async Task DisposeAsync()
    {
        await postgres.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact, Trait("Case", "F-A16"), Trait("Case", "F-E6")]
    public async Task Every_row_of_the_last_release_is_there_after_today_s_start_and_what_moved_is_where_it_belongs()
    {
        await postgres.Rows("""
            insert into "Calls" ("Id", "Center", "Direction", "Customer", "Called", "ArrivedAt", "EndedAt", "RingMs", "TalkMs", "HoldMs")
              values (1, 1, 'Inbound', '+8613800138000', '4000', 1001, 2000, 0, 0, 0), (2, 1, 'Inbound', '+1-202-555-0123', '4000', 1002, 2000, 0, 0, 0),
                (3, 1, 'Inbound', '101', '4000', 1003, 2000, 0, 0, 0);
            insert into "CallAttempts" ("Call", "Offer", "Center", "Agent", "Device", "StartedAt", "EndedAt", "Outcome")
              values (2, 7, 1, 1, 'Line', 1007, 1009, 'Accepted');
            """);
        var before = await Read();
        Assert.NotEmpty(before["Calls"]);
        await using (await Server.Start("Database:Provider=postgres", $"Database:ConnectionString={postgres.Connection}"))
        {
            var after = await Read();
            foreach (var (table, rows) in before.Where(t => !Left.Contains(t.Key)))
            {
                foreach (var row in rows)
                {
                    var kept = row.Where(column => !Gone.Contains($"{table}.{column.Key}")).ToList();
                    var now = after[table].Where(other => kept.All(column => other.GetValueOrDefault(column.Key) == column.Value));
                    Assert.True(now.Count() == 1, $"A row of {table} is lost or changed: {string.Join(", ", row)}");
                }
            }
            Assert.Equal(
                ["4000000002|Asia/Shanghai|Monday|540|1080", "4000000002|Asia/Shanghai|Tuesday|540|720"],
                await postgres.Rows(
                    """
                    select s."Name", s."TimeZone", h."Day", h."From", h."Until"
                    from "ScheduleHours" h join "Schedules" s on s."Id" = h."Schedule" order by h."Id"
                    """));
            Assert.Equal(
                ["4000000001|Default|f|", "4000000002|No|t|", "4000000003|No|f|", "4000000004|No|f|"],
                await postgres.Rows("""select "Digits", "Outbound", "Schedule" is not null, "FlowId" from "Numbers" order by "Digits" """));
            Assert.Equal(["Phone, Chat"], await postgres.Rows("""select distinct "Channels" from "SkillGroups" """));
            Assert.Equal(
                ["00083100|", "32105552|1002", "101|"],
                await postgres.Rows(
                    """select "CustomerTail", a."ArrivedAt" from "Calls" c left join "CallAttempts" a on "Call" = "Id" where "Id" < 4 order by "Id" """));
            Assert.Empty(await postgres.Rows("select tablename from pg_tables where tablename like 'Carried%'"));
        }
    }

    /// <summary>All rows of all tables, by table; the columns of each as text.</summary>
    private async Task<Dictionary<string, List<Dictionary<string, string>>>> Read()
    {
        var tables = new Dictionary<string, List<Dictionary<string, string>>>();
        foreach (var table in await postgres.Rows("select tablename from pg_tables where schemaname = 'public'"))
        {
            tables[table] =
            [
                .. (await postgres.Rows($"select row_to_json(t) from \"{table}\" t")).Select(row =>
                    JsonDocument.Parse(row).RootElement.EnumerateObject().ToDictionary(c => c.Name, c => c.Value.GetRawText())),
            ];
        }
        return tables;
    }
}
