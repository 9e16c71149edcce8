using System.Diagnostics;
using System.Net;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Tccc.Platform.Tests;

/// <summary>The database can't be written for a while: nothing that was given to the writer is lost, and nobody hangs.</summary>
public sealed class StorageTroubleTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact, Trait("Case", "F-A2")]
    public async Task What_comes_while_another_process_holds_the_database_is_stored_in_order_when_it_lets_go()
    {
        await using var host = await TestHost.Start();
        using var client = host.Client();
        var id = host.Ids.Next<CallId>();
        using (var other = new SqliteConnection($"Data Source={Path.Combine(host.Folder, "tccc.db")};Pooling=False"))
        {
            other.Open();
            using var held = other.BeginTransaction(deferred: false);
            host.Writer.Enqueue(db => db.Store(New(id, "first")), new Happened(new(1), At, 1, new(1)));
            await TestHost.Until(() => host.Writer.Trouble is not null, "the trouble is noticed");
            for (var i = 0; i < 700; i++)
            {
                var (number, name) = (i, $"{i}");
                host.Writer.Enqueue(db => db.Store(New(id, name)), new Happened(new(1), At, number + 2, new(1)));
            }
            Assert.Empty(host.Get<Seen>().Second);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready")).StatusCode);
            Assert.Contains("locked", await (await client.GetAsync("/health/ready")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        await TestHost.Until(() => host.Writer.Trouble is null, "the end of the trouble is noticed");
        await host.Writer.Flush();
        Assert.Equal("699", (await host.Read(db => db.Set<Thing>().SingleAsync())).Name);
        var seen = host.Get<Seen>();
        await TestHost.Until(() => seen.Second.Count == 701, "all events");
        Assert.Equal(Enumerable.Range(1, 701), seen.Second.Select(e => e.Number));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready")).StatusCode);
        Assert.Equal((0, 0L), host.Writer.Backlog);
    }

    [Fact, Trait("Case", "F-A2")]
    public async Task A_change_without_room_is_kept_and_stored_when_there_is_room_and_one_at_fault_is_still_dropped_alone()
    {
        await using var host = await TestHost.Start();
        host.Full();
        for (var i = 0; i < 5; i++)
        {
            // the names are unique, so the fourth fails by its own fault whenever it is tried
            var name = new string((char)('a' + (i == 3 ? 1 : i)), 200_000);
            host.Writer.Enqueue(db => db.Store(New(host.Ids.Next<CallId>(), name)));
        }
        await TestHost.Until(() => host.Writer.Trouble is not null, "the trouble is noticed");
        Assert.Contains("full", host.Writer.Trouble!.Why, StringComparison.Ordinal);
        Assert.Equal(0, await host.Read(db => db.Set<Thing>().CountAsync()));
        host.Room();
        await TestHost.Until(() => host.Writer.Trouble is null, "the end of the trouble is noticed");
        await host.Writer.Flush();
        Assert.Equal(
            ["a", "b", "c", "e"], await host.Read(db => db.Set<Thing>().Select(t => t.Name.Substring(0, 1)).OrderBy(n => n).ToListAsync()));
        Assert.Single(host.Log.All, line => line.StartsWith("Error: A change failed alone", StringComparison.Ordinal));
    }

    [Fact, Trait("Case", "F-A2")]
    public async Task Who_saves_meanwhile_is_told_so_in_words_and_who_reads_goes_on()
    {
        await using var host = await TestHost.Start(map: app =>
        {
            app.MapPut(
                "/save",
                async (IMediator mediator) =>
                    (await mediator.Send(new SaveThing(new string('x', 200_000)))).Match(() => Results.NoContent())).AllowAnonymous()
                        .DisableAntiforgery();
            app.MapGet("/things", (TcccDb db) => db.Set<Thing>().CountAsync()).AllowAnonymous();
        }, with: builder => builder.Services.AddTransient<IRequestHandler<SaveThing, Result>, SaveThingHandler>());
        host.Full();
        using var client = host.Client();
        client.DefaultRequestHeaders.Add("Accept-Language", "en");
        var began = Stopwatch.GetTimestamp();
        // the first finds out that there is no room, the next are told at once
        for (var i = 0; i < 3; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, "/save");
            using var answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains("saved just now", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.True(Stopwatch.GetElapsedTime(began) < Writer.Patience);
        Assert.Equal("0", await client.GetStringAsync("/things"));
        // nobody writes any more, and yet the end of it is noticed
        host.Room();
        await TestHost.Until(() => host.Writer.Trouble is null, "the end of the trouble is noticed");
    }

    [Fact, Trait("Case", "F-A2")]
    public async Task At_64_MB_the_writer_is_full_and_forgets_nothing()
    {
        await using var host = await TestHost.Start();
        host.Full();
        var ids = new List<CallId>();
        while (!host.Writer.IsFull)
        {
            var id = host.Ids.Next<CallId>();
            ids.Add(id);
            host.Writer.Enqueue(db => db.Store(New(id, $"{id} {new string('x', 10_000)}")), bytes: 1 << 18);
        }
        Assert.True(ids.Count >= Writer.MostBytes >> 18);
        await TestHost.Until(() => host.Writer.Trouble is not null, "the trouble is noticed");
        host.Writer.Enqueue(db => db.Store(New(host.Ids.Next<CallId>(), "one more of a call that is up")));
        host.Room();
        await TestHost.Until(() => host.Writer is { Trouble: null, IsFull: false }, "room again");
        await host.Writer.Flush();
        Assert.Equal(ids.Count + 1, await host.Read(db => db.Set<Thing>().CountAsync()));
    }

    [Fact, Trait("Case", "F-A2")]
    public async Task A_server_that_stops_while_the_database_is_locked_stores_all_when_it_is_let_go_in_time()
    {
        var host = await TestHost.Start();
        Task stopping;
        using (var other = new SqliteConnection($"Data Source={Path.Combine(host.Folder, "tccc.db")};Pooling=False"))
        {
            other.Open();
            using var held = other.BeginTransaction(deferred: false);
            host.Writer.Enqueue(db => db.Store(New(host.Ids.Next<CallId>(), "a")));
            await TestHost.Until(() => host.Writer.Trouble is not null, "the trouble is noticed");
            stopping = host.Stop();
        }
        await stopping;
        await using var next = await TestHost.Start(folder: host.Folder);
        Assert.Equal(1, await next.Read(db => db.Set<Thing>().CountAsync()));
        await host.DisposeAsync();
    }

    private static Thing New(CallId id, string name) => new() { Id = id, Center = new(1), Name = name, At = At };

    internal sealed record SaveThing(string Name) : IRequest<Result>;

    private sealed class SaveThingHandler(Writer writer, IdSource ids) : IRequestHandler<SaveThing, Result>
    {
        public async Task<Result> Handle(SaveThing request, CancellationToken cancellationToken)
        {
            await writer.Write(db => db.AddAsync(New(ids.Next<CallId>(), request.Name), cancellationToken).AsTask());
            return Result.Done;
        }
    }
}
