using System.Collections.Concurrent;
using Hangfire;
using Hangfire.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Tccc.Platform.Tests;

/// <summary>Work that is repeated, and looks at rows when they are due, over Hangfire as the server runs it.</summary>
public sealed class JobTests
{
    [Fact]
    public async Task Each_kind_is_done_soon_after_the_start_and_stands_in_the_plan()
    {
        await using var host = await Start(services => services.AddDailyJob<Daily>("daily").AddHourlyJob<Hourly>("hourly"));
        await TestHost.Until(() => host.Get<Runs>().Count == 2, "both are done");
        using var storage = host.Get<JobStorage>().GetConnection();
        Assert.Equal(
            ["daily 0 19 * * *", "hourly 0 * * * *"],
            storage.GetRecurringJobs().Where(j => j.Id.EndsWith("ly", StringComparison.Ordinal)).Select(j => $"{j.Id} {j.Cron}").Order());
    }

    [Fact]
    public async Task The_server_starts_without_a_job_that_can_not_be_armed_and_tries_again()
    {
        var time = new ManualTime();
        var tries = 0;
        await using var host =
            await Start(services => services.AddSingleton<TimeProvider>(time).AddSingleton(new RepeatedJob("stubborn", _ =>
            {
                if (Interlocked.Increment(ref tries) == 1) throw new TimeoutException("not now");
            })));
        await TestHost.Until(
            () => host.Log.All.Any(line => line.Contains("could not be armed: stubborn", StringComparison.Ordinal)), "it is said");
        await TestHost.Until(() =>
        {
            time.Advance(JobServer.ArmAgain);
            return Volatile.Read(ref tries) == 2;
        }, "it is armed");
    }

    [Fact]
    public async Task Nothing_begins_in_a_host_that_may_still_fail_to_start()
    {
        var seen = new TaskCompletionSource<bool>();
        await using var host = await Start(services => services.AddSingleton(all => new RepeatedJob("first", _ =>
            seen.SetResult(all.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested))));
        Assert.True(await seen.Task.WaitAsync(TestHost.Patience));
    }

    [Fact]
    public async Task A_row_is_looked_at_when_it_is_due_and_again_when_it_says_so()
    {
        await using var host = await Start();
        var rows = host.Get<Rows>();
        rows.Say(7, TimeSpan.FromMilliseconds(10), null);
        host.Get<Jobs>().Arm<Looking>(7, TimeSpan.Zero);
        await TestHost.Until(() => rows.LooksAt(7) == 2, "two looks");
        Assert.Equal(0, Standing(host));
    }

    [Fact]
    public async Task One_job_stands_for_a_row_whatever_is_armed_and_only_an_earlier_moment_moves_it()
    {
        await using var host = await Start();
        var (jobs, rows) = (host.Get<Jobs>(), host.Get<Rows>());
        jobs.Arm<Looking>(7, TimeSpan.FromHours(2));
        jobs.Arm<Looking>(7, TimeSpan.FromHours(3));
        jobs.Arm<Looking>(8, TimeSpan.FromHours(3));
        jobs.Arm<Looking>(7, TimeSpan.FromHours(1));
        Assert.Equal(2, Standing(host));
        jobs.Arm<Looking>(7, TimeSpan.Zero);
        await TestHost.Until(() => rows.LooksAt(7) == 1, "the look");
        Assert.Equal(0, rows.LooksAt(8));
        // the row needs no look any more; who arms it now begins anew
        await TestHost.Until(() => Standing(host) == 1, "the other row's");
        jobs.Arm<Looking>(7, TimeSpan.FromHours(1));
        Assert.Equal(2, Standing(host));
    }

    [Fact]
    public async Task A_look_that_fails_is_logged_and_comes_again()
    {
        await using var host = await Start();
        var rows = host.Get<Rows>();
        host.Get<Jobs>().Arm<Looking>(Rows.Broken, TimeSpan.Zero);
        await TestHost.Until(
            () => host.Log.All.Any(line => line.Contains("A job failed: Looking", StringComparison.Ordinal)), "it is said");
        await TestHost.Until(() => host.Get<JobStorage>().GetMonitoringApi().ScheduledJobs(0, 10).Count == 1, "it is tried again");
        Assert.Equal(1, rows.LooksAt(Rows.Broken));
    }

    private static Task<TestHost> Start(Action<IServiceCollection>? with = null) => TestHost.Start(builder =>
    {
        builder.Services.AddSingleton<Runs>().AddSingleton<Rows>().AddTransient<Looking>();
        with?.Invoke(builder.Services);
    });

    /// <summary>How many looks at rows are to come.</summary>
    private static int Standing(TestHost host) =>
        host.Get<JobStorage>().GetMonitoringApi().ScheduledJobs(0, 100).Count(job => job.Value.Job?.Type == typeof(RowRun<Looking>));

    private sealed class Runs : ConcurrentBag<Type>;

    private sealed class Daily(Runs runs) : IRepeatedJob
    {
        public Task Run()
        {
            runs.Add(typeof(Daily));
            return Task.CompletedTask;
        }
    }

    private sealed class Hourly(Runs runs) : IRepeatedJob
    {
        public Task Run()
        {
            runs.Add(typeof(Hourly));
            return Task.CompletedTask;
        }
    }

    /// <summary>What the rows say, and how often they were looked at.</summary>
    private sealed class Rows
    {
        public const long Broken = 13;

        private readonly ConcurrentDictionary<long, int> looks = new();
        private readonly ConcurrentDictionary<long, TimeSpan?[]> answers = new();

        public void Say(long row, params TimeSpan?[] answer) => answers[row] = answer;

        public int LooksAt(long row) => looks.GetValueOrDefault(row);

        public TimeSpan? Look(long row)
        {
            var look = looks.AddOrUpdate(row, 1, static (_, count) => count + 1);
            return row == Broken ? throw new InvalidOperationException("broken") : answers.GetValueOrDefault(row)?[look - 1];
        }
    }

    private sealed class Looking(Rows rows) : IRowJob
    {
        public Task<TimeSpan?> Look(long row) => Task.FromResult(rows.Look(row));
    }
}
