using System.Collections.Immutable;

namespace Tccc.Acd.Core;

/// <summary>The customer's last agent; product.md §4 «the same caller within 24 h».</summary>
internal readonly record struct LastServed(string Customer, AgentId Agent, Stamp At);

/// <summary>What the database knows of an agent.</summary>
internal readonly record struct RestoredAgent(AgentId Id, Facts Facts, Shown Shown);

/// <summary>What one agent looks like after some orders, and the facts to store when they changed.</summary>
internal readonly record struct AgentChange(AgentView? View, AgentId Id, Facts? Store);

/// <summary>Why each agent was or was not asked, of a contact that left the dispatcher.</summary>
internal readonly record struct KeptTrace(ContactId Contact, IReadOnlyList<Decision> Decisions, int Forgotten);

/// <summary>What followed from some orders: events in order, rows to write, new snapshots. A change with no view = gone.</summary>
internal sealed record Changes(
    ImmutableArray<IEvent> Events, ImmutableArray<LastServed> Served, ImmutableArray<KeptTrace> Traces, ImmutableArray<AgentChange> Agents,
    ImmutableArray<(GroupId Id, QueueView? View)> Queues);

internal sealed partial class Dispatcher
{
    private readonly List<IEvent> events = [];
    private readonly List<LastServed> served = [];
    private readonly HashSet<AgentEntry> touchedAgents = [];
    private readonly HashSet<GroupEntry> touchedGroups = [];

    private void Say(IEvent happened) => events.Add(happened);

    private ImmutableArray<AgentChange> Views()
    {
        var views = ImmutableArray.CreateBuilder<AgentChange>(touchedAgents.Count);
        foreach (var agent in touchedAgents)
        {
            var store = agent.Facts == agent.Saved ? (Facts?)null : agent.Facts;
            agent.Saved = agent.Facts;
            views.Add(new(agent.Removed && agent.Work.Count == 0 ? null : ViewOf(agent), agent.Id, store));
        }
        touchedAgents.Clear();
        return views.MoveToImmutable();
    }

    private AgentView ViewOf(AgentEntry agent) => new(
        agent.Id, settings.Id, agent.Shown.State, agent.Shown.Since, agent.Shown.Reason, agent.Shown.BreakReason, agent.Facts.Next,
        agent.Shown.State == AgentState.WrapUp ? agent.Facts.WrapUpUntil : null, agent.Shown.State == AgentState.WrapUp
            && agent.Facts.WrapUpHeld,
        agent.Offer?.View, agent.Work.Count == 0 ? [] : [.. agent.Work.Select(static w => w.Id)], agent.Workbench, agent.Device);

    private ImmutableArray<(GroupId, QueueView?)> QueueViews()
    {
        var views = ImmutableArray.CreateBuilder<(GroupId, QueueView?)>(touchedGroups.Count);
        foreach (var group in touchedGroups) views.Add((group.Id, group.Removed ? null : ViewOf(group)));
        touchedGroups.Clear();
        return views.MoveToImmutable();
    }

    private static QueueView ViewOf(GroupEntry group)
    {
        Instant? longest = null;
        foreach (var lane in group.Lanes)
        {
            // The head came back and need not be the oldest: the first of those who never had an agent may be.
            if (lane.Queue.TryFirst(out var head) && !(head.Entry!.Since >= longest)) longest = head.Entry.Since;
            if (lane.Queue.TryFirstFrom(QueueKey.FirstFresh, out var fresh) && !(fresh.Entry!.Since >= longest))
                longest = fresh.Entry.Since;
        }
        return new(
            group.Id, group.Lanes[0].Queue.Count + group.Lanes[1].Queue.Count, longest, group.Lanes[(int)ContactKind.Call].Free.Count,
            group.SignedIn, group.Moves);
    }
}
