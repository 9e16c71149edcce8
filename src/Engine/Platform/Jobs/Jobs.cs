using Hangfire;
using Hangfire.States;
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
/// Work for a moment that stands in a row: made anew for each look. The row is the truth, and life may have gone on since the look was
/// armed, so it finds out by itself whether anything is due. What it throws is logged, and it is tried again.
/// </summary>
public interface IRowJob
{
    /// <summary>Looks at the row and does what is due.</summary>
    /// <returns>How long until it has to look again: it came early, or the row says another moment by now. Null when the row needs no look
    /// any more.</returns>
    Task<TimeSpan?> Look(long row);
}

/// <summary>
/// Work that nobody waits for, over Hangfire in memory: what is repeated or retried, and what is due in a minute or later. Rows are the
/// truth: a job's arguments are ids of rows at most, its work looks at them, and whoever owns them arms it again at every start. It comes
/// up to a second early or late, and by the wall clock, as the moments in rows are; what must be precise is an <see cref="Alarm"/>.
/// </summary>
public sealed partial class Jobs
{
    private static readonly TimeSpan SoonAfterStart = TimeSpan.FromSeconds(5);

    /// <summary>One that has not come so long after its moment does not come: somebody deleted it on Hangfire's page.</summary>
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<(Type Job, long Row), Look> looks = [];
    private readonly BackgroundJobClient client;
    private readonly RecurringJobManager recurring;
    private readonly TimeProvider time;
    private readonly ILogger<Jobs> log;

    internal Jobs(JobStorage storage, TimeProvider time, ILogger<Jobs> log) =>
        (client, recurring, this.time, this.log) = (new(storage), new(storage), time, log);

    /// <summary>
    /// Has the row looked at when this time is over. There is one job for a row: an earlier moment moves it, and for a later one it stays
    /// as it is, since it finds out when it comes.
    /// </summary>
    public void Arm<TJob>(long row, TimeSpan wait) where TJob : class, IRowJob
    {
        var now = time.GetUtcNow();
        var at = now + wait;
        lock (gate)
        {
            if (!looks.TryGetValue((typeof(TJob), row), out var armed) || armed.At < now - Overdue)
                looks[(typeof(TJob), row)] = new(client.Schedule<RowRun<TJob>>(run => run.Once(row), wait), at);
            // one that can't be moved is coming this moment
            else if (at < armed.At && client.Reschedule(armed.Job, wait, ScheduledState.StateName))
                looks[(typeof(TJob), row)] = armed with { At = at };
        }
    }

    /// <summary>Does the work soon after the start, and then when <paramref name="cron"/> says.</summary>
    internal void Repeat<TJob>(string name, string cron) where TJob : class, IRepeatedJob
    {
        recurring.AddOrUpdate<JobRun<TJob>>(name, run => run.Once(), cron);
        client.Schedule<JobRun<TJob>>(run => run.Once(), SoonAfterStart);
    }

    /// <summary>It has come: who arms it from here on means another look.</summary>
    internal void Begin<TJob>(long row) where TJob : class, IRowJob
    {
        lock (gate) looks.Remove((typeof(TJob), row));
    }

    /// <summary>Hangfire keeps what went wrong for its page, and the log must have it too.</summary>
    [LoggerMessage(LogLevel.Error, "A job failed: {Name}")]
    internal partial void LogFailed(Exception e, string name);

    private sealed record Look(string Job, DateTimeOffset At);
}

/// <summary>One run of a job.</summary>
internal sealed class JobRun<TJob>(TJob job, Jobs jobs) where TJob : class, IRepeatedJob
{
    public async Task Once()
    {
        try
        {
            await job.Run();
        }
        catch (Exception e)
        {
            jobs.LogFailed(e, typeof(TJob).Name);
            throw;
        }
    }
}

/// <summary>One look at a row.</summary>
internal sealed class RowRun<TJob>(TJob job, Jobs jobs) where TJob : class, IRowJob
{
    public async Task Once(long row)
    {
        jobs.Begin<TJob>(row);
        try
        {
            if (await job.Look(row) is { } wait) jobs.Arm<TJob>(row, wait);
        }
        catch (Exception e)
        {
            jobs.LogFailed(e, typeof(TJob).Name);
            throw;
        }
    }
}
