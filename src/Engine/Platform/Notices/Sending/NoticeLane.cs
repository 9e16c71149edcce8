using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Tccc.Platform;

/// <summary>
/// Sends the messages of one kind, a few at a time. A message is claimed before it is sent: its row says that nobody else need look at it
/// for <see cref="ClaimLasts"/>, so a process that dies leaves it to be sent later.
/// </summary>
internal sealed partial class NoticeLane(
    INoticeAdapter adapter, IDbContextFactory<TcccDb> databases, Writer writer, Notices notices, NoticeSettings settings, Jobs jobs,
    TimeProvider time, EvenClock clock, ILogger log) : IDisposable
{
    /// <summary>How many are under way at once.</summary>
    internal const int AtOnce = 4;

    /// <summary>How long one try may take.</summary>
    internal static readonly TimeSpan TryLasts = TimeSpan.FromSeconds(15);

    internal static readonly TimeSpan ClaimLasts = TimeSpan.FromMinutes(2);

    /// <summary>What is under way when the server stops has this long to end.</summary>
    internal static readonly TimeSpan StopLasts = TimeSpan.FromSeconds(3);

    /// <summary>A job comes by the wall clock, which may be set back meanwhile: so often the lane looks by itself.</summary>
    internal static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    /// <summary>The database has trouble, and no job could be armed.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    private static readonly Meter Meter = new("Tccc.Platform");
    private static readonly Counter<long> Sent = Meter.CreateCounter<long>("tccc_notices_sent", description: "Mails and SMS handed over");
    private static readonly Counter<long> Failed =
        Meter.CreateCounter<long>("tccc_notices_failed_tries", description: "Tries to send a mail or an SMS that did not succeed");
    private static readonly Counter<long> GivenUp =
        Meter.CreateCounter<long>("tccc_notices_given_up", description: "Mails and SMS that nobody tries any more");

    private readonly ConcurrentDictionary<long, NoticeRow> underWay = new();
    private readonly SemaphoreSlim slots = new(AtOnce);
    private readonly SemaphoreSlim calls = new(0);

    public NoticeKind Kind => adapter.Kind;

    /// <summary>Something new is there.</summary>
    public void Wake()
    {
        if (calls.CurrentCount == 0) calls.Release();
    }

    /// <summary>Until <paramref name="stop"/>; returns when what is under way has ended.</summary>
    public async Task Run(CancellationToken stop)
    {
        using var abort = new CancellationTokenSource();
        await using var last = stop.Register(() => abort.CancelAfter(StopLasts));
        try
        {
            while (true)
            {
                await slots.WaitAsync(stop);
                if (await Claimed() is { } row)
                {
                    underWay[row.Id] = row;
                    _ = Task.Run(() => Finish(row, abort.Token), CancellationToken.None);
                    continue;
                }
                slots.Release();
                await Pause(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // a slot is held only by what is under way
        }
        for (var i = 0; i < AtOnce; i++) await slots.WaitAsync(CancellationToken.None);
    }

    public void Dispose()
    {
        slots.Dispose();
        calls.Dispose();
        (adapter as IDisposable)?.Dispose();
    }

    private async Task<NoticeRow?> Claimed()
    {
        try
        {
            return await Claim();
        }
        catch (Exception e)
        {
            // the database is away; the messages are in it
            LogTrouble(e, Kind);
            return null;
        }
    }

    /// <summary>The oldest message that is due, now ours; null when none is.</summary>
    private async Task<NoticeRow?> Claim()
    {
        while (true)
        {
            NoticeRow? row;
            var now = clock.Now;
            await using (var db = await databases.CreateDbContextAsync())
                row = await Waiting(db).Where(n => n.Due <= now).OrderBy(n => n.Due).FirstOrDefaultAsync();
            if (row is null) return null;
            if (row.ExpiresAt <= now)
            {
                await GiveUp(row, new(NoticeFault.Expired, null), row.Due);
                continue;
            }
            var mine = await writer.Write(db => Waiting(db).Where(n => n.Id == row.Id && n.Due == row.Due)
                .ExecuteUpdateAsync(set => set.SetProperty(n => n.Due, now + ClaimLasts).SetProperty(n => n.Tries, n => n.Tries + 1)));
            if (mine == 0) continue;
            (row.Due, row.Tries) = (now + ClaimLasts, row.Tries + 1);
            return row;
        }
    }

    /// <summary>Until something new is there, or what waits is due.</summary>
    private async Task Pause(CancellationToken stop)
    {
        await using var alarm = time.CreateTimer(
            static lane => ((NoticeLane)lane!).Wake(), this, await NextIsArmed() ? LookEvery : LookAgain, Timeout.InfiniteTimeSpan);
        await calls.WaitAsync(stop);
    }

    /// <summary>A job looks at the message that is due next, whoever left it: this server or one before it.</summary>
    private async Task<bool> NextIsArmed()
    {
        try
        {
            var claimed = underWay.Keys.ToArray();
            await using var db = await databases.CreateDbContextAsync();
            var next = await Waiting(db).Where(n => !claimed.Contains(n.Id)).OrderBy(n => n.Due).Select(n => new { n.Id, n.Due })
                .FirstOrDefaultAsync();
            if (next is not null) jobs.Arm<NoticeDue>(next.Id, next.Due - clock.Now);
            return true;
        }
        catch (Exception e)
        {
            LogTrouble(e, Kind);
            return false;
        }
    }

    private async Task Finish(NoticeRow row, CancellationToken abort)
    {
        try
        {
            await Send(row, abort);
        }
        catch (Exception e)
        {
            // how it went could not be stored: when the claim is over it is tried again
            LogTrouble(e, Kind);
        }
        finally
        {
            underWay.TryRemove(row.Id, out _);
            // it may have to be tried again
            Wake();
            slots.Release();
        }
    }

    private async Task Send(NoticeRow row, CancellationToken abort)
    {
        var secret = notices.SecretOf(row);
        if (secret is null && row.ProtectedSecret is not null)
        {
            await GiveUp(row, new(NoticeFault.SecretLost, null), row.Due);
            return;
        }
        var failure = await Try(row, secret, abort);
        if (failure is null)
        {
            var now = time.GetUtcNow();
            Sent.Add(1, KeyValuePair.Create<string, object?>("kind", Kind));
            LogSent(Kind, row.Id, row.Tries);
            await Store(row, row.Due, set => set.SetProperty(n => n.State, NoticeState.Sent).SetProperty(n => n.SentAt, now)
                .SetProperty(n => n.Fault, (NoticeFault?)null).SetProperty(n => n.Detail, (string?)null)
                .SetProperty(n => n.ProtectedSecret, n => settings.ShowSecrets ? n.ProtectedSecret : null));
            return;
        }
        if (abort.IsCancellationRequested)
        {
            await Store(row, row.Due, set => set.SetProperty(n => n.Due, clock.Now).SetProperty(n => n.Tries, row.Tries - 1));
            return;
        }
        Failed.Add(1, KeyValuePair.Create<string, object?>("kind", Kind), KeyValuePair.Create<string, object?>("fault", failure.Fault));
        failure = failure with { Detail = Tell(failure.Detail, secret) };
        LogFailed(Kind, row.Id, row.Tries, failure.Fault, failure.Detail);
        if (failure.ForGood || RetryTimes.Next(row.Tries, clock.Now, row.ExpiresAt) is not { } next) await GiveUp(row, failure, row.Due);
        else await Store(
            row, row.Due,
            set => set.SetProperty(n => n.Due, next).SetProperty(n => n.Fault, failure.Fault).SetProperty(n => n.Detail, failure.Detail));
    }

    private async Task<Failure?> Try(NoticeRow row, string? secret, CancellationToken abort)
    {
        var values = JsonSerializer.Deserialize<string[]>(row.Values)!;
        using var late = new CancellationTokenSource(TryLasts, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(abort, late.Token);
        try
        {
            return await adapter.Send(
                new(row.Id, row.To, row.Language, row.Text, secret is null ? values : [.. values, secret], notices.Letter(row, secret)),
                limit.Token);
        }
        catch (OperationCanceledException)
        {
            return new(NoticeFault.TimedOut, null);
        }
        catch (Exception e)
        {
            LogTrouble(e, Kind);
            return new(NoticeFault.Unreachable, e.Message);
        }
    }

    private async Task GiveUp(NoticeRow row, Failure failure, DateTimeOffset due)
    {
        GivenUp.Add(1, KeyValuePair.Create<string, object?>("kind", Kind), KeyValuePair.Create<string, object?>("fault", failure.Fault));
        LogGivenUp(Kind, row.Id, failure.Fault);
        // what can still be tried by hand needs its secret
        var forget = failure.Fault == NoticeFault.Expired && !settings.ShowSecrets;
        await Store(
            row, due,
            set => set.SetProperty(n => n.State, NoticeState.Failed).SetProperty(n => n.Fault, failure.Fault)
                .SetProperty(n => n.Detail, failure.Detail)
            .SetProperty(n => n.ProtectedSecret, n => forget ? null : n.ProtectedSecret));
    }

    /// <summary>Only while the row is as this try left it.</summary>
    private Task<int> Store(
        NoticeRow row, DateTimeOffset due, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<NoticeRow>> set) =>
        writer.Write(db => Waiting(db).Where(n => n.Id == row.Id && n.Due == due).ExecuteUpdateAsync(set));

    private IQueryable<NoticeRow> Waiting(TcccDb db) =>
        db.Set<NoticeRow>().Where(n => n.State == NoticeState.Waiting && n.Kind == adapter.Kind);

    /// <summary>What the other side said, on one line; some repeat what they were given.</summary>
    private static string? Tell(string? said, string? secret)
    {
        if (said is null) return null;
        if (!string.IsNullOrEmpty(secret)) said = said.Replace(secret, Wording.Hidden, StringComparison.Ordinal);
        said = string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return said.Length > NoticeRow.LongestDetail ? said[..(NoticeRow.LongestDetail - 1)] + "…" : said;
    }

    [LoggerMessage(LogLevel.Information, "{Kind} {Id} was sent at try {Tries}")]
    private partial void LogSent(NoticeKind kind, long id, int tries);

    [LoggerMessage(LogLevel.Warning, "{Kind} {Id} was not sent at try {Tries}: {Fault} {Detail}")]
    private partial void LogFailed(NoticeKind kind, long id, int tries, NoticeFault fault, string? detail);

    [LoggerMessage(LogLevel.Error, "{Kind} {Id} is given up: {Fault}")]
    private partial void LogGivenUp(NoticeKind kind, long id, NoticeFault fault);

    [LoggerMessage(LogLevel.Error, "Sending of {Kind} has trouble of its own")]
    private partial void LogTrouble(Exception e, NoticeKind kind);
}
