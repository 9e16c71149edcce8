using System.Diagnostics;

namespace Tccc.Platform;

/// <summary>What waits for <see cref="Writer"/>. Whoever puts something in wakes the writer's thread only when it sleeps, or when somebody waits for the answer.</summary>
internal sealed class WriterQueue
{
    /// <summary>
    /// How long changes gather when nobody waits for them. A transaction costs as much as ten of its rows, and waking a thread as much as five;
    /// this is short enough that what people see of it (a state, a list) does not lag.
    /// </summary>
    internal static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(40);

    private readonly object gate = new();
    private Queue<Unit> units = new();
    private bool urgent;
    private bool closed;

    public int Count
    {
        get
        {
            lock (gate) return units.Count;
        }
    }

    /// <summary>Blocks while <see cref="Writer.Capacity"/> changes wait; false after the end.</summary>
    public bool Put(Unit unit)
    {
        lock (gate)
        {
            while (units.Count >= Writer.Capacity && !closed) Monitor.Wait(gate);
            if (closed) return false;
            units.Enqueue(unit);
            if (unit is not Deferred) urgent = true;
            if (units.Count == 1 || unit is not Deferred) Monitor.PulseAll(gate);
            return true;
        }
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

    /// <summary>Blocks until something waits and has gathered; null after the end.</summary>
    public Queue<Unit>? TakeAll()
    {
        lock (gate)
        {
            while (units.Count == 0 && !closed) Monitor.Wait(gate);
            var began = Stopwatch.GetTimestamp();
            while (!urgent && !closed && Gathering - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } left) Monitor.Wait(gate, left);
            if (units.Count == 0) return null;
            var taken = units;
            (units, urgent) = (new(), false);
            Monitor.PulseAll(gate);
            return taken;
        }
    }
}
