using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Tccc.Platform;

/// <summary>
/// The only way into the database: one thread takes what is queued, in order, and commits it in groups; architecture.md «SQLite has one writer».
/// After the commit callers are told and events are published.
/// </summary>
public sealed partial class Writer : IDisposable
{
    /// <summary>How many changes may wait; a caller beyond that waits for room.</summary>
    public const int Capacity = 20_000;

    /// <summary>How many changes share a transaction at most, so that readers of the outbox and awaited changes get their turn.</summary>
    internal const int GroupAtMost = 500;

    /// <summary>Handled events are deleted in groups of this many, or after this time.</summary>
    internal const int TidyEvery = 200;
    internal static readonly TimeSpan TidyAfter = TimeSpan.FromSeconds(1);

    private static readonly Meter Meter = new("Tccc.Platform");
    private static readonly Counter<long> Committed = Meter.CreateCounter<long>("tccc_writer_changes", description: "Changes committed");
    private static readonly Counter<long> Transactions = Meter.CreateCounter<long>("tccc_writer_transactions", description: "Transactions committed");
    private static readonly Counter<long> Failed = Meter.CreateCounter<long>("tccc_writer_failed", description: "Changes rolled back because they failed");

    private readonly WriterQueue queue = new();
    private readonly IDbContextFactory<TcccDb> databases;
    private readonly EventTypes types;
    private readonly Outbox outbox;
    private readonly Dispatcher dispatcher;
    private readonly ITimer tidy;
    private readonly ILogger<Writer> log;
    private readonly List<IEvent> raised = [];
    private readonly List<Unit> group = [];
    private TcccDb? db;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long tidiedUpTo;
    private int sinceTidied;

    internal Writer(IDbContextFactory<TcccDb> databases, EventTypes types, Outbox outbox, Dispatcher dispatcher, TimeProvider time, ILogger<Writer> log)
    {
        (this.databases, this.types, this.outbox, this.dispatcher, this.log) = (databases, types, outbox, dispatcher, log);
        Meter.CreateObservableGauge("tccc_writer_backlog", () => queue.Count, description: "Changes waiting to be committed");
        tidy = time.CreateTimer(_ => TidySoon(), null, TidyAfter, TidyAfter);
    }

    /// <summary>
    /// Queues a change and returns at once: for engines, whose state is in memory and whose rows follow within <see cref="WriterQueue.Gathering"/>. Order is
    /// kept. The change runs on the writer's thread, maybe twice (alone, when its group failed), so it must hold its own copy of what it writes:
    /// <c>db.Insert(row)</c> or <c>db.Rewrite(row)</c>. A change that fails is logged and dropped; its events are stored and published all the same, because
    /// their engine has moved on. A <see cref="IPassingEvent"/> is published before this returns. Blocks only when <see cref="Capacity"/> changes wait.
    /// </summary>
    public void Enqueue(Action<TcccDb> change, params ReadOnlySpan<IEvent> events) => Put(change, events);

    /// <summary>Events alone.</summary>
    public void Enqueue(params ReadOnlySpan<IEvent> events) => Put(null, events);

    /// <summary>
    /// Makes a change in a transaction of its own and returns when it is committed; events go by <see cref="TcccDb.Raise"/>. An exception, or a
    /// <see cref="Result"/> with an error, rolls it back and reaches the caller. The whole server's writing waits meanwhile: await nothing in it but the database.
    /// </summary>
    public async Task<T> Write<T>(Func<TcccDb, Task<T>> change)
    {
        var unit = new Awaited<T>(change);
        if (!queue.Put(unit)) throw new OperationCanceledException("The server stops.");
        return await unit.Done;
    }

    /// <inheritdoc cref="Write{T}"/>
    public Task Write(Func<TcccDb, Task> change) => Write(async db =>
    {
        await change(db);
        return true;
    });

    /// <summary>Returns when everything queued before is committed.</summary>
    public Task Flush() => Write(_ => Task.CompletedTask);

    internal void Start() => new Thread(Run) { IsBackground = true, Name = "writer" }.Start();

    /// <summary>Takes no more, commits what is queued, and lets go of the database.</summary>
    internal async Task Stop()
    {
        await tidy.DisposeAsync();
        queue.Close();
        await ended.Task;
    }

    public void Dispose() => tidy.Dispose();

    private void Put(Action<TcccDb>? change, ReadOnlySpan<IEvent> events)
    {
        List<IEvent>? stored = null;
        foreach (var happened in events)
        {
            types.MustKnow(happened);
            if (happened is not IPassingEvent) (stored ??= new(events.Length)).Add(happened);
        }
        if ((change is not null || stored is not null) && !queue.Put(new Deferred(change, stored ?? []))) LogTooLate();
        // told after the change is queued, so that what a handler queues comes after it
        foreach (var happened in events)
        {
            if (happened is IPassingEvent passing) dispatcher.Tell(passing);
        }
    }

    // The database's calls are synchronous with SQLite, and with PostgreSQL this thread has nothing else to do.
    private void Run()
    {
        while (queue.TakeAll() is { } waiting)
        {
            while (Take(waiting)) Commit(group).GetAwaiter().GetResult();
        }
        LetGo().GetAwaiter().GetResult();
        ended.SetResult();
    }

    /// <summary>The next group: as many neighbours as may share a transaction, or one that may not.</summary>
    private bool Take(Queue<Unit> waiting)
    {
        group.Clear();
        while (group.Count < GroupAtMost && waiting.TryPeek(out var next))
        {
            if (next is not Deferred && group.Count > 0) break;
            group.Add(waiting.Dequeue());
            if (next is not Deferred) break;
        }
        return group.Count > 0;
    }

    private async Task Commit(List<Unit> units)
    {
        try
        {
            var stored = await Transact(units);
            foreach (var unit in units) unit.Complete();
            if (stored.Count > 0) dispatcher.Post(stored);
        }
        catch (Exception) when (units.Count > 1)
        {
            await LetGo();
            foreach (var unit in units.ToArray()) await Commit([unit]);
        }
        catch (Exception e)
        {
            await LetGo();
            await GiveUp(units[0], e);
        }
    }

    private async Task<List<Stored>> Transact(List<Unit> units)
    {
        var target = db ??= await Open();
        raised.Clear();
        var stored = new List<Stored>();
        await using var transaction = await target.Database.BeginTransactionAsync();
        foreach (var unit in units)
        {
            target.ChangeTracker.AutoDetectChangesEnabled = unit is not Deferred;
            await unit.Apply(target);
            raised.AddRange(unit.Events);
        }
        target.ChangeTracker.AutoDetectChangesEnabled = true;
        if (target.ChangeTracker.HasChanges()) await target.SaveChangesAsync();
        outbox.Append(target, raised, stored);
        Tidy(target, stored.Count);
        await transaction.CommitAsync();
        target.ChangeTracker.Clear();
        Committed.Add(units.Count);
        Transactions.Add(1);
        return stored;
    }

    private async Task GiveUp(Unit unit, Exception e)
    {
        if (unit.Fail(e)) return;
        Failed.Add(1);
        LogDropped(e);
        if (unit.Events.Count == 0) return;
        try
        {
            dispatcher.Post(await Transact([new Deferred(null, unit.Events)]));
        }
        catch (Exception again)
        {
            await LetGo();
            LogUnstored(again);
            // calls go on while the database is away: publishing what could not be stored is better than a phone that does not ring
            dispatcher.Post([.. unit.Events.Select(happened => new Stored(0, happened))]);
        }
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
        opened.CollectInto(raised);
        opened.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        opened.Database.AutoSavepointsEnabled = false;
        await opened.Database.OpenConnectionAsync();
        // with a write-ahead log NORMAL loses nothing when the process dies, and syncs only at checkpoints
        if (opened.Database.IsSqlite()) await opened.Database.ExecuteSqlRawAsync("PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 10000");
        return opened;
    }

    private async Task LetGo()
    {
        outbox.Release();
        if (db is null) return;
        var old = db;
        db = null;
        old.CollectInto(null);
        await old.DisposeAsync();
    }

    [LoggerMessage(LogLevel.Error, "A change failed alone and was dropped")]
    private partial void LogDropped(Exception e);

    [LoggerMessage(LogLevel.Error, "Events could not be stored; they are published, and lost should the process die before")]
    private partial void LogUnstored(Exception e);

    [LoggerMessage(LogLevel.Warning, "A change came after the writer had stopped and was dropped")]
    private partial void LogTooLate();
}
