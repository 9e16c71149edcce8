using MediatR;
using Microsoft.Extensions.Hosting;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Dial;

/// <summary>
/// Somebody came into a queue or left it: the members' pages are told, but a busy queue tells them no more than twice a second. A move
/// costs the dispatcher a note in a set; a call that is answered at once moves no queue.
/// </summary>
internal sealed class WaitingMoves(Dispatch dispatch, Centers centers, WorkbenchStreams streams, TimeProvider time)
    : IHostedService, IDisposable
{
    internal static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>What follows one event comes together.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(20);

    private readonly Lock gate = new();
    private HashSet<GroupId> moved = [];
    private ITimer? timer;
    private bool running;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        timer = time.CreateTimer(_ => Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        dispatch.QueueMoved += Note;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        dispatch.QueueMoved -= Note;
        return Task.CompletedTask;
    }

    public void Dispose() => timer?.Dispose();

    private void Note(GroupId group)
    {
        lock (gate)
        {
            moved.Add(group);
            if (running) return;
            running = true;
        }
        timer!.Change(AtOnce, Timeout.InfiniteTimeSpan);
    }

    private void Tell()
    {
        HashSet<GroupId> told;
        lock (gate)
        {
            running = moved.Count > 0;
            if (!running) return;
            (told, moved) = (moved, []);
        }
        foreach (var agent in told.SelectMany(group => centers.Group(group)?.Members ?? []).Select(static m => m.Agent).Distinct())
            streams.Refresh(agent, WaitingCountFragment.Id);
        timer!.Change(Pause, Timeout.InfiniteTimeSpan);
    }
}

/// <summary>Who is in which group may have changed, and with it who sees whom wait, and what may come.</summary>
internal sealed class OnDirectoryChanged(WorkbenchStreams streams) : INotificationHandler<Occurred<DirectoryChanged>>
{
    public Task Handle(Occurred<DirectoryChanged> notification, CancellationToken cancellationToken)
    {
        streams.RefreshCenter(notification.Event.Center, WaitingCountFragment.Id);
        streams.RefreshCenter(notification.Event.Center, MiddleEmptyFragment.Id);
        return Task.CompletedTask;
    }
}
