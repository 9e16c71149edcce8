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
        var folder = Directory.CreateTempSubdirectory("tccc-bench-").FullName;
        await using var server = await Server.Start("Timeouts:WrapUpSeconds=0");
        await server.Stop();
        Fleet.AddTo(server, Agents);
        await server.Again();
        await using var desks = await Desks.Register(folder, server.SipPort, Agents);
        desks.Answer("ringing.xml", WarmUp + Calls, TimeSpan.Zero);
        var rung = new ConcurrentDictionary<string, long>();
        var agents = new List<HttpAgent>();
        for (var i = 0; i < Agents; i++)
        {
            var agent = await HttpAgent.Online(server, Fleet.Account(i));
            agent.OnEvent = (name, data, stamp) =>
            {
                if (name == "incoming-call" && Caller().Match(data) is { Success: true } m) rung.TryAdd(m.Value, stamp);
            };
            agents.Add(agent);
        }

        var latencies = new List<double>();
        var floor = new List<double>();
        using var http = new HttpClient();
        using var clock = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond));
        var calls = new List<Task>();
        for (var i = 0; i < WarmUp + Calls; i++)
        {
            await clock.WaitForNextTickAsync();
            var counted = i >= WarmUp;
            calls.Add(Call($"1380000{i:0000}", server.SipPort, rung, counted ? latencies : []));
            var before = Stopwatch.GetTimestamp();
            await http.GetAsync(new Uri(server.Address + "/health/live"));
            if (counted) floor.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }
        await Task.WhenAll(calls);
        foreach (var agent in agents) await agent.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        return [new("INVITE in → ring bar's bytes on the agent's stream at 20 calls/s, p99", Figure.Percentile(latencies, 99), "ms", Figure.Percentile(floor, 99), "p99 of GET /health/live between the calls", LimitMs)];
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
