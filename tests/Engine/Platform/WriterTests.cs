using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Tccc.Platform.Tests;

public sealed class WriterTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Changes_are_committed_in_the_order_in_which_they_came()
    {
        await using var host = await TestHost.Start();
        var id = host.Ids.Next<CallId>();
        host.Writer.Enqueue(db => db.Store(New(id, "0")));
        for (var i = 1; i <= 2000; i++)
        {
            var name = $"{i}";
            host.Writer.Enqueue(db => db.Store(New(id, name)));
        }
        await host.Writer.Flush();
        Assert.Equal("2000", (await host.Read(db => db.Set<Thing>().SingleAsync())).Name);
    }

    [Fact]
    public async Task A_change_that_fails_spoils_none_of_its_neighbours_and_its_event_still_comes()
    {
        await using var host = await TestHost.Start();
        for (var i = 0; i < 100; i++)
        {
            // the names are unique: every tenth change fails, half of them already while it is applied
            var name = i % 10 == 0 ? "taken" : $"{i}";
            var (fails, number) = (i % 20 == 10, i);
            host.Writer.Enqueue(
                db => db.Add(fails ? throw new InvalidOperationException("no") : New(host.Ids.Next<CallId>(), name)),
                new Happened(new(1), At, number, new(1)));
        }
        await host.Writer.Flush();
        Assert.Equal(91, await host.Read(db => db.Set<Thing>().CountAsync()));
        var seen = host.Get<Seen>();
        await TestHost.Until(() => seen.Second.Count == 100, "all events");
        Assert.Equal(Enumerable.Range(0, 100), seen.Second.Select(e => e.Number));
        Assert.Equal(9, host.Log.All.Count(line => line.StartsWith("Error: A change failed alone", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_row_written_by_a_prepared_statement_reads_back_as_it_was()
    {
        await using var host = await TestHost.Start();
        var id = host.Ids.Next<CallId>();
        var thing =
            new Thing { Id = id, Center = new(1), Name = "ö 中", At = At.AddTicks(70), Agent = new(9), Lasted = TimeSpan.FromMinutes(3),
                Colour = Colour.Green };
        host.Writer.Enqueue(db => db.Store(thing));
        await host.Writer.Flush();
        Assert.Equivalent(thing, await host.Read(db => db.Set<Thing>().SingleAsync()), strict: true);
        host.Writer.Enqueue(db => db.Store(New(id, "anew")));
        await host.Writer.Flush();
        Assert.Equivalent(New(id, "anew"), await host.Read(db => db.Set<Thing>().SingleAsync()), strict: true);
    }

    [Fact, Trait("Case", "F-A2")]
    public async Task Writing_anew_what_is_not_there_writes_it()
    {
        await using var host = await TestHost.Start();
        var id = host.Ids.Next<CallId>();
        host.Writer.Enqueue(db => db.Store(New(id, "its insert never came")));
        host.Writer.Enqueue(db => db.Store(New(id, "anew")));
        host.Writer.Enqueue(db => db.Store(New(id, "anew")));
        await host.Writer.Flush();
        Assert.Equal(["anew"], await host.Read(db => db.Set<Thing>().Select(t => t.Name).ToListAsync()));
    }

    [Fact, Trait("Case", "F-A10")]
    public async Task Who_must_not_wait_is_committed_at_once_and_takes_along_what_was_queued_before()
    {
        await using var host = await TestHost.Start();
        for (var i = 0; i < 50; i++)
        {
            var (first, second) = ($"{i} rides", $"{i} goes");
            var stored = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            host.Writer.Enqueue(db => db.Store(New(host.Ids.Next<CallId>(), first)));
            host.Writer.EnqueueNow(db => db.Store(New(host.Ids.Next<CallId>(), second)), () => stored.SetResult(true));
            await stored.Task.WaitAsync(TimeSpan.FromSeconds(10));
            Assert.Equal(2 * (i + 1), await host.Read(db => db.Set<Thing>().CountAsync()));
        }
    }

    [Fact, Trait("Case", "F-A10")]
    public async Task What_is_called_after_a_commit_may_queue_further_changes()
    {
        await using var host = await TestHost.Start();
        var stored = new TaskCompletionSource();
        host.Writer.EnqueueNow(
            db => db.Store(New(host.Ids.Next<CallId>(), "a")),
            () => host.Writer.EnqueueNow(db => db.Store(New(host.Ids.Next<CallId>(), "b")), stored.SetResult));
        await stored.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(2, await host.Read(db => db.Set<Thing>().CountAsync()));
    }

    [Fact]
    public async Task A_use_case_that_throws_leaves_nothing_and_tells_its_caller()
    {
        await using var host = await TestHost.Start();
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Writer.Write(async db =>
        {
            db.Add(New(host.Ids.Next<CallId>(), "a"));
            await db.SaveChangesAsync();
            db.Raise(new Happened(new(1), At, 1, new(1)));
            throw new InvalidOperationException("no");
        }));
        await host.Writer.Write(db =>
        {
            db.Add(New(host.Ids.Next<CallId>(), "b"));
            return Task.CompletedTask;
        });
        Assert.Equal(["b"], await host.Read(db => db.Set<Thing>().Select(t => t.Name).ToListAsync()));
        Assert.Empty(host.Get<Seen>().Second);
    }

    [Fact]
    public async Task Who_waited_too_long_is_told_what_became_of_a_change_that_had_begun_and_another_is_not_made()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(builder => builder.Services.AddSingleton<TimeProvider>(time));
        var (began, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = host.Writer.Write(async db =>
        {
            db.Add(New(host.Ids.Next<CallId>(), "first"));
            began.SetResult();
            await goOn.Task;
        });
        await began.Task;
        var second = host.Writer.Write(db => Task.FromResult(db.Add(New(host.Ids.Next<CallId>(), "second"))));
        time.Advance(Writer.Patience);
        await Assert.ThrowsAsync<NotSavedException>(() => second);
        Assert.False(first.IsCompleted);
        goOn.SetResult();
        await first;
        await host.Writer.Flush();
        Assert.Equal("first", (await host.Read(db => db.Set<Thing>().SingleAsync())).Name);
    }

    [Fact]
    public async Task A_use_case_that_answers_an_error_stores_nothing()
    {
        await using var host = await TestHost.Start();
        var answer = await host.Writer.Write(db =>
        {
            db.Add(New(host.Ids.Next<CallId>(), "a"));
            db.Raise(new Happened(new(1), At, 1, new(1)));
            return Task.FromResult<Result<int>>(new Taken("a"));
        });
        Assert.IsType<Taken>(answer.Error);
        Assert.Equal(0, await host.Read(db => db.Set<Thing>().CountAsync()));
        Assert.Equal(0, await host.Read(db => db.Set<OutboxRow>().CountAsync()));
    }

    [Fact]
    public async Task A_use_case_sees_what_was_queued_before_it_and_may_change_what_it_reads()
    {
        await using var host = await TestHost.Start();
        host.Writer.Enqueue(db => db.Add(New(host.Ids.Next<CallId>(), "before")));
        await host.Writer.Write(async db => (await db.Set<Thing>().SingleAsync()).Name = "after");
        Assert.Equal("after", (await host.Read(db => db.Set<Thing>().SingleAsync())).Name);
    }

    [Fact]
    public async Task Many_who_write_at_once_lose_nothing()
    {
        await using var host = await TestHost.Start();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 250; i++)
            {
                var name = $"{writer}-{i}";
                if (i % 25 == 0) await host.Writer.Write(db => db.AddAsync(New(host.Ids.Next<CallId>(), name)).AsTask());
                else host.Writer.Enqueue(db => db.Add(New(host.Ids.Next<CallId>(), name)));
            }
        })));
        await host.Writer.Flush();
        Assert.Equal(2000, await host.Read(db => db.Set<Thing>().CountAsync()));
    }

    [Fact]
    public async Task A_server_that_stops_commits_what_is_queued()
    {
        var host = await TestHost.Start();
        for (var i = 0; i < 3000; i++)
        {
            var name = $"{i}";
            host.Writer.Enqueue(db => db.Add(New(host.Ids.Next<CallId>(), name)), new Happened(new(1), At, i, new(1)));
        }
        await host.Stop();
        Assert.Equal(3000, host.Get<Seen>().Second.Count);
        await using var next = await TestHost.Start(folder: host.Folder);
        Assert.Equal(3000, await next.Read(db => db.Set<Thing>().CountAsync()));
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Who_only_reads_can_not_save()
    {
        await using var host = await TestHost.Start();
        await host.Read(async db =>
        {
            db.Add(New(host.Ids.Next<CallId>(), "a"));
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
            Assert.Throws<InvalidOperationException>(() => db.Raise(new OtherHappened(new(1), At)));
            return 0;
        });
    }

    private static Thing New(CallId id, string name) => new() { Id = id, Center = new(1), Name = name, At = At };
}
