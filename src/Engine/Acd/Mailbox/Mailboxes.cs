using System.Collections.Concurrent;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tccc.Acd.Core;
using Tccc.Acd.Rows;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Acd.Mailbox;

/// <summary>The centers' mailboxes: opened at start with what was stored, and when a center is made; closed at the end.</summary>
internal sealed class Mailboxes(
    Centers centers, IDbContextFactory<TcccDb> databases, Writer writer, Deadlines deadlines, IdSource ids, TimeProvider time,
    IHostApplicationLifetime life, ILogger<Mailboxes> log)
    : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<CenterId, CenterMailbox> open = new();
    private readonly SemaphoreSlim opening = new(1);

    public Snapshots Snapshots { get; } = new();

    /// <summary>Null when there is no such center.</summary>
    public CenterMailbox? Of(CenterId center) => open.GetValueOrDefault(center);

    /// <summary>The mailbox an agent belongs to; also of one who was removed and still talks.</summary>
    public CenterMailbox? Of(AgentId agent) =>
        Snapshots.Of(agent) is { } view ? Of(view.Center) : centers.Of(agent) is { } center ? Of(center.Id) : null;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var center in centers.All) await Changed(center.Id, cancellationToken);
        // who was online before a restart can come back only when the pages can be had again
        life.ApplicationStarted.Register(() =>
        {
            foreach (var mailbox in open.Values) Reachable(mailbox);
        });
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var mailbox in open.Values) await mailbox.Stop();
    }

    public void Dispose() => opening.Dispose();

    /// <summary>The directory of a center is not as it was.</summary>
    public async Task Changed(CenterId id, CancellationToken ct)
    {
        if (centers.Of(id) is not { } view) return;
        if (open.TryGetValue(id, out var known))
        {
            known.Post((dispatcher, now) => dispatcher.CenterChanged(now, SettingsOf.Center(view)));
            return;
        }
        await opening.WaitAsync(ct);
        try
        {
            if (open.ContainsKey(id)) return;
            var restored = await Restoring.Read(databases, id, TimeSpan.FromSeconds(view.Center.WrapUpSeconds), time.Now(), ct);
            var mailbox = open[id] = new(SettingsOf.Center(view), restored, new(Snapshots, writer, deadlines, ids, time, log));
            mailbox.Begin();
            if (life.ApplicationStarted.IsCancellationRequested) Reachable(mailbox);
        }
        finally
        {
            opening.Release();
        }
    }

    private static void Reachable(CenterMailbox mailbox) => mailbox.Post(static (dispatcher, now) => dispatcher.Reachable(now));
}

internal sealed class OnDirectoryChanged(Mailboxes mailboxes) : INotificationHandler<Occurred<DirectoryChanged>>
{
    public Task Handle(Occurred<DirectoryChanged> notification, CancellationToken cancellationToken) =>
        mailboxes.Changed(notification.Event.Center, cancellationToken);
}
