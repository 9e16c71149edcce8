using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Tccc.Platform.Tests;

public sealed class EventTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_handler_that_throws_stops_no_other_and_is_logged()
    {
        await using var host = await TestHost.Start();
        var seen = host.Get<Seen>();
        seen.Failing = 1;
        for (var i = 0; i < 3; i++) host.Writer.Enqueue(Event(i));
        await TestHost.Until(() => seen.Second.Count == 3, "the handler after the one that throws");
        Assert.Equal([0, 1, 2], seen.First.Select(e => e.Number));
        Assert.Equal([0, 1, 2], seen.Second.Select(e => e.Number));
        Assert.Contains(host.Log.All, line => line.Contains("the handler's own trouble", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Events_a_crash_left_behind_come_again_at_the_next_start_before_new_ones()
    {
        // the first server never gets past its handler: for the file that is what a kill looks like
        var stuck = new TaskCompletionSource();
        var first = await TestHost.Start(builder => builder.Services.AddSingleton(new Seen { Gate = stuck.Task }));
        for (var i = 0; i < 5; i++) first.Writer.Enqueue(Event(i));
        await first.Writer.Flush();
        // and to the kernel, which frees what a dead process held
        first.Get<DataFolder>().Dispose();

        await using (var second = await TestHost.Start(folder: first.Folder))
        {
            second.Writer.Enqueue(Event(5));
            var seen = second.Get<Seen>();
            await TestHost.Until(() => seen.Second.Count == 6, "the left-over events and the new one");
            Assert.Equal(Enumerable.Range(0, 6).Select(Event), seen.First);
        }
        stuck.SetResult();
        await first.DisposeAsync();
    }

    [Fact]
    public async Task Events_that_were_handled_are_forgotten()
    {
        await using var host = await TestHost.Start();
        for (var i = 0; i < 1000; i++) host.Writer.Enqueue(Event(i));
        await TestHost.Until(() => host.Get<Seen>().Second.Count == 1000, "all events");
        await TestHost.Until(() => host.Read(async db => !await db.Set<OutboxRow>().AnyAsync()), "an empty outbox");
    }

    [Fact]
    public async Task A_passing_event_is_told_before_its_raiser_goes_on_and_never_stored()
    {
        // stored events are held up, so the passing one has to come past them
        var heldUp = new TaskCompletionSource();
        await using var host = await TestHost.Start(builder => builder.Services.AddSingleton(new Seen { Gate = heldUp.Task }));
        var told = host.Get<Seen>().PassedOn;
        host.Writer.Enqueue(Event(0), new Passed(new(7), At));
        Assert.Equal([Environment.CurrentManagedThreadId], told);
        await host.Writer.Flush();
        Assert.Equal(["Happened"], await host.Read(db => db.Set<OutboxRow>().Select(row => row.Type).ToListAsync()));
        heldUp.SetResult();
    }

    [Fact]
    public async Task An_event_that_no_room_named_is_refused_where_it_is_raised()
    {
        await using var host = await TestHost.Start();
        var error = Assert.Throws<InvalidOperationException>(() => host.Writer.Enqueue(new NamedByNobody(new(1), At)));
        Assert.Contains("AddEvents", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_may_write_and_raise_further_events()
    {
        await using var host =
            await TestHost.Start(
                builder => builder.Services.AddTransient<MediatR.INotificationHandler<Occurred<OtherHappened>>, Answering>());
        host.Writer.Enqueue(new OtherHappened(new(1), At));
        await TestHost.Until(() => !host.Get<Seen>().Second.IsEmpty, "the event of the handler");
    }

    private static Happened Event(int number) => new(new(7), At.AddSeconds(number), number, new(42), number % 2 == 0 ? Colour.Green : null);

    private sealed class Answering(Writer writer) : MediatR.INotificationHandler<Occurred<OtherHappened>>
    {
        public Task Handle(Occurred<OtherHappened> notification, CancellationToken cancellationToken) => writer.Write(db =>
        {
            db.Raise(Event(0));
            return Task.CompletedTask;
        });
    }
}
