using System.Diagnostics;
using Tccc;
using Tccc.Acd;
using Tccc.Acd.Core;

namespace Bench.Acd;

/// <summary>
/// The dispatcher alone: 10,000 agents in 200 groups, so many callers waiting. One decision = an agent's work ends and the caller who comes
/// first in any of the agent's groups is offered, with all that follows from it: events, trace, snapshots and rows to write.
/// </summary>
internal static class AcdBench
{
    private const int Agents = 10_000;
    private const int Groups = 200;
    private const int GroupsOfAnAgent = 2;
    private const int WarmUp = 5_000;
    private const int Decisions = 20_000;
    private const double Limit = 20;
    private static readonly int[] Waiting = [1_000, 10_000, 100_000];
    private static readonly Stamp Start = new(new(0), new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public static Task<IEnumerable<Figure>> Run()
    {
        // the first floor pays for the compiler and is not counted
        _ = new Floor(Waiting[0]).Median();
        var medians = Waiting.Select(waiting => new Floor(waiting).Median()).ToArray();
        IEnumerable<Figure> figures =
        [
            .. Waiting.Select((waiting, i) => new Figure(
                $"a decision: {Agents:N0} agents, {Groups} groups, {waiting:N0} waiting", medians[i], "µs",
                i == 0 ? null : medians[0], i == 0 ? "" : $"{Waiting[0]:N0} waiting", Limit)),
            new Figure(
                $"a decision for a caller who arrives: {Agents:N0} agents, all free", new Floor(0).MedianOfArrivals(), "µs", null, "",
                Limit),
        ];
        return Task.FromResult(figures);
    }

    private sealed class Floor
    {
        private readonly Dispatcher dispatcher;
        private readonly Dictionary<AgentId, ContactId> work = [];
        private readonly Random luck = new(1);
        private readonly long[] ticks = new long[Decisions];
        private Stamp now = Start;
        private long lastId;

        public Floor(int waiting)
        {
            var settings = new CenterSettings(
                new(1), WrapUp: 0, ConnectionLost: 30, MissedLimit: 3, SayNobodySignedIn: false, ChatsPerAgent: 5, PlaceEvery: 30,
                Country: "86",
                [.. Enumerable.Range(1, Agents).Select(Agent)],
                [.. Enumerable.Range(0, Groups).Select(Group)]);
            dispatcher = new(settings, now, () => new(++lastId));
            foreach (var agent in settings.Agents)
            {
                dispatcher.WorkbenchOpened(now, agent, "w");
                dispatcher.DeviceReachable(now, agent, true);
                dispatcher.Choose(now, agent, Choice.Available, ChangedBy.Agent, StateReason.Chosen);
                now = new(now.Steady.AddSeconds(0.001), now.Wall.AddMilliseconds(1));
            }
            if (waiting > 0)
            {
                foreach (var agent in settings.Agents) dispatcher.Began(now, agent, work[agent] = new(++lastId), ContactKind.Call);
                for (var i = 0; i < waiting; i++) Call(new(1 + (i % Groups)));
            }
            dispatcher.Take();
        }

        public double Median()
        {
            for (var i = -WarmUp; i < Decisions; i++)
            {
                var agent = Agent(1 + luck.Next(Agents));
                now = new(now.Steady.AddSeconds(0.001), now.Wall.AddMilliseconds(1));
                var began = Stopwatch.GetTimestamp();
                dispatcher.Ended(now, work[agent], agent, wrapUp: true);
                var changes = dispatcher.Take();
                if (i >= 0) ticks[i] = Stopwatch.GetTimestamp() - began;
                var made = changes.Events.OfType<OfferMade>().Single();
                dispatcher.Accept(now, made.Offer, agent);
                work[agent] = made.Contact;
                // the same group again, so that no queue runs empty
                Call(made.Group);
                dispatcher.Take();
            }
            return Microseconds();
        }

        public double MedianOfArrivals()
        {
            for (var i = -WarmUp; i < Decisions; i++)
            {
                now = new(now.Steady.AddSeconds(0.001), now.Wall.AddMilliseconds(1));
                var began = Stopwatch.GetTimestamp();
                var contact = Call();
                var changes = dispatcher.Take();
                if (i >= 0) ticks[i] = Stopwatch.GetTimestamp() - began;
                var made = changes.Events.OfType<OfferMade>().Single();
                dispatcher.Accept(now, made.Offer, made.Agent);
                dispatcher.Ended(now, contact, made.Agent, wrapUp: false);
                dispatcher.Take();
            }
            return Microseconds();
        }

        private double Microseconds() => Figure.Median(ticks.Select(static t => t * 1e6 / Stopwatch.Frequency));

        private ContactId Call(GroupId? group = null)
        {
            var contact = new Contact(new(++lastId), new(1), ContactKind.Call, "", "4000000001", now);
            dispatcher.Enqueue(now, contact, group ?? new(1 + luck.Next(Groups)), null, atHead: false);
            return contact.Id;
        }

        private static AgentId Agent(int number) => new(number);

        private static GroupSettings Group(int group) => new(
            new(1 + group), Strategy.LongestIdle, Ring: 20, LongestWait: 3600, new(OverflowKind.Announce), Relax: 0,
            [.. Enumerable.Range(0, Agents * GroupsOfAnAgent / Groups)
                .Select(i => new MemberSettings(Agent(1 + (((group * Agents / Groups) + i) % Agents)), 3))]);
    }
}
