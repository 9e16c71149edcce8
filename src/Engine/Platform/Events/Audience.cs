using MediatR;

namespace Tccc.Platform;

/// <summary>
/// The handlers of one kind of passing event, made once and kept: a call raises a dozen of them, and to make a scope and handlers anew for
/// each costs more than what they do.
/// </summary>
internal abstract class Audience
{
    /// <summary>Tells all of them on this thread, whatever one of them throws.</summary>
    public abstract void Tell(IEvent happened, Action<Exception> failed);
}

internal sealed class Audience<T>(INotificationHandler<Occurred<T>>[] handlers) : Audience where T : IEvent
{
    public override void Tell(IEvent happened, Action<Exception> failed)
    {
        if (handlers.Length == 0) return;
        var told = new Occurred<T>((T)happened);
        foreach (var handler in handlers)
        {
            try
            {
                var handling = handler.Handle(told, CancellationToken.None);
                // one that waits all the same goes on by itself
                if (!handling.IsCompletedSuccessfully) _ = Watch(handling, failed);
            }
            catch (Exception e)
            {
                failed(e);
            }
        }
    }

    private static async Task Watch(Task handling, Action<Exception> failed)
    {
        try
        {
            await handling;
        }
        catch (Exception e)
        {
            failed(e);
        }
    }
}
