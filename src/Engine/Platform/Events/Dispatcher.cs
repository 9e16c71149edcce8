using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tccc.Platform;

/// <summary>
/// Publishes events to their handlers: committed ones in one loop, in the order of the commits, each in a scope of its own; passing ones at
/// once, to handlers that are made once. The queue is unbounded on purpose: handlers write through <see cref="Writer"/>, and a writer that
/// waited for them would wait for itself.
/// </summary>
internal sealed partial class Dispatcher(IServiceScopeFactory scopes, EventTypes types, TimeProvider time, ILogger<Dispatcher> log)
    : IAsyncDisposable
{
    /// <summary>A handler that takes longer is named in the log, because everybody behind it waits.</summary>
    internal static readonly TimeSpan SlowHandling = TimeSpan.FromSeconds(1);

    private static readonly Meter Meter = new("Tccc.Platform");

    private readonly ConcurrentDictionary<Type, Audience> audiences = new();
    private readonly Lazy<AsyncServiceScope> lasting = new(scopes.CreateAsyncScope);
    private readonly Channel<Stored> queue = Channel.CreateUnbounded<Stored>(new() { SingleReader = true });
    private Task loop = Task.CompletedTask;
    private long handledUpTo;
    private long posted;
    private long handled;

    /// <summary>Everything up to this id has been published to all its handlers.</summary>
    public long HandledUpTo => Volatile.Read(ref handledUpTo);

    /// <summary>Events committed and not yet published.</summary>
    public long Backlog => Volatile.Read(ref posted) - Volatile.Read(ref handled);

    public void Post(List<Stored> events)
    {
        Interlocked.Add(ref posted, events.Count);
        foreach (var stored in events) queue.Writer.TryWrite(stored);
    }

    /// <summary>Publishes an event that is not stored, on this thread.</summary>
    public void Tell(IPassingEvent happened)
    {
        try
        {
            AudienceOf(happened).Tell(happened, LogHandler);
        }
        // this one is of making the handlers
        catch (Exception e)
        {
            LogFailed(e, happened);
        }
    }

    public void Start()
    {
        Meter.CreateObservableGauge("tccc_outbox_backlog", () => Backlog, description: "Events committed and not yet handled by everybody");
        loop = Task.Run(Run);
    }

    /// <summary>
    /// Takes no more and returns when all has been published, or when time is up: what is left then comes again at the next start.
    /// </summary>
    public async Task Stop(CancellationToken ct)
    {
        queue.Writer.TryComplete();
        await loop.WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public ValueTask DisposeAsync() => lasting.IsValueCreated ? lasting.Value.DisposeAsync() : ValueTask.CompletedTask;

    private Audience AudienceOf(IPassingEvent happened) =>
        audiences.TryGetValue(happened.GetType(), out var known)
            ? known
            : audiences.GetOrAdd(happened.GetType(), types.AudienceOf(happened, lasting.Value.ServiceProvider));

    private async Task Run()
    {
        await foreach (var stored in queue.Reader.ReadAllAsync())
        {
            var began = time.GetTimestamp();
            await Publish(stored.Event);
            if (time.GetElapsedTime(began) > SlowHandling) LogSlow(stored.Event.GetType().Name, time.GetElapsedTime(began));
            if (stored.Id > handledUpTo) Volatile.Write(ref handledUpTo, stored.Id);
            Interlocked.Increment(ref handled);
        }
    }

    private async Task Publish(IEvent happened)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IMediator>().Publish(types.Wrap(happened));
        }
        // a handler's own exception ends in Mediator; this one is of making the scope or the handlers
        catch (Exception e)
        {
            LogFailed(e, happened);
        }
    }

    [LoggerMessage(LogLevel.Error, "An event could not be published: {Event}")]
    private partial void LogFailed(Exception e, IEvent @event);

    [LoggerMessage(LogLevel.Error, "A handler of an event failed")]
    private partial void LogHandler(Exception e);

    [LoggerMessage(LogLevel.Warning, "The handlers of {Event} took {Elapsed}; everything behind it waited")]
    private partial void LogSlow(string @event, TimeSpan elapsed);
}
