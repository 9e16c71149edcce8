namespace Tccc.Acd.Core;

// What administrators change while agents talk and customers wait.
internal sealed partial class Dispatcher
{
    public void CenterChanged(Stamp at, CenterSettings next)
    {
        Tick(at);
        Configure(next);
    }

    private void Restore(RestoredAgent restored)
    {
        var agent = new AgentEntry(restored.Id) { Facts = restored.Facts, Saved = restored.Facts, Shown = restored.Shown };
        agents.Add(agent.Id, agent);
        AwaitWorkbench(agent);
    }

    private void Configure(CenterSettings next)
    {
        var chatsChanged = settings.ChatsPerAgent != next.ChatsPerAgent;
        if (next.SayNobodySignedIn && !settings.SayNobodySignedIn) emptied.UnionWith(groups.Values);
        settings = next;
        var affected = new HashSet<AgentEntry>();
        var wanted = next.Agents.ToHashSet();
        foreach (var agent in agents.Values.Where(a => !a.Removed && !wanted.Contains(a.Id)).ToArray()) Remove(agent);
        foreach (var id in wanted)
        {
            if (agents.TryGetValue(id, out var known)) known.Removed = false;
            else agents.Add(
                id, known = new AgentEntry(id) { Shown = new(AgentState.Offline, null, now, StateReason.Chosen, ChangedBy.System) });
            touchedAgents.Add(known);
            if (chatsChanged) affected.Add(known);
        }
        var homeless = RemoveGroups(next);
        foreach (var group in next.Groups) Configure(group, affected);
        foreach (var entry in homeless) Rehome(entry);
        foreach (var agent in affected) Settle(agent, StateReason.Chosen, ChangedBy.System);
    }

    private void Configure(GroupSettings wanted, HashSet<AgentEntry> affected)
    {
        if (groups.TryGetValue(wanted.Id, out var group))
        {
            // Members who were removed from the center and came back are in the settings as before, but not in the group.
            if (group.Settings.Same(wanted) && group.Members.Count == wanted.Members.Length) return;
        }
        else groups.Add(wanted.Id, group = new GroupEntry(wanted));
        group.Settings = wanted;
        touchedGroups.Add(group);
        var turns = group.Members.ToDictionary(static m => m.Agent.Id, static m => m.Turn);
        foreach (var member in group.Members.ToArray()) affected.Add(Leave(member));
        foreach (var (id, level) in wanted.Members)
        {
            if (!agents.TryGetValue(id, out var agent) || agent.Removed) continue;
            var member = new Membership(agent, group, Math.Clamp(level, 1, Levels)) { Turn = turns.GetValueOrDefault(id) };
            group.Members.Add(member);
            agent.Groups.Add(member);
            if (agent.Shown.State != AgentState.Offline) group.SignedIn++;
            affected.Add(agent);
        }
        foreach (var lane in group.Lanes)
        {
            for (var i = 0; i < lane.Queue.Count; i++)
            {
                var entry = lane.Queue[i].Entry!;
                entry.RelaxAt = NextRelaxation(entry);
                due.Arm(entry);
            }
        }
    }

    /// <summary>Takes away the groups that are gone and gives who waits in them, in order.</summary>
    private List<ContactEntry> RemoveGroups(CenterSettings next)
    {
        var homeless = new List<ContactEntry>();
        var wanted = next.Groups.Select(static g => g.Id).ToHashSet();
        foreach (var group in groups.Values.Where(g => !wanted.Contains(g.Id)).ToArray())
        {
            group.Removed = true;
            groups.Remove(group.Id);
            touchedGroups.Add(group);
            foreach (var member in group.Members.ToArray()) Leave(member);
            foreach (var lane in group.Lanes)
            {
                while (lane.Queue.TryFirst(out var key))
                {
                    homeless.Add(key.Entry!);
                    Leave(key.Entry!);
                }
            }
        }
        return homeless;
    }

    private AgentEntry Leave(Membership member)
    {
        Stand(member, ContactKind.Call, false);
        Stand(member, ContactKind.Chat, false);
        member.Group.Members.Remove(member);
        member.Agent.Groups.Remove(member);
        if (member.Agent.Shown.State != AgentState.Offline && --member.Group.SignedIn == 0) emptied.Add(member.Group);
        touchedGroups.Add(member.Group);
        return member.Agent;
    }

    /// <summary>
    /// An agent who is in a call keeps it to its end; what rings goes on to the next. The entry stays: its work may end, its deadlines
    /// fire, it may come back.
    /// </summary>
    private void Remove(AgentEntry agent)
    {
        foreach (var member in agent.Groups.ToArray()) Leave(member);
        agent.Removed = true;
        agent.LostAt = null;
        Want(agent, Choice.Offline);
        Settle(agent, StateReason.Removed, ChangedBy.System);
        agent.BackOffUntil = null;
    }
}
