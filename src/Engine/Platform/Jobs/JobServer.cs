using Hangfire;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tccc.Platform;

internal sealed record RepeatedJob(string Name, Action<Jobs> Arm);

/// <summary>
/// Does the jobs, from when the host has started to its stop. Whoever calls need not wait for it: what can't be armed is said in the log
/// and tried again.
/// </summary>
internal sealed partial class JobServer(
    JobStorage storage,
    JobActivator activator,
    Jobs jobs,
    IEnumerable<RepeatedJob> repeated,
    IHostApplicationLifetime life,
    TimeProvider time,
    ILogger<JobServer> log)
    : BackgroundService
{
    internal static readonly TimeSpan ArmAgain = TimeSpan.FromMinutes(1);

    /// <summary>Looking costs 5 ms of processor a second at 1 s, 19 at 0.2 s.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>What is under way when the server stops has this long to end; it is done again after the next start.</summary>
    private static readonly TimeSpan StopLasts = TimeSpan.FromSeconds(3);

    private const int AtOnce = 2;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await Started(stoppingToken)) return;
        using var server = new BackgroundJobServer(new BackgroundJobServerOptions
        {
            Activator = activator,
            WorkerCount = AtOnce,
            SchedulePollingInterval = LookEvery,
            StopTimeout = StopLasts,
            ShutdownTimeout = StopLasts,
        }, storage);
        await using var stop = stoppingToken.Register(server.SendStop);
        await Task.WhenAll(repeated.Select(job => Arm(job, stoppingToken)));
        await server.WaitForShutdownAsync(CancellationToken.None);
    }

    /// <summary>
    /// False when the host stops before. One whose start fails waits for none of its services: a server of Hangfire's that was still ending
    /// then met the process's exit, and the process was aborted in place of ending with code 1.
    /// </summary>
    private async Task<bool> Started(CancellationToken stop)
    {
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var yes = life.ApplicationStarted.Register(() => started.TrySetResult(true));
        await using var no = stop.Register(() => started.TrySetResult(false));
        return await started.Task;
    }

    private async Task Arm(RepeatedJob job, CancellationToken stop)
    {
        using var pause = new PeriodicTimer(ArmAgain, time);
        while (true)
        {
            try
            {
                job.Arm(jobs);
                return;
            }
            catch (Exception e)
            {
                LogNotArmed(e, job.Name);
            }
            await pause.WaitForNextTickAsync(stop);
        }
    }

    [LoggerMessage(LogLevel.Error, "A job could not be armed: {Name}. It is tried again in a minute")]
    private partial void LogNotArmed(Exception e, string name);
}
