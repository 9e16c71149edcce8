using System.Collections.Immutable;
using Tccc.Acd.Core;
using Tccc.Acd.Rows;

namespace Tccc.Acd.Tests;

/// <summary>A center on two clocks that the test moves: the pure dispatcher, and everything it said.</summary>
internal sealed class Floor
{
    public static readonly CenterId Center = new(1);
    public static readonly GroupId Sales = new(10);
    public static readonly GroupId Support = new(20);
    public static readonly AgentId Amy = new(101);
    public static readonly AgentId Bob = new(102);
    public static readonly AgentId Carol = new(103);
    private static readonly Stamp Start = new(new(4_000_000), new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private readonly Dictionary<AgentId, AgentFacts> facts = [];
    private readonly Dictionary<AgentId, AgentStateChanged> history = [];
    private readonly Dictionary<string, LastServed> lastServed = [];
    private long lastId = 1000;
    private Dispatcher dispatcher;

    public Floor(CenterSettings? settings = null)
    {
        Settings = settings ?? Office(Group(Sales, Amy, Bob, Carol));
        dispatcher = new(Settings, Now, () => new(++lastId));
        dispatcher.Reachable(Now);
        Collect();
    }

    public CenterSettings Settings { get; private set; }
    public Stamp Now { get; private set; } = Start;
    public Instant Time => Now.Steady;

    /// <summary>So many seconds from now, or ago.</summary>
    public Stamp In(double seconds) => new(Now.Steady.AddSeconds(seconds), Now.Wall.AddSeconds(seconds));
    public List<IEvent> Said { get; } = [];
    public List<KeptTrace> Traces { get; } = [];
    public Dictionary<AgentId, AgentView> Agents { get; } = [];
    public Dictionary<GroupId, QueueView> Queues { get; } = [];

    public static GroupSettings Group(GroupId id, params AgentId[] members) =>
        new(id, Strategy.LongestIdle, Ring: 20, LongestWait: 300, new(OverflowKind.Announce), Relax: 0,
            [.. members.Select(m => new MemberSettings(m, 3))]);

    public static CenterSettings Office(params GroupSettings[] groups) =>
        new(Center, WrapUp: 30, ConnectionLost: 30, MissedLimit: 3, SayNobodySignedIn: false, ChatsPerAgent: 2, PlaceEvery: 30,
            Country: "86", [Amy, Bob, Carol], [.. groups]);

    public static Floor With(GroupSettings group) => new(Office(group));

    public AgentView See(AgentId agent) => Agents[agent];

    public AgentState State(AgentId agent) => Agents[agent].State;

    public OfferView? Ringing(AgentId agent) => Agents[agent].Offer;

    public IEnumerable<T> All<T>() where T : IEvent => Said.OfType<T>();

    public T Last<T>() where T : IEvent => Said.OfType<T>().Last();

    /// <summary>Signs agents in, a second apart, with workbench and line: the first named is idle longest.</summary>
    public Floor Online(params AgentId[] agents)
    {
        foreach (var agent in agents)
        {
            Do(d => d.WorkbenchOpened(Now, agent, "wb-" + agent));
            Do(d => d.DeviceReachable(Now, agent, true));
            Assert.True(Choose(agent, Choice.Available).Ok);
            Pass(1);
        }
        return this;
    }

    public ContactId Call(
        GroupId group, string customer = "", AgentId? prefer = null, bool atHead = false, ContactKind kind = ContactKind.Call,
        Stamp? arrived = null)
    {
        var contact = New(customer, kind, arrived);
        Do(d => d.Enqueue(Now, contact, group, prefer, atHead));
        return contact.Id;
    }

    public ContactId CallFor(AgentId agent, GroupId? otherwise = null)
    {
        var contact = New("", ContactKind.Call, null);
        Do(d => d.OfferTo(Now, contact, agent, otherwise));
        return contact.Id;
    }

    public Contact New(string customer, ContactKind kind, Stamp? arrived) =>
        new(new(++lastId), Center, kind, customer, "4000000001", arrived ?? Now);

    public void Enqueue(Contact contact, GroupId group, bool atHead = false, AgentId? lostBy = null, bool transferred = false) =>
        Do(d => d.Enqueue(Now, contact, group, null, atHead, lostBy, transferred));

    public Result<Acceptance> Answer(AgentId agent) => Accept(Ringing(agent)!.Id, agent);

    public Result<Acceptance> Accept(OfferId offer, AgentId agent) => Ask(d => d.Accept(Now, offer, agent));

    public Result Decline(AgentId agent) => Decline(Ringing(agent)!.Id, agent);

    public Result Decline(OfferId offer, AgentId agent) => Ask(d => d.Decline(Now, offer, agent));

    public Result<OfferId> TakeContact(ContactId contact, AgentId agent) => Ask(d => d.TakeContact(Now, contact, agent));

    public void HangUp(ContactId contact, AgentId agent, bool wrapUp = true) => Do(d => d.Ended(Now, contact, agent, wrapUp));

    public Result Choose(AgentId agent, Choice choice, ChangedBy by = ChangedBy.Agent) =>
        Ask(d => d.Choose(Now, agent, choice, by, StateReason.Chosen));

    public Result Begin(AgentId agent, ContactId work) => Ask(d => d.Begin(Now, agent, work, ContactKind.Call));

    public void GiveUp(ContactId contact) => Do(d => d.Withdraw(Now, contact));

    public void Change(Func<CenterSettings, CenterSettings> change)
    {
        Settings = change(Settings);
        Do(d => d.CenterChanged(Now, Settings));
    }

    public void Change(GroupSettings group) => Change(c => c with { Groups = [.. c.Groups.Where(g => g.Id != group.Id), group] });

    /// <summary>Lets time pass second by second, as the deadlines would wake the dispatcher.</summary>
    public Floor Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            Forward(1);
            Do(d => d.Tick(Now));
        }
        return this;
    }

    /// <summary>Somebody sets the machine's clock: nothing but what is told as wall time may change.</summary>
    public Floor SetWall(double seconds)
    {
        Now = Now with { Wall = Now.Wall.AddSeconds(seconds) };
        return this;
    }

    /// <summary>The server is killed and started again: only what was stored is left, and the steady clock begins elsewhere.</summary>
    public void Restart(int downFor = 1, bool reachable = true)
    {
        Forward(downFor);
        Now = Now with { Steady = new(Now.Steady.Ticks / 3) };
        Agents.Clear();
        Queues.Clear();
        var agents =
            facts.Values.Select(f => new RestoredAgent(f.Agent, f.ToFacts(Now, TimeSpan.FromSeconds(Settings.WrapUp)), Restored(f.Agent)));
        dispatcher =
            new(Settings, Now, () =>
                new(++lastId), agents.ToList(), lastServed.Values.Select(l => l with { At = Now.Remembered(l.At.Wall) }));
        if (reachable) dispatcher.Reachable(Now);
        Collect();
    }

    private Shown Restored(AgentId agent) => history.TryGetValue(agent, out var last)
        ? new(last.To, last.BreakReason, Now.Remembered(last.At), last.Reason, last.By)
        : default;

    private void Forward(double seconds) => Now = In(seconds);

    public void Do(Action<Dispatcher> order)
    {
        order(dispatcher);
        Collect();
    }

    public T Ask<T>(Func<Dispatcher, T> order)
    {
        var answer = order(dispatcher);
        Collect();
        return answer;
    }

    private void Collect()
    {
        var changes = dispatcher.Take();
        Said.AddRange(changes.Events);
        Traces.AddRange(changes.Traces);
        foreach (var last in changes.Served) lastServed[last.Customer] = last;
        foreach (var (view, id, store) in changes.Agents)
        {
            if (view is null) Agents.Remove(id);
            else Agents[id] = view;
            if (store is { } changed) facts[id] = AgentFacts.Of(Center, id, changed, Now);
        }
        // The history's newest row is the state as last told.
        foreach (var change in changes.Events.OfType<AgentStateChanged>()) history[change.Agent] = change;
        foreach (var (id, view) in changes.Queues)
        {
            if (view is null) Queues.Remove(id);
            else Queues[id] = view;
        }
    }
}
