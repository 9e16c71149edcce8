namespace Tccc.Platform;

/// <summary>One change in the queue of <see cref="Writer"/>.</summary>
internal abstract class Unit
{
    public virtual IReadOnlyList<IEvent> Events => [];

    /// <summary>What it holds in memory while it waits, estimated.</summary>
    public virtual int Bytes => 0;

    /// <summary>Begins a commit as soon as the writer is idle; others leave with the next one that begins.</summary>
    public abstract bool Now { get; }

    public abstract Task Apply(TcccDb db);

    /// <summary>Committed.</summary>
    public virtual void Complete()
    {
    }

    /// <summary>Rolled back; true when somebody was told, so that it need not be logged.</summary>
    public virtual bool Fail(Exception e) => false;
}

/// <summary>Fire and forget; shares a transaction with its neighbours, and waits for as long as the database can't be written.</summary>
/// <param name="change">Null when there are only events.</param>
/// <param name="stored">Called after the commit, on the writer's thread, when somebody waits for it: then it is not left waiting for others
/// either.</param>
internal sealed class Deferred(Action<TcccDb>? change, IReadOnlyList<IEvent> events, int bytes = 0, Action? stored = null) : Unit
{
    public override IReadOnlyList<IEvent> Events => events;

    public override int Bytes => bytes;

    public override bool Now => stored is not null;

    public override Task Apply(TcccDb db)
    {
        change?.Invoke(db);
        return Task.CompletedTask;
    }

    public override void Complete() => stored?.Invoke();

    /// <summary>There is no change in it, only events.</summary>
    public bool IsBare => change is null;

    /// <summary>Without the change, which failed by its own fault.</summary>
    public Deferred OnlyEvents() => new(null, events, bytes);
}

/// <summary>
/// Awaited; has a transaction of its own, so that its caller's failure is nobody else's, and does not wait for a database that can't be
/// written.
/// </summary>
internal abstract class Awaited : Unit
{
    private int claimed;

    public override bool Now => true;

    /// <summary>
    /// True for whoever comes first: the writer, who begins with it and will answer, or its caller, who waits no more. So nothing is stored
    /// of which somebody was told that it was not.
    /// </summary>
    public bool Claim() => Interlocked.Exchange(ref claimed, 1) == 0;
}

/// <inheritdoc/>
internal sealed class Awaited<T>(Func<TcccDb, Task<T>> change) : Awaited
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    public Task<T> Done => done.Task;

    public override async Task Apply(TcccDb db)
    {
        result = await change(db);
        // an error says that nothing was done; so nothing is stored, whatever was changed before it was noticed
        if (result is IOutcome { Error: not null }) throw new Refused();
    }

    public override void Complete() => done.TrySetResult(result!);

    public override bool Fail(Exception e)
    {
        if (e is Refused) done.TrySetResult(result!);
        else done.TrySetException(e);
        return true;
    }

    private sealed class Refused : Exception;
}
