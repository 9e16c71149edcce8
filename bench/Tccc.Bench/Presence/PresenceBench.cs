using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EndToEnd.Peers;

namespace Bench.Presence;

/// <summary>
/// 1,000 agents with their pages open change their state once a second each, evenly spread: from the click's PUT to the new state menu's
/// last byte on that agent's stream. Dispatcher, rows, event and the drawing of the fragment are between. The load runs in the same two
/// cores.
/// </summary>
internal static class PresenceBench
{
    private const int Agents = 1000;
    private const int WarmUpSeconds = 5;
    private const int Seconds = 10;
    private const int SignInsAtOnce = 2;
    private const double LimitMs = 100;

    private static readonly string[] States = ["not-ready", "available"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<IEnumerable<Figure>> Run()
    {
        var (ours, bytes) = await Product();
        var bare = await Bare(bytes);
        return
        [
            new($"{Agents:N0} agents' state changes a second → their {Agents:N0} open streams, p99", Figure.Percentile(ours, 99), "ms",
                Figure.Percentile(bare, 99), $"bare Kestrel, the same {bytes:N0} bytes from PUT to stream", LimitMs),
            new("the same, median", Figure.Median(ours), "ms", Figure.Median(bare), "bare Kestrel", LimitMs),
        ];
    }

    private static async Task<(List<double> Latencies, int Bytes)> Product()
    {
        await using var server = await Server.Start();
        await server.Stop();
        Fleet.AddTo(server, Agents);
        await server.Again();
        var agents = new HttpAgent[Agents];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Agents), new ParallelOptions { MaxDegreeOfParallelism = SignInsAtOnce }, async (i, _) =>
            agents[i] = await HttpAgent.Online(server, Fleet.Account(i), new IPAddress([127, 3, (byte)(i / 250), (byte)(1 + (i % 250))])));
        var bytes = 0;
        var changes = new Change[Agents];
        for (var i = 0; i < Agents; i++)
        {
            var change = changes[i] = new();
            agents[i].OnEvent = (name, data, stamp) =>
            {
                if (name != "agent-state" || !data.Contains(change.Wanted, StringComparison.Ordinal)) return;
                bytes = data.Length;
                change.Came(stamp);
            };
        }
        var latencies = await Steadily(changes, async (i, state) =>
        {
            changes[i].Wanted = $"class=\"state-actions\" data-state=\"{state}\"";
            await agents[i].Put("/presence/state", ("choice", state));
        });
        await Task.WhenAll(agents.Select(a => a.DisposeAsync().AsTask()));
        return (latencies, bytes);
    }

    private static async Task<List<double>> Bare(int bytes)
    {
        var port = Ports.Free();
        await using var server =
            EndToEnd.Peers.Program.Start(
                "dotnet", [typeof(PresenceBench).Assembly.Location, BareStreams.Argument, port.ToString(CultureInfo.InvariantCulture)],
                AppContext.BaseDirectory);
        using var http =
            new HttpClient(
                new SocketsHttpHandler { MaxConnectionsPerServer = 2 * Agents }) { BaseAddress = new Uri($"http://127.0.0.1:{port}"),
                Timeout = Timeout.InfiniteTimeSpan };
        await Until.Holds("the bare server answers", async () =>
        {
            try
            {
                return (await http.GetAsync(new Uri("/", UriKind.Relative))).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        using var gone = new CancellationTokenSource();
        var changes = new Change[Agents];
        var readers = new Task[Agents];
        for (var i = 0; i < Agents; i++)
        {
            changes[i] = new();
            var stream = await http.GetStreamAsync(new Uri($"/streams/{i}", UriKind.Relative));
            readers[i] = Read(stream, changes[i], gone.Token);
        }
        var data = new string('x', bytes);
        var latencies = await Steadily(changes, async (i, state) =>
        {
            changes[i].Wanted = state;
            using var answer = await http.PutAsync(new Uri($"/streams/{i}", UriKind.Relative), new StringContent(state + data));
            answer.EnsureSuccessStatusCode();
        });
        await gone.CancelAsync();
        await Task.WhenAll(readers);
        return latencies;
    }

    private static async Task Read(Stream stream, Change change, CancellationToken gone)
    {
        using var lines = new StreamReader(stream);
        try
        {
            var wanted = false;
            while (await lines.ReadLineAsync(gone) is { } line)
            {
                if (line.StartsWith("data: ", StringComparison.Ordinal)) wanted = line.AsSpan(6).StartsWith(change.Wanted);
                else if (line.Length == 0 && wanted) change.Came(Stopwatch.GetTimestamp());
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // the measuring is over
        }
    }

    /// <summary>
    /// One change after the other, every millisecond the next agent's, whether or not the earlier ones have come; the first seconds do not
    /// count.
    /// </summary>
    private static async Task<List<double>> Steadily(Change[] changes, Func<int, string, Task> change)
    {
        var latencies = new List<double>();
        var all = new List<Task>();
        var began = Stopwatch.GetTimestamp();
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var n = 0; n < (WarmUpSeconds + Seconds) * Agents;)
        {
            await clock.WaitForNextTickAsync();
            for (var due = Stopwatch.GetElapsedTime(began).TotalMilliseconds * Agents / 1000;
            n < due && n < (WarmUpSeconds + Seconds) * Agents; n++)
            {
                all.Add(One(n % Agents, States[n / Agents % 2], counts: n >= WarmUpSeconds * Agents));
            }
        }
        await Task.WhenAll(all);
        return latencies;

        async Task One(int i, string state, bool counts)
        {
            var came = changes[i].Begin();
            var sent = Stopwatch.GetTimestamp();
            await change(i, state);
            var stamp = await came.WaitAsync(Patience);
            if (!counts) return;
            lock (latencies) latencies.Add(Stopwatch.GetElapsedTime(sent, stamp).TotalMilliseconds);
        }
    }

    /// <summary>One agent's change under way.</summary>
    private sealed class Change
    {
        private TaskCompletionSource<long> coming = new();

        public string Wanted { get; set; } = "nothing yet";

        public Task<long> Begin() => (coming = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public void Came(long stamp) => coming.TrySetResult(stamp);
    }
}
