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

    public void Show(Changes changes)
    {
        foreach (var (view, id, _) in changes.Agents)
        {
            if (view is null) agents.TryRemove(id, out _);
            else agents[id] = view;
        }
        foreach (var (id, view) in changes.Queues)
        {
            if (view is null) queues.TryRemove(id, out _);
            else queues[id] = view;
        }
    }
}
