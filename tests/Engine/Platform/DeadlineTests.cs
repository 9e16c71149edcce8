using System.Collections.Concurrent;

namespace Tccc.Platform.Tests;

public sealed class DeadlineTests
{
    [Fact]
    public async Task A_deadline_fires_once_and_not_before_its_moment()
    {
        await using var host = await TestHost.Start();
        var (deadlines, time) = (host.Get<Deadlines>(), TimeProvider.System);
        var fired = new ConcurrentQueue<DateTimeOffset>();
        var before = deadlines.Count;
        var at = time.GetUtcNow().AddMilliseconds(150);
        deadlines.Arm("a", at, _ => Note(fired, time));
        deadlines.Arm("past", at.AddHours(-1), _ => Note(fired, time));
        await TestHost.Until(() => fired.Count == 2, "both deadlines");
        Assert.Single(fired, moment => moment >= at);
        Assert.Equal(before, deadlines.Count);
    }

    [Fact]
    public async Task A_key_that_is_armed_again_fires_only_for_the_last_time()
    {
        await using var host = await TestHost.Start();
        var (deadlines, now) = (host.Get<Deadlines>(), TimeProvider.System.GetUtcNow());
        var fired = new ConcurrentQueue<int>();
        for (var i = 0; i < 50; i++)
        {
            var number = i;
            deadlines.Arm("key", now.AddMilliseconds(1000), _ => Note(fired, number));
        }
        deadlines.Arm("gone", now.AddMilliseconds(1000), _ => Note(fired, -1));
        deadlines.Disarm("gone");
        deadlines.Disarm("never armed");
        deadlines.Arm("after", now.AddMilliseconds(1100), _ => Note(fired, 100));
        await TestHost.Until(() => fired.Contains(100), "the last deadline");
        Assert.Equal([49, 100], fired);
    }

    [Fact]
    public async Task A_deadline_that_throws_is_logged_and_the_others_go_on()
    {
        await using var host = await TestHost.Start();
        var (deadlines, now) = (host.Get<Deadlines>(), TimeProvider.System.GetUtcNow());
        var fired = new ConcurrentQueue<int>();
        deadlines.Arm("bad", now, _ => throw new InvalidOperationException("its own trouble"));
        deadlines.Arm("good", now.AddMilliseconds(50), _ => Note(fired, 1));
        await TestHost.Until(() => !fired.IsEmpty, "the good one");
        await TestHost.Until(() => host.Log.All.Any(line => line.Contains("A deadline failed: bad", StringComparison.Ordinal)), "the log line");
    }

    private static Task Note(ConcurrentQueue<DateTimeOffset> fired, TimeProvider time) => Note(fired, time.GetUtcNow());

    private static Task Note<T>(ConcurrentQueue<T> fired, T what)
    {
        fired.Enqueue(what);
        return Task.CompletedTask;
    }
}
