using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Dashboard;
using Hangfire.InMemory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tccc.Platform;

public static class JobsModule
{
    /// <summary>The hour of UTC in which nobody in China works: three in the morning.</summary>
    private const int QuietHour = 19;

    /// <summary>Has this work done soon after every start, and every day.</summary>
    public static IServiceCollection AddDailyJob<TJob>(this IServiceCollection services, string name) where TJob : class, IRepeatedJob =>
        services.AddRepeatedJob<TJob>(name, Cron.Daily(QuietHour));

    /// <summary>Has this work done soon after every start, and every hour.</summary>
    public static IServiceCollection AddHourlyJob<TJob>(this IServiceCollection services, string name) where TJob : class, IRepeatedJob =>
        services.AddRepeatedJob<TJob>(name, Cron.Hourly());

    // not by AddHangfire, which keeps storage and activator in statics: two hosts of one process would do each other's jobs
    internal static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton<JobStorage>(static _ => new InMemoryStorage())
        .AddSingleton<JobActivator>(static provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()))
        .AddSingleton<IGlobalConfiguration>(GlobalConfiguration.Configuration)
        .AddSingleton(DashboardRoutes.Routes)
        .AddSingleton(static provider => new Jobs(
            provider.GetRequiredService<JobStorage>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Jobs>>()))
        .AddHostedService<JobServer>();

    private static IServiceCollection AddRepeatedJob<TJob>(this IServiceCollection services, string name, string cron)
        where TJob : class, IRepeatedJob =>
        services.AddTransient<TJob>().AddSingleton(new RepeatedJob(name, jobs => jobs.Repeat<TJob>(name, cron)));
}
