using Tccc.Directory;

namespace Tccc.Acd.Core;

// The decision: which agent for a contact, which contact for an agent.
internal sealed partial class Dispatcher
{
    private const int Levels = 5;
    internal static readonly TimeSpan LastAgentFor = TimeSpan.FromHours(24);

    private readonly Dictionary<string, (AgentId Agent, Instant At)> lastAgents = [];
    private readonly Queue<(string Customer, Instant At)> lastAgentsByAge = new();

    /// <summary>Offers the contact to the first fitting free member, or to all (ring all). False = nobody is free for it.</summary>
    private bool TryOffer(ContactEntry entry)
    {
        var lane = entry.Lane;
        if (lane.Free.Count == 0)
        {
            Trace(entry, null);
            return false;
        }
        if (Preferred(entry) is { } preferred) return Offer(entry, preferred, ExclusionRule.Preferred);
        if (entry.Group!.Settings.Strategy == Strategy.RingAll) return OfferAll(entry);
        return First(entry, lane) is { } first ? Offer(entry, first) : Nobody(entry);
    }

    private bool Nobody(ContactEntry entry)
    {
        Trace(entry, null);
        return false;
    }

    private bool Offer(ContactEntry entry, AgentEntry agent, ExclusionRule asked = ExclusionRule.Chosen)
    {
        Trace(entry, agent, asked: asked);
        Leave(entry);
        MakeOffer(entry, agent, entry.Group!.Settings.Ring, personal: false);
        return true;
    }

    private bool OfferAll(ContactEntry entry)
    {
        var free = entry.Lane.Free;
        var asked = new List<AgentEntry>(free.Count);
        for (var i = 0; i < free.Count; i++) if (!entry.Missed.Contains(free[i].Member.Agent.Id)) asked.Add(free[i].Member.Agent);
        if (asked.Count == 0) for (var i = 0; i < free.Count; i++) asked.Add(free[i].Member.Agent);
        Trace(entry, null, asked);
        Leave(entry);
        entry.RingsAll = true;
        entry.Lane.Ringing.Add(entry.Key);
        foreach (var agent in asked) MakeOffer(entry, agent, entry.Group!.Settings.Ring, personal: false);
        return true;
    }

    /// <summary>The first free member by the strategy; who missed this contact comes after all others.</summary>
    private AgentEntry? First(ContactEntry entry, Lane lane)
    {
        var lowest = LowestRank(entry);
        AgentEntry? missed = null;
        for (var i = 0; i < lane.Free.Count; i++)
        {
            var key = lane.Free[i];
            if (key.Rank > lowest) break;
            if (!entry.Missed.Contains(key.Member.Agent.Id)) return key.Member.Agent;
            missed ??= key.Member.Agent;
        }
        return missed;
    }

    private AgentEntry? Preferred(ContactEntry entry)
    {
        var wanted = entry.Prefer ?? LastAgent(entry.Customer);
        if (wanted is not { } id || !agents.TryGetValue(id, out var agent) || entry.Missed.Contains(id)) return null;
        var member = agent.Groups.Find(m => m.Group == entry.Group);
        return member?.Free[(int)entry.Contact.Kind] is null ? null : agent;
    }

    private string CustomerOf(Contact contact) =>
        contact.Kind == ContactKind.Call ? PhoneKey.Of(contact.Customer, settings.Country) ?? contact.Customer : contact.Customer;

    private AgentId? LastAgent(string customer) =>
        lastAgents.TryGetValue(customer, out var last) && now.Steady - last.At < LastAgentFor ? last.Agent : null;

    private void Remember(LastServed last)
    {
        // A withheld number is nobody.
        if (last.Customer.Length == 0) return;
        lastAgents[last.Customer] = (last.Agent, last.At.Steady);
        lastAgentsByAge.Enqueue((last.Customer, last.At.Steady));
        while (lastAgentsByAge.TryPeek(out var oldest) && now.Steady - oldest.At >= LastAgentFor)
        {
            lastAgentsByAge.Dequeue();
            if (lastAgents.TryGetValue(oldest.Customer, out var known) && known.At == oldest.At) lastAgents.Remove(oldest.Customer);
        }
    }

    /// <summary>
    /// The lowest level that fits, as a rank: where levels relax, one more for every <see cref="GroupSettings.Relax"/> seconds since
    /// arrival.
    /// </summary>
    private int LowestRank(ContactEntry entry) => Relaxes(entry.Group!) ? (int)Math.Min(Levels - 1, Waited(entry)) : Levels - 1;

    private Instant NextRelaxation(ContactEntry entry)
    {
        if (!Relaxes(entry.Group!)) return Instant.Never;
        var steps = Waited(entry) + 1;
        return steps >= Levels ? Instant.Never : entry.Contact.Arrived.Steady.AddSeconds(steps * entry.Group!.Settings.Relax);
    }

    /// <summary>
    /// Lower levels may take now who stands first. Who stands behind somebody nobody is free for has waited less, so nobody is free for
    /// them either.
    /// </summary>
    private void Relaxed(Lane lane, QueueKey from)
    {
        while (lane.Queue.TryFirstFrom(from, out var key) && key.Entry!.RelaxAt <= now.Steady)
        {
            if (TryOffer(key.Entry)) continue;
            key.Entry.RelaxAt = NextRelaxation(key.Entry);
            due.Arm(key.Entry);
            return;
        }
    }

    private static bool Relaxes(GroupEntry group) => group.Settings is { Strategy: Strategy.LevelThenLongestIdle, Relax: > 0 };

    private long Waited(ContactEntry entry) =>
        Math.Max(0, (now.Steady - entry.Contact.Arrived.Steady).Ticks / TimeSpan.TicksPerSecond / entry.Group!.Settings.Relax);

    /// <summary>An agent is free: the first who waits for them in any of their groups is offered, else they stand among the free.</summary>
    private void Seek(AgentEntry agent)
    {
        QueueKey best = default;
        foreach (var member in agent.Groups)
        {
            for (var kind = ContactKind.Call; kind <= ContactKind.Chat; kind++)
            {
                if (Fits(agent, kind) && FirstFor(member, kind) is { } key && (best.Entry is null || key.CompareTo(best) < 0)) best = key;
            }
        }
        if (best.Entry is { } waiting)
        {
            Offer(waiting, agent);
            return;
        }
        if (JoinRinging(agent)) return;
        foreach (var member in agent.Groups)
        {
            for (var kind = ContactKind.Call; kind <= ContactKind.Chat; kind++) Stand(member, kind, Fits(agent, kind));
        }
    }

    /// <summary>
    /// Who comes first in a queue for a member. Where levels relax, waiting longer only ever fits more: if the head of those who came back
    /// does not fit, none of them does, and the same for the others, so two looks are enough.
    /// </summary>
    private QueueKey? FirstFor(Membership member, ContactKind kind)
    {
        var queue = member.Group.Lanes[(int)kind].Queue;
        if (!queue.TryFirst(out var head)) return null;
        if (RankOf(member) <= LowestRank(head.Entry!)) return head;
        return queue.TryFirstFrom(QueueKey.FirstFresh, out var fresh) && RankOf(member) <= LowestRank(fresh.Entry!) ? fresh : null;
    }

    /// <summary>Ring all: who becomes free while it rings is rung too.</summary>
    private bool JoinRinging(AgentEntry agent)
    {
        foreach (var member in agent.Groups)
        {
            for (var kind = ContactKind.Call; kind <= ContactKind.Chat; kind++)
            {
                var ringing = member.Group.Lanes[(int)kind].Ringing;
                if (!Fits(agent, kind) || !ringing.TryFirst(out var key) || key.Entry!.Missed.Contains(agent.Id)) continue;
                return Offer(key.Entry, agent);
            }
        }
        return false;
    }

    private static int RankOf(Membership member) =>
        member.Group.Settings.Strategy == Strategy.LevelThenLongestIdle ? Levels - member.Level : 0;

    private void Stand(Membership member, ContactKind kind, bool free)
    {
        ref var key = ref member.Free[(int)kind];
        if (key.HasValue == free) return;
        var lane = member.Group.Lanes[(int)kind];
        if (free)
        {
            var order = member.Group.Settings.Strategy == Strategy.RoundRobin ? member.Turn : member.Agent.Shown.Since.Steady.Ticks;
            key = new FreeKey(RankOf(member), order, member);
            lane.Free.Add(key.Value);
        }
        else
        {
            lane.Free.Remove(key!.Value);
            key = null;
        }
        touchedGroups.Add(member.Group);
    }

    private void StandAside(AgentEntry agent)
    {
        foreach (var member in agent.Groups)
        {
            Stand(member, ContactKind.Call, false);
            Stand(member, ContactKind.Chat, false);
        }
    }
}
