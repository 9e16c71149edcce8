using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Dashboard;
using Hangfire.InMemory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Tccc.Platform;

public static class JobsModule
{
    /// <summary>Has this work done soon after every start, and every day.</summary>
    public static IServiceCollection AddDailyJob<TJob>(this IServiceCollection services, string name) where TJob : class, IRepeatedJob =>
        services.AddTransient<TJob>().AddSingleton(new DailyJob(jobs => jobs.EveryDay<TJob>(name)));

    // not by AddHangfire, which keeps storage and activator in statics: two hosts of one process would do each other's jobs
    internal static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton<JobStorage>(static _ => new InMemoryStorage())
        .AddSingleton<JobActivator>(static provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()))
        .AddSingleton<IGlobalConfiguration>(GlobalConfiguration.Configuration)
        .AddSingleton(DashboardRoutes.Routes)
        .AddSingleton(static provider => new Jobs(provider.GetRequiredService<JobStorage>()))
        .AddHostedService<JobServer>();
}

internal sealed record DailyJob(Action<Jobs> Arm);

/// <summary>Does the jobs, from the host's start to its stop.</summary>
internal sealed class JobServer(JobStorage storage, JobActivator activator, Jobs jobs, IEnumerable<DailyJob> daily)
    : IHostedService, IDisposable
{
    /// <summary>Looking costs 5 ms of processor a second at 1 s, 19 at 0.2 s.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>What is under way when the server stops has this long to end; it is done again after the next start.</summary>
    private static readonly TimeSpan StopLasts = TimeSpan.FromSeconds(3);

    private const int AtOnce = 2;

    private BackgroundJobServer? server;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var job in daily) job.Arm(jobs);
        server = new(new BackgroundJobServerOptions
        {
            Activator = activator,
            WorkerCount = AtOnce,
            SchedulePollingInterval = LookEvery,
            StopTimeout = StopLasts,
            ShutdownTimeout = StopLasts,
        }, storage);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        server?.SendStop();
        return server?.WaitForShutdownAsync(cancellationToken) ?? Task.CompletedTask;
    }

    public void Dispose() => server?.Dispose();
}
