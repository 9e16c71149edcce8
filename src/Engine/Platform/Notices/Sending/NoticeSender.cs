using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tccc.Platform;

/// <summary>Sends what is queued, a lane a kind, so that a slow mail server delays no code; and forgets what is old.</summary>
internal sealed class NoticeSender : BackgroundService
{
    /// <summary>How long the outbox page remembers a message.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromDays(90);

    /// <summary>No text is good for longer: a code is for five minutes.</summary>
    private static readonly TimeSpan LongestGood = TimeSpan.FromMinutes(10);

    private readonly IReadOnlyList<NoticeLane> lanes;
    private readonly Writer writer;
    private readonly TimeProvider time;
    private readonly EvenClock clock;

    public NoticeSender(
        NoticeSettings settings, IDbContextFactory<TcccDb> databases, Writer writer, Notices notices, Jobs jobs, TimeProvider time,
        EvenClock clock, ILogger<NoticeSender> log)
    {
        (this.writer, this.time, this.clock) = (writer, time, clock);
        lanes = [.. Adapters(settings, time)
            .Select(adapter => new NoticeLane(adapter, databases, writer, notices, settings, jobs, time, clock, log))];
    }

    public void Wake()
    {
        foreach (var lane in lanes) lane.Wake();
    }

    /// <summary>Looks at what servers before this one left, before anything new can come.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (lanes.Count > 0) await writer.Write(Remember);
        }
        catch (NotSavedException)
        {
            // what waits too long for a clock that was set back goes on waiting
        }
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(lanes.Select(lane => Task.Run(() => lane.Run(stoppingToken), CancellationToken.None)));

    /// <summary>
    /// After a restart no message waits longer than its gap or its claim lasts, though the clock was set back meanwhile, nor is good for
    /// longer.
    /// </summary>
    private async Task Remember(TcccDb db)
    {
        var now = clock.Now;
        for (var tries = 0; tries <= RetryTimes.Gaps.Count + 1; tries++)
        {
            var (tried, latest) = (tries, now + RetryTimes.Longest(tries));
            await db.Set<NoticeRow>().Where(n => n.State == NoticeState.Waiting && n.Tries == tried && n.Due > latest)
                .ExecuteUpdateAsync(set => set.SetProperty(n => n.Due, latest));
        }
        DateTimeOffset? end = now + LongestGood;
        await db.Set<NoticeRow>().Where(n => n.State == NoticeState.Waiting && n.ExpiresAt > end)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.ExpiresAt, end));
    }

    public override void Dispose()
    {
        foreach (var lane in lanes) lane.Dispose();
        base.Dispose();
    }

    internal Task Tidy()
    {
        var old = time.GetUtcNow() - Keep;
        return writer.Write(db => db.Set<NoticeRow>().Where(n => n.At < old && n.State != NoticeState.Waiting).ExecuteDeleteAsync());
    }

    private static IEnumerable<INoticeAdapter> Adapters(NoticeSettings settings, TimeProvider time)
    {
        if (settings.Mail is { } mail) yield return new SmtpAdapter(mail, time);
        if (settings.Webhook is { } webhook) yield return new WebhookAdapter(webhook, time);
        if (settings.Tencent is { } tencent) yield return new TencentAdapter(tencent, time);
    }
}

internal sealed class OnNoticeQueued(NoticeSender sender) : INotificationHandler<Occurred<NoticeQueued>>
{
    public Task Handle(Occurred<NoticeQueued> notification, CancellationToken cancellationToken)
    {
        sender.Wake();
        return Task.CompletedTask;
    }
}

/// <summary>Has the lanes look when a message is due that could not be sent, or that a server which is gone had claimed.</summary>
internal sealed class NoticeDue(NoticeSender sender, IDbContextFactory<TcccDb> databases, EvenClock clock) : IRowJob
{
    public async Task<TimeSpan?> Look(long row)
    {
        await using var db = await databases.CreateDbContextAsync();
        var due = await db.Set<NoticeRow>().Where(n => n.Id == row && n.State == NoticeState.Waiting).Select(n => (DateTimeOffset?)n.Due)
            .SingleOrDefaultAsync();
        if (due - clock.Now is { Ticks: > 0 } wait) return wait;
        if (due is not null) sender.Wake();
        return null;
    }
}

/// <summary>Has the outbox page forget what is too old.</summary>
internal sealed class NoticeTidying(NoticeSender sender) : IRepeatedJob
{
    public Task Run() => sender.Tidy();
}
