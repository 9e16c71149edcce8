using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Tccc.Platform;

// While the database can't be written: everything is kept, in order, and tried again; docs/operations.md «When the database can't be
// written».
public sealed partial class Writer
{
    /// <summary>
    /// How much may wait, estimated. Beyond it no new work is let in from outside; what is in goes on, and nothing is dropped.
    /// </summary>
    public const long MostBytes = 64 << 20;

    /// <summary>How long a use case waits for its turn before it answers that nothing was saved.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How long another process may hold SQLite's lock before that counts as trouble; whole seconds.</summary>
    internal static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(1);

    /// <summary>Between two tries: at first, doubling up to the second.</summary>
    internal static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    internal static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>How long a server that stops goes on trying.</summary>
    internal static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(10);

    private readonly List<Unit> group = [];
    private Queue<Unit> waiting = new();
    private volatile int kept;
    private volatile StorageTrouble? trouble;
    private long troubleBegan;
    private TimeSpan pause = FirstPause;

    /// <summary>Why the database can't be written, and since when; null while it can.</summary>
    public StorageTrouble? Trouble => trouble;

    /// <summary><see cref="Trouble"/> is another. On the writer's thread: whoever hears it must be short.</summary>
    public event Action? TroubleChanged;

    /// <summary>How many changes wait, and what they are estimated to take.</summary>
    public (int Changes, long Bytes) Backlog => (queue.Count + kept, queue.Bytes);

    /// <summary>As much waits as may: no new call is let in until some of it is stored.</summary>
    public bool IsFull => queue.Bytes >= MostBytes;

    /// <summary>The database could not. Who waits for an answer gets it; the rest is kept.</summary>
    private void Keep(Exception e)
    {
        var why = StorageFaults.Words(e);
        if (trouble is null)
        {
            (troubleBegan, pause) = (Stopwatch.GetTimestamp(), FirstPause);
            trouble = new(time.GetUtcNow(), why);
            LogAway(e, why);
            TroubleChanged?.Invoke();
        }
        else if (trouble.Why != why)
        {
            trouble = trouble with { Why = why };
            TroubleChanged?.Invoke();
        }
        Answer(group, new NotSavedException(why, e));
        // nothing left to be tried: something harmless is, so that the end of it is noticed
        if (group.Count == 0) group.Add(new Deferred(Outbox.Try, []));
    }

    /// <summary>Waits before the next try. False when the server stops and has tried for long enough.</summary>
    private bool Endure()
    {
        foreach (var unit in queue.Rest(pause)) waiting.Enqueue(unit);
        pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        // whoever came before the trouble was known
        var left = waiting.ToList();
        Answer(left, new NotSavedException(trouble!.Why));
        waiting = new(left);
        kept = waiting.Count + group.Count;
        if (!queue.IsClosed || Stopwatch.GetElapsedTime(troubleBegan) < LastPatience) return true;
        LogLost(kept);
        group.Clear();
        waiting.Clear();
        return false;
    }

    private static void Answer(List<Unit> units, NotSavedException e) => units.RemoveAll(unit => unit is Awaited && unit.Fail(e));

    private void Recovered()
    {
        if (trouble is null) return;
        LogBack(Stopwatch.GetElapsedTime(troubleBegan), kept);
        trouble = null;
        TroubleChanged?.Invoke();
    }

    [LoggerMessage(
        LogLevel.Error, "The database can't be written: {Why} Calls go on; what is to be stored is kept, in order, and tried again")]
    private partial void LogAway(Exception e, string why);

    [LoggerMessage(LogLevel.Warning, "The database can be written again after {Elapsed}; {Count} changes are stored now")]
    private partial void LogBack(TimeSpan elapsed, int count);

    [LoggerMessage(LogLevel.Critical, "The server ends while the database can't be written; {Count} changes are lost")]
    private partial void LogLost(int count);
}

/// <summary>The database can't be written: since when, and why in its own words (English, as it gave them).</summary>
public sealed record StorageTrouble(DateTimeOffset Since, string Why);
