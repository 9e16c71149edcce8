using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tccc.Platform;

/// <summary>
/// First up and last down. Before anything starts: PostgreSQL is taken (the data folder was at once), the schema is brought up to date,
/// ids begin after the highest there is, and the writer runs. After everything has started: events, left-over ones first. After everything
/// has stopped: events, then the writer's queue.
/// </summary>
internal sealed partial class Lifecycle(IServiceProvider services) : IHostedLifecycleService
{
    private readonly Lock gate = new();
    private Task? stopped;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (services.GetRequiredService<DataFolder>().Wide is { Count: > 0 } wide)
            LogWide(services.GetRequiredService<ILogger<Lifecycle>>(), string.Join(", ", wide.Take(10)));
        if (services.GetService<PostgresHold>() is { } hold) await hold.Begin(cancellationToken);
        var outbox = services.GetRequiredService<Outbox>();
        await using (var db = await services.GetRequiredService<IDbContextFactory<TcccDb>>().CreateDbContextAsync(cancellationToken))
        {
            await Database.Migrate(db, cancellationToken);
            services.GetRequiredService<IdSource>().After(await Database.HighestId(db, cancellationToken));
            services.GetRequiredService<Dispatcher>().Post(await outbox.LeftOvers(db, cancellationToken));
        }
        services.GetRequiredService<Writer>().Start();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<Dispatcher>().Start();
        // streams never end by themselves, and the web server waits for what is open
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(
            services.GetRequiredService<WorkbenchStreams>().EndAll);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Once, however many stop the host: whoever comes second waits for the first.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        lock (gate) return stopped ??= Stop(cancellationToken);
    }

    private async Task Stop(CancellationToken cancellationToken)
    {
        var writer = services.GetRequiredService<Writer>();
        try
        {
            await writer.Flush();
        }
        catch (NotSavedException)
        {
            // the writer itself goes on trying for a while, and says what is lost in the end
        }
        await services.GetRequiredService<Dispatcher>().Stop(cancellationToken);
        await writer.Stop();
        if (services.GetService<PostgresHold>() is { } hold) await hold.DisposeAsync();
        services.GetRequiredService<DataFolder>().Dispose();
    }

    [LoggerMessage(LogLevel.Warning, "Others on this machine may read what is not this user's to change: {Paths}")]
    private static partial void LogWide(ILogger log, string paths);
}
