namespace Tccc.Acd.Core;

/// <summary>
/// One center's dispatcher: orders go in with <c>now</c>, what follows comes out of <see cref="Take"/>. It has no thread, no clock
/// and no database, so every rule of product.md §2 and §4 can be tried in a test without waiting. Not safe for two threads: its
/// mailbox is its only caller.
/// <para>What holds between two orders: nobody waits in a group while a fitting member is free; an agent has at most one offer.</para>
/// </summary>
internal sealed partial class Dispatcher
{
    private readonly Func<OfferId> newOffer;
    private readonly Dictionary<AgentId, AgentEntry> agents = [];
    private readonly Dictionary<GroupId, GroupEntry> groups = [];
    private readonly Dictionary<ContactId, ContactEntry> contacts = [];
    private readonly Dictionary<OfferId, OfferEntry> offers = [];
    private readonly DueTimes due = new();

    /// <summary>Groups whose last member has just signed out or left.</summary>
    private readonly HashSet<GroupEntry> emptied = [];
    private CenterSettings settings;
    private Stamp now;
    private bool reachable;
    private long turn;

    public Dispatcher(
        CenterSettings settings, Stamp now, Func<OfferId> newOffer, IEnumerable<RestoredAgent>? restored =
            null, IEnumerable<LastServed>? served = null)
    {
        (this.settings, this.now, this.newOffer) = (settings, now, newOffer);
        foreach (var last in served ?? []) Remember(last);
        foreach (var agent in restored ?? []) Restore(agent);
        Configure(settings);
        foreach (var agent in agents.Values.ToArray()) Settle(agent, StateReason.Restarted, ChangedBy.System);
    }

    /// <summary>When to call <see cref="Tick"/> next.</summary>
    public Instant? NextDue => due.Next;

    /// <summary>Does what is due. Every order does this first, so an order never meets a deadline that is over.</summary>
    public void Tick(Stamp at)
    {
        if (at.Steady > now.Steady) now = at;
        while (due.TryTake(now.Steady, out var timed))
        {
            switch (timed)
            {
                case OfferEntry offer: End(offer, OfferOutcome.TimedOut); break;
                case AgentEntry agent: Due(agent); break;
                case ContactEntry contact: Due(contact); break;
            }
            due.Arm(timed);
        }
    }

    /// <summary>What followed since it was asked last.</summary>
    public Changes Take()
    {
        // An order may have left something that is due at once: a contact back from a ring that outlasted its longest wait.
        Tick(now);
        ReleaseWhereNobodyIs();
        var changes = new Changes([.. events], [.. served], [.. traces], Views(), QueueViews());
        events.Clear();
        served.Clear();
        traces.Clear();
        return changes;
    }
}
