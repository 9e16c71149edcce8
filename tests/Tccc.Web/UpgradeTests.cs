using System.IO.Compression;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Platform;

namespace Tccc.Web.Tests;

/// <summary>
/// A database that the last release filled (its demo center, calls by sipp, sign-ins) is brought to today's schema by the server's own
/// start: nothing is lost, and what is new has the value that existing rows must have. docs/recipes.md «A new setting».
/// </summary>
public sealed class UpgradeTests : IAsyncLifetime
{
    /// <summary>Tables whose rows come and go by themselves.</summary>
    private static readonly string[] Passing = ["Outbox", "AgentFacts", "__EFMigrationsLock", "__EFMigrationsHistory"];

    /// <summary>Tables that are no more; <see cref="CarriedRowsTests"/> says where their rows are now.</summary>
    private static readonly string[] GoneTables = ["CallHolds"];

    /// <summary>
    /// What existing rows must have in a column that the last release did not know; a column that is missing here fails the test. Mind a
    /// bool that should be true: a migration writes false unless its row says otherwise.
    /// </summary>
    private static readonly Dictionary<string, object?> Expected = new()
    {
        // a carrier is served as it was
        ["Trunks.MediaEncryption"] = "Off",
        ["Trunks.Nat"] = 0L,
        // whoever signed in before chose their password, and it does not run out
        ["People.PasswordIsInitial"] = 0L,
        ["People.PasswordExpiresAt"] = null,
        // groups served calls and chats; nothing had opening hours but numbers that said so (CarriedRowsTests)
        ["SkillGroups.Channels"] = "Phone, Chat",
        ["SkillGroups.Schedule"] = null,
        ["SkillGroups.OutboundNumber"] = null,
        ["Numbers.Schedule"] = null,
        ["Numbers.FlowId"] = null,
        ["Centers.Country"] = "86",
        // nobody dialled out
        ["Calls.Rang"] = 0L,
        ["Calls.SipStatus"] = null,
        ["Calls.SipCause"] = null,
        // forms opened before count from nothing
        ["Centers.Version"] = 0L,
        ["Centers.ChangedBy"] = null,
        ["Centers.ChangedAt"] = null,
        ["Agents.Version"] = 0L,
        ["Agents.ChangedBy"] = null,
        ["Agents.ChangedAt"] = null,
        ["SkillGroups.Version"] = 0L,
        ["SkillGroups.ChangedBy"] = null,
        ["SkillGroups.ChangedAt"] = null,
        ["Numbers.Version"] = 0L,
        ["Numbers.ChangedBy"] = null,
        ["Numbers.ChangedAt"] = null,
        ["Trunks.Version"] = 0L,
        ["Trunks.ChangedBy"] = null,
        ["Trunks.ChangedAt"] = null,
        ["DeskPhones.Version"] = 0L,
        ["DeskPhones.ChangedBy"] = null,
        ["DeskPhones.ChangedAt"] = null,
        ["Sounds.Version"] = 0L,
        ["Sounds.ChangedBy"] = null,
        ["Sounds.ChangedAt"] = null,
    };

    /// <summary>Columns that are no more; <see cref="CarriedRowsTests"/> says where what they held is now.</summary>
    private static readonly string[] Gone = ["Numbers.Flow", "Centers.OutboundNumber", "Trunks.Codecs"];

    /// <summary>Columns whose value depends on what stands in another, or stood in one that is gone; <see cref="CarriedRowsTests"/>.</summary>
    private static readonly string[] Carried = ["Numbers.Outbound", "Calls.CustomerTail", "Calls.Parts", "CallAttempts.ArrivedAt"];

    /// <summary>Columns that today's start fills anew for existing rows, on purpose.</summary>
    private static readonly string[] FilledAnew = [];

    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("tccc-upgrade-").FullName;

    private string File => Path.Combine(folder, "tccc.db");

    public async Task InitializeAsync()
    {
        await using var packed = System.IO.File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Releases", "ee78237.db.gz"));
        await using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        await using var file = System.IO.File.Create(File);
        await unpacked.CopyToAsync(file);
    }

    public Task DisposeAsync()
    {
        System.IO.Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact, Trait("Case", "F-E6")]
    public async Task Every_row_of_the_last_release_is_there_after_today_s_start_and_new_columns_have_the_right_value()
    {
        var before = Read();
        Assert.NotEmpty(before["Calls"]);
        await using (var server = Site.Over(folder))
        {
            server.UseKestrel();
            server.StartServer();
            await using var db = await server.Services.GetRequiredService<IDbContextFactory<TcccDb>>().CreateDbContextAsync();
            Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        }
        var after = Read();
        foreach (var (table, rows) in before.Where(t => !Passing.Concat(GoneTables).Contains(t.Key)))
        {
            foreach (var row in rows)
            {
                var now = after[table].SingleOrDefault(other => row.Key == other.Key);
                Assert.True(now is not null, $"A row of {table} is lost: {string.Join(", ", row.Columns)}");
                foreach (var (column, value) in row.Columns.Where(c => !FilledAnew.Concat(Gone).Contains($"{table}.{c.Key}")))
                    Assert.True(
                        now.Columns.TryGetValue(column, out var kept) && Equals(value, kept),
                        $"{table}.{column} was {value} and is {kept}");
                foreach (var (
                    column, value) in now.Columns.Where(c => !row.Columns.ContainsKey(c.Key) && !Carried.Contains($"{table}.{c.Key}")))
                {
                    Assert.True(Expected.TryGetValue($"{table}.{column}", out var wanted), $"{table}.{column} is new: say in {nameof(Expected)} what existing rows must have (they have {value ?? "null"}).");
                    Assert.True(
                        Equals(wanted, value),
                        $"{table}.{column} is {value ?? "null"} in a row that was there before; it must be {wanted ?? "null"}.");
                }
            }
        }
    }

    private Dictionary<string, List<Row>> Read()
    {
        using var connection = new SqliteConnection($"Data Source={File};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var tables = Rows(connection, "SELECT name FROM sqlite_master WHERE type = 'table'").Select(t => (string)t["name"]!).ToList();
        return tables.ToDictionary(table => table, table =>
        {
            var keys = Rows(connection, $"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0").Select(k => (string)k["name"]!)
                .ToList();
            return Rows(connection, $"SELECT * FROM \"{table}\"")
                .Select(columns => new Row(string.Join('|', keys.Select(k => columns[k])), columns)).ToList();
        });
    }

    private static List<Dictionary<string, object?>> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the statements are the test's own
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<Dictionary<string, object?>>();
        while (reader.Read())
            rows.Add(
                Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i)));
        return rows;
    }

    private sealed record Row(string Key, Dictionary<string, object?> Columns);
}
