using Hangfire;
using Microsoft.Extensions.Logging;

namespace Tccc.Platform;

/// <summary>
/// Work that is done again and again: made anew for each run with what it asks for. What it throws is logged, and it is tried again.
/// </summary>
public interface IRepeatedJob
{
    Task Run();
}

/// <summary>
/// Work that nobody waits for, over Hangfire in memory: what is repeated or retried, and what is due in a minute or later. Rows are the
/// truth: a job's arguments are ids of rows at most, its work looks at them, and whoever owns them arms it again at every start. It comes
/// up to a second early or late; what must be precise is an <see cref="Alarm"/>.
/// </summary>
public sealed class Jobs
{
    private static readonly TimeSpan SoonAfterStart = TimeSpan.FromSeconds(5);

    /// <summary>The hour of UTC in which nobody in China works: three in the morning.</summary>
    private const int QuietHour = 19;

    private readonly BackgroundJobClient client;
    private readonly RecurringJobManager recurring;

    internal Jobs(JobStorage storage) => (client, recurring) = (new(storage), new(storage));

    /// <summary>Does the work soon after the start, and then every day.</summary>
    internal void EveryDay<TJob>(string name) where TJob : class, IRepeatedJob
    {
        recurring.AddOrUpdate<JobRun<TJob>>(name, run => run.Once(), Cron.Daily(QuietHour));
        client.Schedule<JobRun<TJob>>(run => run.Once(), SoonAfterStart);
    }
}

/// <summary>One run of a job: Hangfire keeps what went wrong for its page, and the log must have it too.</summary>
internal sealed partial class JobRun<TJob>(TJob job, ILogger<Jobs> log) where TJob : class, IRepeatedJob
{
    public async Task Once()
    {
        try
        {
            await job.Run();
        }
        catch (Exception e)
        {
            LogFailed(e, typeof(TJob).Name);
            throw;
        }
    }

    [LoggerMessage(LogLevel.Error, "A job failed: {Name}")]
    private partial void LogFailed(Exception e, string name);
}
