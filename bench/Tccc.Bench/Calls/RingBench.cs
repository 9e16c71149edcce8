using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using EndToEnd.Peers;

namespace Bench.Calls;

/// <summary>From the INVITE on the wire to the ring bar's bytes on the agent's stream, at a steady rate of calls.</summary>
internal static partial class RingBench
{
    private const string Sales = "4000000001";
    private const int Agents = 10;
    private const int PerSecond = 20;
    private const int WarmUp = 100;
    private const int Calls = 400;
    private const double LimitMs = 50;

    public static async Task<IEnumerable<Figure>> Run()
    {
        await using var floor = await Floor.Open(WarmUp + Calls);
        await floor.Ring(WarmUp);
        var (latencies, health) = await floor.Ring(Calls);
        return [new(
            "INVITE in → ring bar's bytes on the agent's stream at 20 calls/s, p99", Figure.Percentile(latencies, 99), "ms",
            Figure.Percentile(health, 99), "p99 of GET /health/live between the calls", LimitMs)];
    }

    /// <summary>A server with agents at their desk phones, whose streams are listened to.</summary>
    internal sealed class Floor : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<string, long> rung = new();
        private readonly List<HttpAgent> agents = [];
        private readonly string folder = Directory.CreateTempSubdirectory("tccc-bench-").FullName;
        private Desks desks = null!;
        private int called;

        public Server Server { get; private set; } = null!;

        /// <param name="calls">How many may be made.</param>
        public static async Task<Floor> Open(int calls)
        {
            var floor = new Floor { Server = await Server.Start("Timeouts:WrapUpSeconds=0") };
            await floor.Server.Stop();
            Fleet.AddTo(floor.Server, Agents);
            await floor.Server.Again();
            floor.desks = await Desks.Register(floor.folder, floor.Server.SipPort, Agents);
            floor.desks.Answer("ringing.xml", calls, TimeSpan.Zero);
            for (var i = 0; i < Agents; i++)
            {
                var agent = await HttpAgent.Online(floor.Server, Fleet.Account(i));
                agent.OnEvent = (name, data, stamp) =>
                {
                    if (name == "incoming-call" && Caller().Match(data) is { Success: true } m) floor.rung.TryAdd(m.Value, stamp);
                };
                floor.agents.Add(agent);
            }
            return floor;
        }

        /// <summary>
        /// So many calls at the steady rate: ms until each rang, and ms of a request that does nothing, made beside each.
        /// </summary>
        public async Task<(List<double> Rings, List<double> Health)> Ring(int count)
        {
            var (rings, health) = (new List<double>(), new List<double>());
            using var http = new HttpClient();
            using var clock = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond));
            var calls = new List<Task>();
            for (var i = 0; i < count; i++)
            {
                await clock.WaitForNextTickAsync();
                calls.Add(Call($"1380000{called++:0000}", Server.SipPort, rung, rings));
                var before = Stopwatch.GetTimestamp();
                await http.GetAsync(new Uri(Server.Address + "/health/live"));
                health.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            }
            await Task.WhenAll(calls);
            return (rings, health);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var agent in agents) await agent.DisposeAsync();
            await desks.DisposeAsync();
            await Server.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    // rings until the bar came, then gives up, so that the agent is free for the next
    private static async Task Call(string number, int sipPort, ConcurrentDictionary<string, long> rung, List<double> latencies)
    {
        using var caller = new RawSip(sipPort, number: number);
        var sent = Stopwatch.GetTimestamp();
        caller.Send(caller.Request("INVITE", Sales, body: caller.Sdp()));
        long stamp = 0;
        await Until.Holds($"the call of {number} rings", () => rung.TryGetValue(number, out stamp));
        lock (latencies) latencies.Add(Stopwatch.GetElapsedTime(sent, stamp).TotalMilliseconds);
        var ended = caller.FinalStatus(Sales);
        caller.Send(caller.Request("CANCEL", Sales));
        await ended;
    }

    [GeneratedRegex(@"1380000\d{4}")]
    private static partial Regex Caller();
}
