using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Tccc.Platform.Tests;

public sealed class ConventionTests
{
    [Fact]
    public async Task Ids_instants_spans_and_names_are_stored_so_that_a_person_and_SQL_can_read_them()
    {
        await using var host = await TestHost.Start();
        var thing = new Thing
        {
            Id = host.Ids.Next<CallId>(),
            Center = new(3),
            Name = "a",
            Agent = new AgentId(12),
            At = new DateTimeOffset(2026, 3, 1, 16, 0, 0, 250, TimeSpan.FromHours(8)),
            Lasted = TimeSpan.FromSeconds(1.5),
            Colour = Colour.Green,
        };
        await host.Writer.Write(db => db.AddAsync(thing).AsTask());

        await using var file = new SqliteConnection($"Data Source={host.Folder}/tccc.db");
        await file.OpenAsync();
        var command = file.CreateCommand();
        command.CommandText = "SELECT Id, Center, Agent, datetime(At / 1000000, 'unixepoch'), Lasted, Colour FROM Things";
        await using var row = await command.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync());
        Assert.Equal([thing.Id.Value, 3L, 12L, "2026-03-01 08:00:00", 1_500_000L, "Green"], Enumerable.Range(0, 6).Select(row.GetValue));

        var read = await host.Read(db => db.Set<Thing>().SingleAsync(t => t.Id == thing.Id && t.Agent == new AgentId(12)));
        Assert.Equal((thing.At, TimeSpan.Zero, thing.Lasted), (read.At, read.At.Offset, read.Lasted));
    }

    [Fact]
    public async Task Instants_sort_and_compare_in_the_database_whatever_their_offset()
    {
        await using var host = await TestHost.Start();
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var times = new[] { noon.AddHours(1), noon.ToOffset(TimeSpan.FromHours(8)), noon.AddHours(-1).ToOffset(TimeSpan.FromHours(-5)) };
        foreach (var (i, at) in times.Index())
            host.Writer.Enqueue(db => db.Add(new Thing { Id = host.Ids.Next<CallId>(), Name = $"{i}", At = at }));
        await host.Writer.Flush();
        Assert.Equal(["2", "1", "0"], await host.Read(db => db.Set<Thing>().OrderBy(t => t.At).Select(t => t.Name).ToListAsync()));
        Assert.Equal(2, await host.Read(db => db.Set<Thing>().CountAsync(t => t.At >= noon)));
    }

    [Fact]
    public async Task A_query_of_one_center_sees_nothing_of_another()
    {
        await using var host = await TestHost.Start();
        foreach (var center in new[] { 1, 1, 2 })
            host.Writer.Enqueue(
                db => db.Add(new Thing { Id = host.Ids.Next<CallId>(), Center = new(center), Name = $"{host.Ids.Next()}" }));
        await host.Writer.Flush();
        Assert.Equal(2, await host.Read(db => db.Of<Thing>(new CenterId(1)).CountAsync()));
        Assert.Equal(0, await host.Read(db => db.Of<Thing>(new CenterId(3)).CountAsync()));
    }

    [Fact]
    public void PostgreSQL_gets_the_same_tables()
    {
        var options = new DbContextOptionsBuilder<TcccDb>().UseNpgsql("Host=nowhere");
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new ModelPartsOption([new TestTables()]));
        using var db = new TcccDb(options.Options);
        var script = db.Database.GenerateCreateScript();
        Assert.Contains("\"Id\" bigint NOT NULL,", script, StringComparison.Ordinal);
        Assert.Contains("\"At\" bigint NOT NULL,", script, StringComparison.Ordinal);
        Assert.DoesNotContain("GENERATED", script, StringComparison.Ordinal);
    }
}
