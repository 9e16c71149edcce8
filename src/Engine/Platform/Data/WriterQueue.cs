using System.Diagnostics;

namespace Tccc.Platform;

/// <summary>
/// What waits for <see cref="Writer"/>. Who must not wait for others wakes the writer's thread when it sleeps; while it commits, everything
/// gathers for the next commit. The rest leaves with such a one, or after <see cref="LongestRide"/>.
/// </summary>
internal sealed class WriterQueue
{
    /// <summary>
    /// The longest that a change nobody waits for stays here while the writer is idle. A transaction costs as much as ten of its rows, and
    /// waking a thread as much as five; this is short enough that what people see of it (a state, a list) does not lag.
    /// </summary>
    internal static readonly TimeSpan LongestRide = TimeSpan.FromMilliseconds(40);

    /// <summary>So long after a commit the writer sleeps in naps of <see cref="LongestRide"/>: to wake it costs more.</summary>
    private static readonly TimeSpan Wakeful = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ShortRest = TimeSpan.FromMilliseconds(100);

    private readonly object gate = new();
    private Queue<Unit> units = new();
    private long bytes;
    private bool now;
    private bool napping;
    private long first;
    private bool closed;

    public int Count
    {
        get
        {
            lock (gate) return units.Count;
        }
    }

    /// <summary>Of all that was put in and not yet <see cref="Settled"/>, estimated.</summary>
    public long Bytes => Volatile.Read(ref bytes);

    /// <summary>Never blocks: whoever calls may stand on the writer's own thread. False after the end.</summary>
    public bool Put(Unit unit)
    {
        lock (gate)
        {
            if (closed) return false;
            units.Enqueue(unit);
            bytes += unit.Bytes;
            if (units.Count == 1) first = Stopwatch.GetTimestamp();
            // who naps looks by itself in time for the first who need not go now
            if (unit.Now ? !now : units.Count == 1 && !napping) Monitor.PulseAll(gate);
            now |= unit.Now;
            return true;
        }
    }

    /// <summary>It is stored, or given up: it takes no memory any more.</summary>
    public void Settled(Unit unit)
    {
        lock (gate) bytes -= unit.Bytes;
    }

    /// <summary>Takes no more; what waits is still given out, at once.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Blocks until something waits that must go now, or has waited long enough; null after the end.</summary>
    public Queue<Unit>? TakeAll()
    {
        lock (gate)
        {
            var rested = Stopwatch.GetTimestamp();
            while (units.Count == 0 && !closed)
            {
                napping = Stopwatch.GetElapsedTime(rested) < Wakeful;
                Monitor.Wait(gate, napping ? LongestRide : Timeout.InfiniteTimeSpan);
            }
            napping = true;
            while (!now && !closed && LongestRide - Stopwatch.GetElapsedTime(first) is { Ticks: > 0 } left) Wait(left);
            if (units.Count == 0) return null;
            return Taken();
        }
    }

    public bool IsClosed
    {
        get
        {
            lock (gate) return closed;
        }
    }

    /// <summary>Lets a time pass, whoever comes; gives what came meanwhile. Once closed it pauses for a moment only.</summary>
    public Queue<Unit> Rest(TimeSpan pause)
    {
        lock (gate)
        {
            if (closed && pause > ShortRest) pause = ShortRest;
            var began = Stopwatch.GetTimestamp();
            while (pause - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } left) Wait(left);
            return Taken();
        }
    }

    // a monitor waits for whole milliseconds and cuts off the rest
    private void Wait(TimeSpan time) => Monitor.Wait(gate, (int)Math.Ceiling(time.TotalMilliseconds));

    private Queue<Unit> Taken()
    {
        var taken = units;
        (units, now) = (new(), false);
        return taken;
    }
}
