using System.Collections.Concurrent;
using Tccc.Acd.Core;

namespace Tccc.Acd.Mailbox;

/// <summary>All agents and groups as they are now: written by the mailboxes, read by everybody without a lock.</summary>
internal sealed class Snapshots
{
    private readonly ConcurrentDictionary<AgentId, AgentView> agents = new();
    private readonly ConcurrentDictionary<GroupId, QueueView> queues = new();

    public AgentView? Of(AgentId agent) => agents.GetValueOrDefault(agent);

    public QueueView? Of(GroupId group) => queues.GetValueOrDefault(group);

    /// <summary>Told on the mailbox's thread when somebody came into a queue or left it.</summary>
    public event Action<GroupId>? QueueMoved;

    public void Show(Changes changes)
    {
        foreach (var (view, id, _) in changes.Agents)
        {
            if (view is null) agents.TryRemove(id, out _);
            else agents[id] = view;
        }
        foreach (var (id, view) in changes.Queues)
        {
            var moved = QueueMoved is not null && queues.GetValueOrDefault(id)?.Moves != view?.Moves;
            if (view is null) queues.TryRemove(id, out _);
            else queues[id] = view;
            if (moved) QueueMoved?.Invoke(id);
        }
    }
}
