using Tccc.Acd.Core;

namespace Tccc.Acd.Tests;

/// <summary>
/// Does to a floor whatever a number says, keeps its own account of where every contact is, and after each step compares.
/// The account knows nothing of how the dispatcher works, only what product.md promises.
/// </summary>
internal sealed class AnythingGoes
{
    private const int Relax = 10;
    private static readonly AgentId[] People = [new(101), new(102), new(103), new(104), new(105), new(106)];
    private static readonly GroupId[] Groups = [new(10), new(20), new(30), new(40)];
    private static readonly string[] Customers = ["", "138", "139", "137"];

    private readonly Floor floor = new(All);
    private readonly Dictionary<ContactId, Held> held = [];
    private readonly Dictionary<ContactId, (AgentId Agent, ContactKind Kind)> working = [];
    private readonly Dictionary<OfferId, OfferMade> open = [];
    private readonly Dictionary<AgentId, Instant> backOff = [];
    private readonly List<OfferMade> everMade = [];
    private readonly Dictionary<OfferId, (bool, Instant, long)> madeNow = [];
    private readonly HashSet<ContactId> offeredNow = [];
    private int seen;
    private long turns;

    private sealed class Held(Contact contact)
    {
        public Contact Contact { get; } = contact;
        public bool Returned { get; set; }
        public bool CameBack { get; init; }
        public bool ByHand { get; set; }
        public long Turn { get; set; }
    }

    private static CenterSettings All { get; } = new(
        Floor.Center, WrapUp: 7, ConnectionLost: 12, MissedLimit: 3, SayNobodySignedIn: false, ChatsPerAgent: 2, PlaceEvery: 30,
        Country: "86", [.. People],
        [
            Group(0, Strategy.LongestIdle, new(OverflowKind.Group, Groups[1]), 0, 1, 2),
            Group(1, Strategy.RoundRobin, new(OverflowKind.Group, Groups[0]), 2, 3, 4),
            Group(2, Strategy.RingAll, new(OverflowKind.Announce), 1, 3, 5),
            Group(3, Strategy.LevelThenLongestIdle, new(OverflowKind.Announce), 0, 2, 4, 5),
        ]);

    private static GroupSettings Group(int group, Strategy strategy, Overflow overflow, params int[] members) => new(
        Groups[group], strategy, Ring: 20, LongestWait: 60, overflow, strategy == Strategy.LevelThenLongestIdle ? Relax : 0,
        [.. members.Select(m => new MemberSettings(People[m], 1 + (m % 5)))]);

    public void Do(int step)
    {
        var luck = new Luck((uint)step);
        var before = Waiting();
        Act(luck);
        Account();
        Compare(before);
    }

    private void Act(Luck luck)
    {
        var (agent, group) = (luck.Of(People), luck.Of(Groups));
        switch (luck.Below(28))
        {
            case 0 or 1 or 2 or 3: Come(group, ContactKind.Call, luck); break;
            case 4: Come(group, ContactKind.Chat, luck); break;
            case 5: InPerson(agent, luck.Below(2) == 0 ? group : null); break;
            case 6: if (luck.TryOf(held.Keys, out var left)) GiveUp(left); break;
            case 7 or 8 or 9: if (luck.TryOf(open.Values, out var ringing)) Answer(ringing); break;
            case 10: if (luck.TryOf(open.Values, out var unwanted)) floor.Decline(unwanted.Offer, unwanted.Agent); break;
            case 11: if (luck.TryOf(open.Values, out var dead)) floor.Do(d => d.Unreachable(floor.Now, dead.Offer, dead.Agent)); break;
            case 12: if (luck.TryOf(everMade, out var stale)) Stale(stale, agent); break;
            case 13 or 14: if (luck.TryOf(working, out var work)) HangUp(work.Key, work.Value.Agent, luck.Below(2) == 0); break;
            case 15 or 16: Appear(agent); break;
            case 17: floor.Choose(agent, new(luck.Of(Enum.GetValues<Wish>()), "Meeting")); break;
            case 18: Own(agent); break;
            case 19: floor.Ask(d => luck.Below(2) == 0 ? d.ReturnToService(floor.Now, agent) : d.ContinueWrapUp(floor.Now, agent)); break;
            case 20: floor.Do(d => d.DeviceReachable(floor.Now, agent, luck.Below(3) > 0)); break;
            case 21: Workbench(agent, luck.Below(3)); break;
            case 22: Settings(agent, group, luck.Below(5)); break;
            case 23: if (luck.TryOf(held.Keys, out var wanted)) Take(wanted, agent); break;
            case 24: if (luck.Below(5) == 0) Restart(); break;
            case 25 or 26: floor.SetWall(luck.Below(7200) - 3600); break;
            default: Pass(1 + luck.Below(12)); break;
        }
    }

    private void Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            var before = Waiting();
            floor.Pass(1);
            Account();
            Compare(before);
        }
    }

    private void Come(GroupId group, ContactKind kind, Luck luck)
    {
        var contact = floor.New(luck.Of(Customers), kind, floor.In(-luck.Below(5)));
        var back = luck.Below(6) == 0;
        held[contact.Id] = new(contact) { Returned = back, CameBack = back, Turn = ++turns };
        floor.Enqueue(contact, group, held[contact.Id].Returned);
    }

    private void InPerson(AgentId agent, GroupId? otherwise)
    {
        var contact = floor.New("", ContactKind.Call, null);
        held[contact.Id] = new(contact) { Returned = true, CameBack = true, Turn = ++turns };
        floor.Do(d => d.OfferTo(floor.Now, contact, agent, otherwise));
    }

    private void GiveUp(ContactId contact)
    {
        held.Remove(contact);
        floor.GiveUp(contact);
    }

    private void Answer(OfferMade offer)
    {
        var taken = floor.Accept(offer.Offer, offer.Agent);
        Assert.True(taken.Ok, $"{taken.Error}");
        Assert.True(held.Remove(offer.Contact));
        working[offer.Contact] = (offer.Agent, offer.Kind);
    }

    private void Stale(OfferMade offer, AgentId other)
    {
        if (open.ContainsKey(offer.Offer)) return;
        Assert.False(floor.Accept(offer.Offer, offer.Agent).Ok);
        Assert.False(floor.Decline(offer.Offer, other).Ok);
    }

    private void HangUp(ContactId work, AgentId agent, bool wrapUp)
    {
        working.Remove(work);
        floor.HangUp(work, agent, wrapUp);
    }

    private void Appear(AgentId agent)
    {
        floor.Do(d => d.WorkbenchOpened(floor.Now, agent, "wb"));
        floor.Do(d => d.DeviceReachable(floor.Now, agent, true));
        floor.Choose(agent, Choice.Available);
    }

    private void Own(AgentId agent)
    {
        var work = floor.New("", ContactKind.Call, null).Id;
        if (floor.Begin(agent, work).Ok) working[work] = (agent, ContactKind.Call);
    }

    private void Workbench(AgentId agent, int what)
    {
        if (what == 0) floor.Do(d => d.WorkbenchOpened(floor.Now, agent, "other"));
        else floor.Do(d => d.WorkbenchClosed(floor.Now, agent, what == 1 ? "wb" : "other"));
    }

    private void Settings(AgentId agent, GroupId group, int what) => floor.Change(_ => what switch
    {
        0 => floor.Settings with { Agents = floor.Settings.Agents.Remove(agent) },
        1 => floor.Settings with { Groups = floor.Settings.Groups.RemoveAll(g => g.Id == group) },
        2 => floor.Settings with { Groups =
            [.. floor.Settings.Groups.Select(g => g.Id == group ? g with { Members = g.Members.RemoveAll(m => m.Agent == agent) } : g)] },
        3 => floor.Settings with { SayNobodySignedIn = !floor.Settings.SayNobodySignedIn },
        _ => All,
    });

    private void Take(ContactId contact, AgentId agent)
    {
        if (floor.TakeContact(contact, agent).Ok) held[contact].ByHand = true;
    }

    /// <summary>Calls die with the server; whoever owns chats says anew which there are.</summary>
    private void Restart()
    {
        foreach (var offer in open.Values) held[offer.Contact].Returned = true;
        open.Clear();
        backOff.Clear();
        floor.Restart();
        foreach (var (id, contact) in held.ToArray())
        {
            held.Remove(id);
            if (contact.Contact.Kind == ContactKind.Call) continue;
            held[id] = new(contact.Contact) { Returned = true, CameBack = true, Turn = ++turns };
            floor.Enqueue(contact.Contact, Groups[0], atHead: true);
        }
        foreach (var (id, (agent, kind)) in working.ToArray())
        {
            if (kind == ContactKind.Call || !floor.Agents.ContainsKey(agent)) working.Remove(id);
            else floor.Do(d => d.Began(floor.Now, agent, id, kind));
        }
    }

    /// <summary>Follows what was said: offers open and close once each, and only for contacts that are held.</summary>
    private void Account()
    {
        madeNow.Clear();
        offeredNow.Clear();
        for (; seen < floor.Said.Count; seen++)
        {
            switch (floor.Said[seen])
            {
                case OfferMade made:
                    Assert.DoesNotContain(open.Values, o => o.Agent == made.Agent);
                    open.Add(made.Offer, made);
                    madeNow.Add(made.Offer, Order(held[made.Contact]));
                    offeredNow.Add(made.Contact);
                    everMade.Add(made);
                    break;
                case OfferEnded ended:
                    Assert.True(open.Remove(ended.Offer, out var lease));
                    // However the wall clock went: a lease lasts its length.
                    if (ended.Outcome == OfferOutcome.TimedOut) Assert.Equal(lease.Deadline, floor.Time);
                    Penalize(ended);
                    break;
                case ContactReleased released:
                    Assert.True(held.Remove(released.Contact));
                    break;
            }
        }
        foreach (var agent in People.Where(a => !floor.Settings.Agents.Contains(a))) backOff.Remove(agent);
    }

    private void Penalize(OfferEnded ended)
    {
        var seconds = ended.Outcome switch
        {
            OfferOutcome.Declined => 10,
            OfferOutcome.TimedOut => 15,
            OfferOutcome.Unreachable => 5,
            _ => 0,
        };
        if (seconds == 0) return;
        backOff[ended.Agent] = floor.Time.AddSeconds(seconds);
        if (held.TryGetValue(ended.Contact, out var contact)) contact.Returned = true;
    }

    private List<WaitingView> Waiting() => [.. floor.Ask(d => d.Waiting(Groups, int.MaxValue))];

    private void Compare(List<WaitingView> before)
    {
        var waiting = Waiting();
        var ringing = open.Values.Select(o => o.Contact).ToHashSet();
        // Nothing lost, and nothing in two places.
        Assert.Equal(waiting.Count, waiting.Select(w => w.Contact.Id).Distinct().Count());
        Assert.DoesNotContain(waiting, w => ringing.Contains(w.Contact.Id));
        Assert.All(open.Values, o => Assert.True(o.Deadline > floor.Time));
        Assert.Equal(held.Keys.OrderBy(c => c.Value), waiting.Select(w => w.Contact.Id).Concat(ringing).OrderBy(c => c.Value));
        Assert.Empty(held.Keys.Intersect(working.Keys));
        foreach (var view in floor.Agents.Values) CompareAgent(view);
        foreach (var group in floor.Settings.Groups) CompareGroup(group, [.. waiting.Where(w => w.Group == group.Id)], before);
    }

    private void CompareAgent(AgentView view)
    {
        Assert.Equal(open.Values.SingleOrDefault(o => o.Agent == view.Agent)?.Offer, view.Offer?.Id);
        Assert.Equal(
            working.Where(w => w.Value.Agent == view.Agent).Select(w => w.Key.Value).Order(), view.Work.Select(w => w.Value).Order());
        var mine = working.Values.Where(w => w.Agent == view.Agent).Select(w => w.Kind).ToArray();
        var busy = mine.Contains(ContactKind.Call) || mine.Length >= All.ChatsPerAgent;
        Assert.Equal(busy, view.State == AgentState.Busy);
    }

    private void CompareGroup(GroupSettings group, WaitingView[] waiting, List<WaitingView> before)
    {
        Assert.Equal(waiting.Length, floor.Queues[group.Id].Waiting);
        if (floor.Settings.SayNobodySignedIn && floor.Queues[group.Id].SignedIn == 0)
            Assert.All(waiting, w => Assert.True(held[w.Contact.Id].CameBack));
        Assert.All(waiting, w => Assert.True(w.Since <= floor.Time));
        foreach (var kind in (ContactKind[])[ContactKind.Call, ContactKind.Chat])
        {
            var lane = waiting.Where(w => w.Contact.Kind == kind).ToArray();
            var inOrder = lane.OrderBy(w => Order(held[w.Contact.Id])).Select(w => w.Contact.Id);
            Assert.Equal(inOrder, lane.Select(w => w.Contact.Id));
            var free = group.Members.Where(m => Free(m.Agent, kind)).ToArray();
            if (kind == ContactKind.Call) Assert.Equal(free.Length, floor.Queues[group.Id].Free);
            // Nobody waits while a fitting agent is free.
            Assert.DoesNotContain(lane, w => free.Any(m => Fits(m, group, w.Contact)));
            Overtaken(group, kind, lane, before);
        }
    }

    /// <summary>Nobody is offered to an agent before somebody who stood further ahead all the time and fitted too.</summary>
    private void Overtaken(GroupSettings group, ContactKind kind, WaitingView[] lane, List<WaitingView> before)
    {
        foreach (var made in open.Values.Where(
            o => o.Group == group.Id && o.Kind == kind && madeNow.ContainsKey(o.Offer) && !held[o.Contact].ByHand))
        {
            var member = group.Members.FirstOrDefault(m => m.Agent == made.Agent);
            if (member == default) continue;
            Assert.DoesNotContain(lane, w =>
                before.Exists(b => b == w with { Place = b.Place })
                && !offeredNow.Contains(w.Contact.Id)
                && Order(held[w.Contact.Id]).CompareTo(madeNow[made.Offer]) < 0
                && Fits(member, group, w.Contact));
        }
    }

    private static (bool, Instant, long) Order(Held contact) => (!contact.Returned, contact.Contact.Arrived.Steady, contact.Turn);

    private bool Free(AgentId agent, ContactKind kind) =>
        floor.Agents.TryGetValue(agent, out var view) && view is { State: AgentState.Idle, Offer: null }
        && !(backOff.TryGetValue(agent, out var until) && until > floor.Time)
        && (kind == ContactKind.Call ? view.DeviceReachable : view.Workbench is not null
            && working.Values.Count(w => w == (agent, ContactKind.Chat)) < All.ChatsPerAgent);

    private bool Fits(MemberSettings member, GroupSettings group, Contact contact) =>
        group.Relax == 0 || 5 - member.Level <= (int)(floor.Time - contact.Arrived.Steady).TotalSeconds / group.Relax;

    /// <summary>Several small choices out of one number.</summary>
    private sealed class Luck(uint left)
    {
        private uint left = left;

        public int Below(int limit)
        {
            left = (left * 1664525) + 1013904223;
            return (int)((left >> 8) % (uint)limit);
        }

        public T Of<T>(T[] things) => things[Below(things.Length)];

        public bool TryOf<T>(IReadOnlyCollection<T> things, out T thing)
        {
            thing = default!;
            if (things.Count == 0) return false;
            thing = things.ElementAt(Below(things.Count));
            return true;
        }
    }
}
