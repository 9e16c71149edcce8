namespace Tccc.Platform;

/// <summary>One change in the queue of <see cref="Writer"/>.</summary>
internal abstract class Unit
{
    public virtual IReadOnlyList<IEvent> Events => [];

    public abstract Task Apply(TcccDb db);

    /// <summary>Committed.</summary>
    public virtual void Complete()
    {
    }

    /// <summary>Rolled back; true when somebody was told, so that it need not be logged.</summary>
    public virtual bool Fail(Exception e) => false;
}

/// <summary>Fire and forget; shares a transaction with its neighbours.</summary>
/// <param name="change">Null when there are only events.</param>
internal sealed class Deferred(Action<TcccDb>? change, IReadOnlyList<IEvent> events) : Unit
{
    public override IReadOnlyList<IEvent> Events => events;

    public override Task Apply(TcccDb db)
    {
        change?.Invoke(db);
        return Task.CompletedTask;
    }
}

/// <summary>Awaited; has a transaction of its own, so that its caller's failure is nobody else's.</summary>
internal sealed class Awaited<T>(Func<TcccDb, Task<T>> change) : Unit
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

    public override bool Fail(Exception e) => e is Refused ? done.TrySetResult(result!) : done.TrySetException(e);

    private sealed class Refused : Exception;
}
