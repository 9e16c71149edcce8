using Tccc.Acd.Core;

namespace Tccc.Acd.Mailbox;

/// <summary>One thing for a center's dispatcher to do.</summary>
internal abstract class Order
{
    public abstract void Do(Dispatcher dispatcher, DateTimeOffset now);

    /// <summary>Done, and everybody can see it: tell who waits.</summary>
    public virtual void Done()
    {
    }

    /// <summary>A bug: tell who waits.</summary>
    public virtual void Fail(Exception e)
    {
    }
}

internal sealed class Told(Action<Dispatcher, DateTimeOffset> order) : Order
{
    public override void Do(Dispatcher dispatcher, DateTimeOffset now) => order(dispatcher, now);
}

internal sealed class Asked<T>(Func<Dispatcher, DateTimeOffset, T> order) : Order
{
    private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T result = default!;

    public Task<T> Answer => answer.Task;

    public override void Do(Dispatcher dispatcher, DateTimeOffset now) => result = order(dispatcher, now);

    public override void Done() => answer.TrySetResult(result);

    public override void Fail(Exception e) => answer.TrySetException(e);
}
