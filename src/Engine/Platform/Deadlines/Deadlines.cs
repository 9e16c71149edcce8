using Microsoft.Extensions.Logging;

namespace Tccc.Platform;

/// <summary>
/// Every deadline of the process: one heap, one timer set for what comes first, on the steady clock. Setting and clearing one costs a few
/// comparisons, so that whoever needs a deadline, however short or long, sets it, although most never come. A deadline that must survive a
/// restart stands in the row of its owner, who sets it again at start; docs/adr/0010.
/// </summary>
public sealed partial class Deadlines : IDisposable
{
    /// <summary>What a timer of .NET can be set for is limited to weeks; past this it looks again.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly AlarmHeap heap = new();
    private readonly TimeProvider time;
    private readonly ILogger<Deadlines> log;
    private readonly ITimer timer;
    private Instant timerAt = Instant.Never;
    private bool disposed;

    internal Deadlines(TimeProvider time, ILogger<Deadlines> log)
    {
        (this.time, this.log) = (time, log);
        timer = time.CreateTimer(static me => ((Deadlines)me!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many are set.</summary>
    public int Count
    {
        get
        {
            lock (gate) return heap.Count;
        }
    }

    /// <summary>
    /// Makes an alarm that is not set yet. When it comes, <paramref name="ring"/> runs on a pool thread and should only post to its owner;
    /// what it throws is logged under <paramref name="name"/>.
    /// </summary>
    public Alarm Alarm(string name, Action ring) => new(this, name, ring);

    public void Dispose()
    {
        lock (gate) disposed = true;
        timer.Dispose();
    }

    internal void Set(Alarm alarm, Instant at)
    {
        lock (gate)
        {
            if (disposed) return;
            heap.Set(alarm, at);
            SetTimer();
        }
    }

    internal void Clear(Alarm alarm)
    {
        // The timer stays as it is: it finds nothing due and looks what comes next.
        lock (gate) heap.Remove(alarm);
    }

    internal void Failed(Exception e, string name) => LogFailed(e, name);

    private void Ring()
    {
        lock (gate)
        {
            timerAt = Instant.Never;
            var now = time.Instant();
            while (heap.First is { } first && first.At <= now)
            {
                heap.Remove(first);
                // One that takes long makes no other late.
                ThreadPool.UnsafeQueueUserWorkItem(first, preferLocal: false);
            }
            SetTimer();
        }
    }

    private void SetTimer()
    {
        if (disposed || heap.First is not { } first || first.At >= timerAt) return;
        timerAt = first.At;
        // Rounded up: a timer that comes a moment early would come twice.
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling(time.Instant().Until(first.At).TotalMilliseconds));
        timer.Change(wait < LookAgain ? wait : LookAgain, Timeout.InfiniteTimeSpan);
    }

    [LoggerMessage(LogLevel.Error, "A deadline failed: {Name}")]
    private partial void LogFailed(Exception e, string name);
}

/// <summary>
/// One deadline of one owner, set and cleared as often as needed, from any thread. One that has just come can't be cleared any more: owners
/// check what their state says.
/// </summary>
public sealed class Alarm : IThreadPoolWorkItem
{
    private readonly Deadlines deadlines;
    private readonly string name;
    private readonly Action ring;

    internal Alarm(Deadlines deadlines, string name, Action ring) => (this.deadlines, this.name, this.ring) = (deadlines, name, ring);

    /// <summary>Where it stands in the heap; none while it is not set.</summary>
    internal int Index { get; set; } = AlarmHeap.Nowhere;

    internal Instant At { get; set; }

    /// <summary>Rings once at that moment, at once when it is past; in place of the moment it was set for.</summary>
    public void Set(Instant at) => deadlines.Set(this, at);

    /// <summary>Does not ring.</summary>
    public void Clear() => deadlines.Clear(this);

    void IThreadPoolWorkItem.Execute()
    {
        try
        {
            ring();
        }
        catch (Exception e)
        {
            deadlines.Failed(e, name);
        }
    }
}
