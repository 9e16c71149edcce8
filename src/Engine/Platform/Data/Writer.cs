using System.Diagnostics.Metrics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Tccc.Platform;

/// <summary>
/// The only way into the database: one thread takes what is queued, in order, and commits it in groups; architecture.md «SQLite has one
/// writer». After the commit callers are told and events are published. While the database can't be written everything is kept, in order,
/// and tried again.
/// </summary>
public sealed partial class Writer : IDisposable
{
    /// <summary>How many changes share a transaction at most, so that readers of the outbox and awaited changes get their turn.</summary>
    internal const int GroupAtMost = 500;

    /// <summary>Handled events are deleted in groups of this many, or after this time.</summary>
    internal const int TidyEvery = 200;
    internal static readonly TimeSpan TidyAfter = TimeSpan.FromSeconds(1);

    /// <summary>
    /// What a waiting change is taken to hold in memory when its owner does not say: a few rows of a call, and what leads to them.
    /// </summary>
    internal const int UsualBytes = 1024;

    /// <summary>The same of an event.</summary>
    internal const int EventBytes = 512;

    /// <summary>
    /// Of SQLite's log, in pages of 4 KiB, before it is copied into the database: 12 MB, which the log's file keeps. More would cost less a
    /// call, and a slow disk would stand still for longer.
    /// </summary>
    private const int CheckpointPages = 3000;

    private static readonly Meter Meter = new("Tccc.Platform");
    private static readonly Counter<long> Committed = Meter.CreateCounter<long>("tccc_writer_changes", description: "Changes committed");
    private static readonly Counter<long> Transactions =
        Meter.CreateCounter<long>("tccc_writer_transactions", description: "Transactions committed");
    private static readonly Counter<long> Failed =
        Meter.CreateCounter<long>("tccc_writer_failed", description: "Changes rolled back because they failed");

    private readonly WriterQueue queue = new();
    private readonly IDbContextFactory<TcccDb> databases;
    private readonly EventTypes types;
    private readonly Outbox outbox;
    private readonly Dispatcher dispatcher;
    private readonly PostgresHold? hold;
    private readonly TimeProvider time;
    private readonly ITimer tidy;
    private readonly ILogger<Writer> log;
    private readonly List<IEvent> raised = [];
    private TcccDb? db;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long tidiedUpTo;
    private int sinceTidied;

    internal Writer(
        IDbContextFactory<TcccDb> databases, EventTypes types, Outbox outbox, Dispatcher dispatcher, PostgresHold? hold, TimeProvider time,
        ILogger<Writer> log)
    {
        (this.databases, this.types, this.outbox, this.dispatcher, this.hold, this.time, this.log) =
            (databases, types, outbox, dispatcher, hold, time, log);
        Meter.CreateObservableGauge("tccc_writer_backlog", () => queue.Count + kept, description: "Changes waiting to be committed");
        Meter.CreateObservableGauge(
            "tccc_writer_backlog_bytes", () => queue.Bytes, description: "Memory that waiting changes are estimated to take");
        tidy = time.CreateTimer(_ => TidySoon(), null, TidyAfter, TidyAfter);
    }

    /// <summary>
    /// Queues a change and returns at once: for engines, whose state is in memory and whose rows follow with the next commit, within
    /// <see cref="WriterQueue.LongestRide"/> on an idle server. Order is kept. The change runs on the writer's thread, maybe several times
    /// (alone, when its group failed; again, when the database could not), so it must hold its own copy of what it writes and write whole
    /// rows: <c>db.Store(row)</c>. A change that fails by its own fault is logged and dropped; its events are stored and published all the
    /// same, because their engine has moved on. A <see cref="IPassingEvent"/> is published before this returns. Never blocks; who brings in
    /// work from outside asks <see cref="IsFull"/> first.
    /// </summary>
    /// <param name="bytes">What it holds while it waits, estimated.</param>
    public void Enqueue(Action<TcccDb> change, int bytes, params ReadOnlySpan<IEvent> events) => Put(change, bytes, null, events);

    /// <inheritdoc cref="Enqueue(Action{TcccDb}, int, ReadOnlySpan{IEvent})"/>
    public void Enqueue(Action<TcccDb> change, params ReadOnlySpan<IEvent> events) => Put(change, UsualBytes, null, events);

    /// <summary>Events alone.</summary>
    public void Enqueue(params ReadOnlySpan<IEvent> events) => Put(null, 0, null, events);

    /// <summary>
    /// As Enqueue, for what somebody outside waits for: committed at once when the writer is idle, else with the next commit, together with
    /// all that was queued meanwhile; adr/0008. <paramref name="stored"/> is then called on the writer's thread and must be short; it is
    /// never called for a change that is dropped, and late when the database can't be written.
    /// </summary>
    public void EnqueueNow(Action<TcccDb> change, Action stored, params ReadOnlySpan<IEvent> events) =>
        Put(change, UsualBytes, stored, events);

    /// <summary>
    /// Makes a change in a transaction of its own and returns when it is committed; events go by <see cref="TcccDb.Raise"/>. An exception,
    /// or a <see cref="Result"/> with an error, rolls it back and reaches the caller. The whole server's writing waits meanwhile: await
    /// nothing in it but the database.
    /// </summary>
    /// <exception cref="NotSavedException">The database can't be written, or did not come to it within <see cref="Patience"/>.</exception>
    public async Task<T> Write<T>(Func<TcccDb, Task<T>> change)
    {
        if (Trouble is { } trouble) throw new NotSavedException(trouble.Why);
        var unit = new Awaited<T>(change);
        if (!queue.Put(unit)) throw new OperationCanceledException("The server stops.");
        try
        {
            return await unit.Done.WaitAsync(Patience, time);
        }
        catch (TimeoutException e)
        {
            // one that the writer has begun with is soon answered
            if (!unit.Claim()) return await unit.Done;
            throw new NotSavedException($"it did not come to this change within {Patience.TotalSeconds:0} s", e);
        }
    }

    /// <inheritdoc cref="Write{T}"/>
    public Task Write(Func<TcccDb, Task> change) => Write(async db =>
    {
        await change(db);
        return true;
    });

    /// <summary>Returns when everything queued before is committed.</summary>
    /// <exception cref="NotSavedException">As of <see cref="Write{T}"/>.</exception>
    public Task Flush() => Write(_ => Task.CompletedTask);

    /// <summary>As <see cref="Flush"/>, for who shows what is there while the database can't be written.</summary>
    public async Task CatchUp()
    {
        try
        {
            await Flush();
        }
        catch (NotSavedException)
        {
            // what was queued is kept, and stored later
        }
    }

    internal void Start() => new Thread(Run) { IsBackground = true, Name = "writer" }.Start();

    /// <summary>
    /// Takes no more, commits what is queued, and lets go of the database. What can't be stored within <see cref="LastPatience"/> is lost,
    /// and said.
    /// </summary>
    internal async Task Stop()
    {
        await tidy.DisposeAsync();
        queue.Close();
        await ended.Task;
    }

    public void Dispose() => tidy.Dispose();

    private void Put(Action<TcccDb>? change, int bytes, Action? stored, ReadOnlySpan<IEvent> events)
    {
        List<IEvent>? kept = null;
        foreach (var happened in events)
        {
            types.MustKnow(happened);
            if (happened is not IPassingEvent) (kept ??= new(events.Length)).Add(happened);
        }
        if ((change is not null || kept is not null)
            && !queue.Put(new Deferred(change, kept ?? [], bytes + ((kept?.Count ?? 0) * EventBytes), stored))) LogTooLate();
        // told after the change is queued, so that what a handler queues comes after it
        foreach (var happened in events)
        {
            if (happened is IPassingEvent passing) dispatcher.Tell(passing);
        }
    }

    // The database's calls are synchronous with SQLite, and with PostgreSQL this thread has nothing else to do.
    private void Run()
    {
        while (queue.TakeAll() is { } taken)
        {
            waiting = taken;
            while (Take())
            {
                while (!Commit().GetAwaiter().GetResult())
                {
                    if (!Endure()) break;
                }
            }
        }
        LetGo().GetAwaiter().GetResult();
        ended.SetResult();
    }

    /// <summary>The next group: as many neighbours as may share a transaction, or one that may not.</summary>
    private bool Take()
    {
        group.Clear();
        while (group.Count < GroupAtMost && waiting.TryPeek(out var next))
        {
            if (next is Awaited && group.Count > 0) break;
            waiting.Dequeue();
            if (next is Awaited awaited && !awaited.Claim()) continue;
            group.Add(next);
            if (next is Awaited) break;
        }
        kept = waiting.Count + group.Count;
        return group.Count > 0;
    }

    /// <summary>
    /// Commits the group, one by one when together it fails. False when the database could not: what is left of the group is to be tried
    /// again.
    /// </summary>
    private async Task<bool> Commit()
    {
        var together = group.Count;
        while (group.Count > 0)
        {
            try
            {
                var part = group[..together];
                var stored = await Transact(part);
                group.RemoveRange(0, together);
                Recovered();
                foreach (var unit in part) Settle(unit);
                if (stored.Count > 0) dispatcher.Post(stored);
            }
            catch (Exception e)
            {
                await LetGo();
                if (StorageFaults.IsAway(e))
                {
                    // first: who waits for an answer need not wait for the hold too
                    Keep(e);
                    if (hold is not null) await hold.Doubt();
                    return false;
                }
                if (together == 1) GiveUp(e);
                together = 1;
            }
        }
        return true;
    }

    private void Settle(Unit unit)
    {
        queue.Settled(unit);
        unit.Complete();
    }

    private async Task<List<Stored>> Transact(List<Unit> units)
    {
        if (hold is not null) await hold.Ensure();
        var target = db ??= await Open();
        raised.Clear();
        var stored = new List<Stored>();
        // nothing else waits for this thread, and asynchronous layers would only cost
        using var transaction = target.Database.BeginTransaction();
        foreach (var unit in units)
        {
            target.ChangeTracker.AutoDetectChangesEnabled = unit is Awaited;
            await unit.Apply(target);
            raised.AddRange(unit.Events);
        }
        target.ChangeTracker.AutoDetectChangesEnabled = true;
        if (target.ChangeTracker.HasChanges()) await target.SaveChangesAsync();
        outbox.Append(target, raised, stored);
        Tidy(target, stored.Count);
        transaction.Commit();
        target.ChangeTracker.Clear();
        Committed.Add(units.Count);
        Transactions.Add(1);
        return stored;
    }

    /// <summary>The group's first change failed alone, by its own fault. Its events are left to be stored without it.</summary>
    private void GiveUp(Exception e)
    {
        var unit = group[0];
        group.RemoveAt(0);
        if (unit.Fail(e)) return;
        Failed.Add(1);
        LogDropped(e);
        if (unit is Deferred { Events.Count: > 0, IsBare: false } failed)
        {
            group.Insert(0, failed.OnlyEvents());
            return;
        }
        queue.Settled(unit);
        if (unit.Events.Count == 0) return;
        LogUnstored(e);
        dispatcher.Post([.. unit.Events.Select(happened => new Stored(0, happened))]);
    }

    private void Tidy(TcccDb target, int more)
    {
        var upTo = dispatcher.HandledUpTo;
        sinceTidied += more;
        if (upTo == tidiedUpTo || (more > 0 && sinceTidied < TidyEvery)) return;
        outbox.DeleteUpTo(target, upTo);
        (tidiedUpTo, sinceTidied) = (upTo, 0);
    }

    private void TidySoon()
    {
        if (dispatcher.HandledUpTo != Volatile.Read(ref tidiedUpTo)) queue.Put(new Deferred(null, []));
    }

    private async Task<TcccDb> Open()
    {
        var opened = await databases.CreateDbContextAsync();
        try
        {
            opened.CollectInto(raised);
            opened.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
            opened.Database.AutoSavepointsEnabled = false;
            await opened.Database.OpenConnectionAsync();
            if (opened.Database.GetDbConnection() is SqliteConnection sqlite)
            {
                sqlite.DefaultTimeout = (int)LockPatience.TotalSeconds;
                // with a write-ahead log NORMAL loses nothing when the process dies, and syncs only at checkpoints, of which there are
                // few: a page that many commits touch is copied once
                await opened.Database.ExecuteSqlRawAsync($"PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = {CheckpointPages}");
            }
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    private async Task LetGo()
    {
        outbox.Release();
        if (db is null) return;
        var old = db;
        db = null;
        old.CollectInto(null);
        try
        {
            await old.DisposeAsync();
        }
        catch (Exception e) when (StorageFaults.IsAway(e))
        {
            // a connection that broke can't be closed in good order either
        }
    }

    [LoggerMessage(LogLevel.Error, "A change failed alone and was dropped")]
    private partial void LogDropped(Exception e);

    [LoggerMessage(LogLevel.Error, "Events could not be stored; they are published, and lost should the process die before")]
    private partial void LogUnstored(Exception e);

    [LoggerMessage(LogLevel.Warning, "A change came after the writer had stopped and was dropped")]
    private partial void LogTooLate();
}
