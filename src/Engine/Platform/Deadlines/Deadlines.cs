using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Tccc.Platform;

/// <summary>
/// Things that are due at a moment, over Quartz's memory store. A deadline that must survive a restart stands in the row of its owner,
/// who arms it again at start; architecture.md «Time enters once».
/// </summary>
public sealed partial class Deadlines : IAsyncDisposable
{
    /// <summary>How many may fire at the same moment; more wait for each other.</summary>
    private const int AtOnce = 32;

    private static readonly TimeSpan SoonAfterStart = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private const string Data = "armed";
    private static readonly JobKey Job = new("deadline");

    private readonly ConcurrentDictionary<string, Armed> armed = new();
    private readonly TimeProvider time;
    private readonly ILogger<Deadlines> log;
    private readonly Task<IScheduler> scheduler;
    private long versions;

    internal Deadlines(TimeProvider time, ILogger<Deadlines> log)
    {
        (this.time, this.log) = (time, log);
        scheduler = Begin();
    }

    /// <summary>How many wait.</summary>
    public int Count => armed.Count;

    /// <summary>
    /// Calls <paramref name="fire"/> once at that moment (at once when it is past), on a pool thread; it should only post to its owner.
    /// A key that is armed is armed anew. What it throws is logged.
    /// </summary>
    public void Arm(string key, DateTimeOffset at, Func<CancellationToken, Task> fire)
    {
        var mine = new Armed(this, key, Interlocked.Increment(ref versions), fire);
        if (armed.TryRemove(key, out var old)) Forget(old);
        armed[key] = mine;
        Watch(Schedule(mine, at));
    }

    /// <summary>Calls <paramref name="fire"/> soon after the start, and then every day: for what is tidied up.</summary>
    public void ArmDaily(string key, Func<CancellationToken, Task> fire) => ArmDaily(key, SoonAfterStart, fire);

    private void ArmDaily(string key, TimeSpan after, Func<CancellationToken, Task> fire) => Arm(key, time.GetUtcNow() + after, ct =>
    {
        ArmDaily(key, Day, fire);
        return fire(ct);
    });

    /// <summary>Nothing happens at that moment any more. One that is firing just now is not stopped: owners check what their state says.</summary>
    public void Disarm(string key)
    {
        if (armed.TryRemove(key, out var old)) Forget(old);
    }

    public async ValueTask DisposeAsync()
    {
        armed.Clear();
        await (await scheduler).Shutdown(false, CancellationToken.None);
    }

    private async Task<IScheduler> Begin()
    {
        var made = await QuartzSchedulerBuilder
            .Create(quartz => quartz.UseTimeProvider(time).UseDefaultThreadPool(pool => pool.MaxConcurrency = AtOnce))
            .BuildScheduler(CancellationToken.None);
        await made.AddJob(JobBuilder.Create<Firing>().WithIdentity(Job).StoreDurably().Build(), new AddJobOptions(), CancellationToken.None);
        await made.Start(CancellationToken.None);
        return made;
    }

    private async Task Schedule(Armed mine, DateTimeOffset at)
    {
        var now = time.GetUtcNow();
        var trigger = TriggerBuilder.Create(time).WithIdentity(mine.Trigger).ForJob(Job)
            .UsingJobData(new JobDataMap { [Data] = mine })
            .StartAt(at > now ? at : now)
            .Build();
        await (await scheduler).ScheduleJob(trigger, new ScheduleJobOptions(), CancellationToken.None);
    }

    private void Forget(Armed old) => Watch(Unschedule(old));

    private async Task Unschedule(Armed old) => await (await scheduler).UnscheduleJob(old.Trigger, CancellationToken.None);

    // scheduling in memory completes at once; a failure must still be seen
    private void Watch(Task work)
    {
        if (!work.IsCompletedSuccessfully) work.ContinueWith(failed => LogFailed(failed.Exception!, "scheduling"), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private async Task Fire(Armed due, CancellationToken ct)
    {
        if (!armed.TryRemove(KeyValuePair.Create(due.Key, due))) return;
        try
        {
            await due.Fire(ct);
        }
        catch (Exception e)
        {
            LogFailed(e, due.Key);
        }
    }

    [LoggerMessage(LogLevel.Error, "A deadline failed: {Key}")]
    private partial void LogFailed(Exception e, string key);

    /// <summary>One arming. Its trigger's name is never used again, so a late fire of an old one finds that it is not meant.</summary>
    private sealed record Armed(Deadlines Owner, string Key, long Version, Func<CancellationToken, Task> Fire)
    {
        public TriggerKey Trigger { get; } = new(Version.ToString(CultureInfo.InvariantCulture));
    }

    private sealed class Firing : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        {
            var due = (Armed)context.Trigger.JobDataMap[Data]!;
            await due.Owner.Fire(due, cancellationToken);
        }
    }
}
