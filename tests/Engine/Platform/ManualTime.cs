namespace Tccc.Platform.Tests;

/// <summary>Two clocks that stand until they are moved: the steady one, which timers go by, and the wall's, which may be set too.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<Alarm> alarms = [];
    private DateTimeOffset wall = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private TimeSpan steady = TimeSpan.FromDays(3);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => wall;

    public override long GetTimestamp() => steady.Ticks;

    /// <summary>Somebody sets the machine's clock.</summary>
    public void StepWall(TimeSpan by) => wall += by;

    public void Advance(TimeSpan by)
    {
        (wall, steady) = (wall + by, steady + by);
        List<Alarm> due;
        lock (alarms) due = [.. alarms.Where(alarm => alarm.Due <= steady)];
        foreach (var alarm in due) alarm.Ring(steady);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state), period);
        alarm.Change(dueTime, period);
        lock (alarms) alarms.Add(alarm);
        return alarm;
    }

    private sealed class Alarm(ManualTime time, Action ring, TimeSpan period) : ITimer
    {
        public TimeSpan Due { get; private set; } = TimeSpan.MaxValue;

        public void Ring(TimeSpan at)
        {
            Due = period > TimeSpan.Zero ? at + period : TimeSpan.MaxValue;
            ring();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime < TimeSpan.Zero ? TimeSpan.MaxValue : time.steady + dueTime;
            return true;
        }

        public void Dispose()
        {
            lock (time.alarms) time.alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
