using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Tccc.Acd.Core;

// Why-trace: who was looked at, and the rule that excluded each. product.md §4.
internal sealed partial class Dispatcher
{
    internal const int CandidatesKept = 64;

    /// <summary>Of the whole center, for «why not me».</summary>
    private const int LatestKept = 2048;

    /// <summary>Of one contact: how it began and how it ended tell most; of one that rings for an hour the middle is forgotten.</summary>
    internal const int DecisionsKept = 24;

    private readonly Decision[] latest = new Decision[LatestKept];
    private readonly List<KeptTrace> traces = [];
    private long decided;

    public WhyTrace Why(ContactId contact) =>
        contacts.GetValueOrDefault(contact) is { Decisions: { } kept } entry ? new([.. kept], entry.Forgotten) : WhyTrace.Empty;

    public ImmutableArray<Decision> WhyNot(AgentId agent, int limit) =>
        [.. Newest().Where(d => d.Candidates.Any(c => c.Agent == agent && !c.Asked)).Take(limit)];

    private IEnumerable<Decision> Newest()
    {
        for (var i = decided - 1; i >= Math.Max(0, decided - LatestKept); i--) yield return latest[i % LatestKept];
    }

    /// <summary>
    /// In the order in which they would be asked: who is, then the other free ones by the group's strategy, then the rest.
    /// </summary>
    private void Trace(ContactEntry entry, AgentEntry? chosen, List<AgentEntry>? all = null, ExclusionRule asked = ExclusionRule.Chosen)
    {
        var group = entry.Group!;
        var kind = (int)entry.Contact.Kind;
        var free = entry.Lane.Free;
        var candidates = new Candidate[Math.Min(group.Members.Count, CandidatesKept)];
        var kept = 0;
        if (chosen is not null) candidates[kept++] = new(chosen.Id, chosen.Groups.Find(m => m.Group == group)!.Level, asked);
        for (var i = 0; i < free.Count && kept < candidates.Length; i++)
        {
            var member = free[i].Member;
            if (member.Agent == chosen) continue;
            candidates[kept++] = new(member.Agent.Id, member.Level, all?.Contains(member.Agent) is true ? asked : RuleOf(member, entry));
        }
        foreach (var member in group.Members)
        {
            if (kept == candidates.Length) break;
            if (member.Agent == chosen || member.Free[kind] is not null) continue;
            candidates[kept++] = new(member.Agent.Id, member.Level, RuleOf(member, entry));
        }
        Keep(entry,
            new(entry.Id, group.Id, At(entry), ImmutableCollectionsMarshal.AsImmutableArray(candidates), group.Members.Count - kept));
    }

    private void TracePersonal(ContactEntry entry, ExclusionRule rule) =>
        Keep(entry, new(entry.Id, null, At(entry), [new(entry.Personal!.Value, 0, rule)], 0));

    private DateTimeOffset At(ContactEntry entry) => entry.Contact.Arrived.WallAt(now.Steady);

    private void Keep(ContactEntry entry, Decision decision)
    {
        latest[decided++ % LatestKept] = decision;
        var kept = entry.Decisions ??= [];
        if (kept.Count == DecisionsKept)
        {
            kept.RemoveAt(WhyTrace.FirstKept);
            entry.Forgotten++;
        }
        kept.Add(decision);
    }

    /// <summary>The contact leaves the dispatcher: what was decided about it is stored.</summary>
    private void KeepTrace(ContactEntry entry)
    {
        if (entry.Decisions is { } kept) traces.Add(new(entry.Id, kept, entry.Forgotten));
    }

    private ExclusionRule RuleOf(Membership member, ContactEntry entry)
    {
        var agent = member.Agent;
        switch (agent.Shown.State)
        {
            case AgentState.Offline: return ExclusionRule.Offline;
            case AgentState.NotReady: return ExclusionRule.NotReady;
            case AgentState.Break: return ExclusionRule.OnBreak;
            case AgentState.Busy: return ExclusionRule.Busy;
            case AgentState.WrapUp: return ExclusionRule.WrapUp;
        }
        if (agent.Offer is not null) return ExclusionRule.Ringing;
        if (agent.BackOffUntil is not null) return ExclusionRule.BackOff;
        if (!Reachable(agent, entry.Contact.Kind)) return ExclusionRule.Unreachable;
        if (entry.Contact.Kind == ContactKind.Chat && agent.Chats >= settings.ChatsPerAgent) return ExclusionRule.ChatLimit;
        if (RankOf(member) > LowestRank(entry)) return ExclusionRule.Level;
        return entry.Missed.Contains(agent.Id) ? ExclusionRule.MissedBefore : ExclusionRule.AnotherFirst;
    }
}
