using MediatR;
using Microsoft.Extensions.Logging;

namespace Tccc.Platform;

/// <summary>MediatR whose notification handlers don't share their misfortunes: each runs, whatever the one before it threw.</summary>
internal sealed partial class IsolatingMediator(ServiceFactory services, ILogger<IsolatingMediator> log) : Mediator(services)
{
    protected override async Task PublishCore(IEnumerable<Task> allHandlers)
    {
        // moving on calls the next handler, so a handler that throws before its first await throws here
        using var handlers = allHandlers.GetEnumerator();
        while (true)
        {
            try
            {
                if (!handlers.MoveNext()) return;
                await handlers.Current;
            }
            catch (Exception e)
            {
                LogFailed(e);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "A handler of an event failed")]
    private partial void LogFailed(Exception e);
}
