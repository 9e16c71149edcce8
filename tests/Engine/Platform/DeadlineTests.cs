using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Tccc.Platform.Tests;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTime time = new();
    private readonly ConcurrentQueue<string> rung = new();

    [Fact]
    public async Task An_alarm_rings_once_and_not_before_its_moment()
    {
        await using var host = await TestHost.Start();
        var (deadlines, system) = (host.Get<Deadlines>(), TimeProvider.System);
        var moments = new ConcurrentQueue<(string Name, Instant At)>();
        var before = deadlines.Count;
        var at = system.Instant() + TimeSpan.FromMilliseconds(150);
        deadlines.Alarm("a", () => moments.Enqueue(("a", system.Instant()))).Set(at);
        deadlines.Alarm("past", () => moments.Enqueue(("past", system.Instant()))).Set(at - TimeSpan.FromHours(1));
        await TestHost.Until(() => moments.Count == 2, "both alarms");
        Assert.True(moments.Single(moment => moment.Name == "a").At >= at);
        Assert.Single(moments, moment => moment.Name == "past");
        Assert.Equal(before, deadlines.Count);
    }

    [Fact]
    public async Task An_alarm_that_is_set_again_rings_only_for_the_last_moment_and_one_that_is_cleared_not_at_all()
    {
        using var deadlines = Make();
        var (moved, gone) = (Alarm(deadlines, "moved"), Alarm(deadlines, "gone"));
        for (var i = 1; i <= 50; i++) moved.Set(time.Instant() + (i * Second));
        moved.Set(time.Instant() + (3 * Second));
        gone.Set(time.Instant() + (2 * Second));
        gone.Clear();
        gone.Clear();
        Assert.Equal(1, deadlines.Count);
        time.Advance(2.9 * Second);
        Alarm(deadlines, "mark").Set(time.Instant());
        time.Advance(TimeSpan.Zero);
        await Rang("mark");
        time.Advance(100 * Second);
        await Rang("mark", "moved");
        Assert.Equal(0, deadlines.Count);
    }

    [Fact]
    public async Task An_alarm_that_throws_is_logged_and_the_others_go_on()
    {
        await using var host = await TestHost.Start();
        var (deadlines, now) = (host.Get<Deadlines>(), TimeProvider.System.Instant());
        deadlines.Alarm("bad", () => throw new InvalidOperationException("its own trouble")).Set(now);
        Alarm(deadlines, "good").Set(now + TimeSpan.FromMilliseconds(50));
        await TestHost.Until(() => !rung.IsEmpty, "the good one");
        await TestHost.Until(
            () => host.Log.All.Any(line => line.Contains("A deadline failed: bad", StringComparison.Ordinal)), "the log line");
    }

    [Fact]
    [Trait("Case", "F-A6")]
    public async Task Whatever_is_done_to_the_wall_clock_an_alarm_comes_after_its_length()
    {
        using var deadlines = Make();
        Alarm(deadlines, "after a minute").Set(time.Instant() + (60 * Second));
        time.StepWall(TimeSpan.FromHours(1));
        time.Advance(59 * Second);
        time.StepWall(TimeSpan.FromHours(-2));
        Alarm(deadlines, "mark").Set(time.Instant());
        time.Advance(TimeSpan.Zero);
        await Rang("mark");
        time.Advance(Second);
        await Rang("mark", "after a minute");
    }

    [Fact]
    public async Task One_further_off_than_a_timer_can_be_set_for_comes_all_the_same()
    {
        using var deadlines = Make();
        Alarm(deadlines, "in a year").Set(time.Instant() + TimeSpan.FromDays(365));
        for (var day = 0; day < 364; day++) time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, deadlines.Count);
        time.Advance(TimeSpan.FromDays(1));
        await Rang("in a year");
    }

    [Fact]
    public void Whatever_is_set_moved_and_cleared_the_earliest_comes_first()
    {
#pragma warning disable CA5394 // a walk that can be repeated, no secret
        var luck = new System.Random(20260302);
        using var deadlines = Make();
        var heap = new AlarmHeap();
        var all = Enumerable.Range(0, 300).Select(i => Alarm(deadlines, $"{i}")).ToArray();
        var due = new Dictionary<Alarm, Instant>();
        for (var step = 0; step < 20_000; step++)
        {
            var alarm = all[luck.Next(all.Length)];
            if (luck.Next(3) == 0)
            {
                heap.Remove(alarm);
                due.Remove(alarm);
            }
            else heap.Set(alarm, due[alarm] = new(luck.Next(1000)));
            Assert.Equal(due.Count, heap.Count);
            if (due.Count > 0) Assert.Equal(due.Values.Min(), heap.First!.At);
        }
        var order = new List<Instant>();
        for (; heap.First is { } first; heap.Remove(first)) order.Add(first.At);
        Assert.Equal(due.Values.Order(), order);
    }

    private Deadlines Make() => new(time, NullLogger<Deadlines>.Instance);

    private Alarm Alarm(Deadlines deadlines, string name) => deadlines.Alarm(name, () => rung.Enqueue(name));

    private async Task Rang(params string[] names)
    {
        await TestHost.Until(() => rung.Count >= names.Length, string.Join(", ", names));
        Assert.Equal(names, rung);
    }
}
