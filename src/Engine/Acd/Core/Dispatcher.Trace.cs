using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Tccc.Acd.Core;

// Why-trace: who was looked at, and the rule that excluded each. product.md §4.
internal sealed partial class Dispatcher
{
    private const int CandidatesKept = 64;
    private const int DecisionsKept = 2048;

    private readonly Decision[] decisions = new Decision[DecisionsKept];
    private long decided;

    public ImmutableArray<Decision> Why(ContactId contact) => [.. Newest().Where(d => d.Contact == contact).Reverse()];

    public ImmutableArray<Decision> WhyNot(AgentId agent, int limit) =>
        [.. Newest().Where(d => d.Candidates.Any(c => c.Agent == agent && c.Rule != ExclusionRule.Chosen)).Take(limit)];

    private IEnumerable<Decision> Newest()
    {
        for (var i = decided - 1; i >= Math.Max(0, decided - DecisionsKept); i--) yield return decisions[i % DecisionsKept];
    }

    private void Trace(ContactEntry entry, AgentEntry? chosen, List<AgentEntry>? all = null)
    {
        var members = entry.Group!.Members;
        var candidates = new Candidate[Math.Min(members.Count, CandidatesKept)];
        var (kept, told) = (0, chosen is null);
        foreach (var member in members)
        {
            if (kept == candidates.Length) break;
            var isChosen = member.Agent == chosen || all?.Contains(member.Agent) == true;
            told |= isChosen;
            candidates[kept++] = new(member.Agent.Id, member.Level, isChosen ? ExclusionRule.Chosen : RuleOf(member, entry));
        }
        // Of a large group the one who was asked is kept in any case.
        if (!told) candidates[^1] = new(chosen!.Id, chosen.Groups.Find(m => m.Group == entry.Group)?.Level ?? 0, ExclusionRule.Chosen);
        Keep(new(entry.Id, entry.Group.Id, now, ImmutableCollectionsMarshal.AsImmutableArray(candidates), members.Count - candidates.Length));
    }

    private void TracePersonal(ContactEntry entry, ExclusionRule rule) => Keep(new(entry.Id, null, now, [new(entry.Personal!.Value, 0, rule)], 0));

    private void Keep(Decision decision) => decisions[decided++ % DecisionsKept] = decision;

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
