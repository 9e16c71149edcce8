using Tccc.Acd.Core;

namespace Tccc.Acd.Mailbox;

/// <summary>One thing for a center's dispatcher to do.</summary>
internal abstract class Order
{
    public abstract void Do(Dispatcher dispatcher, Stamp now);

    /// <summary>Done, and everybody can see it: tell who waits.</summary>
    public virtual void Done()
    {
    }

    /// <summary>A bug: tell who waits.</summary>
    public virtual void Fail(Exception e)
    {
    }
}

internal sealed class Told(Action<Dispatcher, Stamp> order) : Order
{
    public override void Do(Dispatcher dispatcher, Stamp now) => order(dispatcher, now);
}

internal sealed class Asked<T>(Func<Dispatcher, Stamp, T> order) : Order
{
    private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T result = default!;

    public Task<T> Answer => answer.Task;

    public override void Do(Dispatcher dispatcher, Stamp now) => result = order(dispatcher, now);

    public override void Done() => answer.TrySetResult(result);

    public override void Fail(Exception e) => answer.TrySetException(e);
}
