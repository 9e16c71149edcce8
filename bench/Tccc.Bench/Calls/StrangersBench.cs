using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EndToEnd.Peers;

namespace Bench.Calls;

/// <summary>
/// What strangers cost a carrier: from its INVITE to the first answer that is more than 100, at a steady rate, while one stranger sends
/// OPTIONS as fast as a TCP socket takes them, while another holds a thousand silent TCP connections, and while a third sends datagrams as
/// fast as it can; beside the same without them, in turns. And what the server's memory grows by.
/// </summary>
internal static class StrangersBench
{
    private const string Sales = "4000000001";
    private const int PerSecond = 25;
    private const int Calls = 100;
    private const int WarmUp = 100;
    private const int Rounds = 5;
    private const int IdleConnections = 1000;
    private const double RatioLimit = 2, MemoryLimitMb = 20;

    private static readonly TimeSpan T1 = TimeSpan.FromMilliseconds(500);
    private static readonly IPAddress Carrier = IPAddress.Parse("127.0.0.2");

    public static async Task<IEnumerable<Figure>> Run()
    {
        await using var server = await Server.Start();
        await server.Stop();
        server.Change($"update Trunks set AllowedNetworks = '{Carrier}/32'");
        await server.Again();
        await Round(server, WarmUp);

        Situation[] situations =
        [
            new("", () => Task.FromResult<IDisposable>(new MemoryStream())),
            new("one stranger sends OPTIONS as fast as a TCP socket takes them", () =>
                Task.FromResult<IDisposable>(new TcpFlood(server.SipPort, "127.0.0.3"))),
            new($"{IdleConnections:N0} silent TCP connections of one stranger stand", async () =>
                await Silent.Open(server.SipPort, "127.0.0.4")),
            new("one stranger sends datagrams as fast as it can", () =>
                Task.FromResult<IDisposable>(new UdpFlood(server.SipPort, "127.0.0.5"))),
        ];
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var situation in situations) await situation.Measure(server);
        }
        var without = situations[0];
        // the datagrams' own cost, a core of the two, is in the third
        return situations[1..].SelectMany((one, i) => (Figure[])
        [
            new($"a carrier's INVITE → first answer while {one.Name}, p99, median of {Rounds} rounds", Figure.Median(one.P99s), "ms",
                Figure.Median(without.P99s), "without, in turns", i < 2 ? RatioLimit : null, LimitIsRatio: true),
            new($"resident memory of the server by it: most with less most without", Math.Max(0, one.Most - without.Most), "MB", null,
                "none", MemoryLimitMb),
        ]);
    }

    private static async Task<List<double>> Round(Server server, int calls)
    {
        var times = new List<double>();
        var waiting = new List<Task>();
        using var clock = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond));
        for (var i = 0; i < calls; i++)
        {
            await clock.WaitForNextTickAsync();
            waiting.Add(Call(server.SipPort, times));
        }
        await Task.WhenAll(waiting);
        return times;
    }

    private static async Task Call(int port, List<double> times)
    {
        using var caller = new RawSip(port, Carrier);
        var sent = Stopwatch.GetTimestamp();
        var status = await Ask(caller, caller.Request("INVITE", Sales, body: caller.Sdp()), "INVITE", above: 100);
        lock (times) times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        if (status < 200) status = await Ask(caller, caller.Request("CANCEL", Sales), "INVITE", above: 199);
        caller.Send(caller.Request("ACK", Sales));
        if (status < 300) await Ask(caller, caller.Request("BYE", Sales, cseq: 2), "BYE", above: 199);
    }

    /// <summary>
    /// Sends a request, again and again while nothing comes, as whoever uses UDP must (RFC 3261 §17.1.1.2, timers A and B).
    /// </summary>
    private static async Task<int> Ask(RawSip caller, string request, string method, int above)
    {
        for (var wait = T1; wait < 64 * T1; wait *= 2)
        {
            caller.Send(request);
            try
            {
                while (true)
                {
                    if (await caller.Response(wait) is var (status, answered) && answered == method && status > above) return status;
                }
            }
            catch (OperationCanceledException)
            {
                // lost, or not yet answered: once more
            }
        }
        throw new TimeoutException($"No answer to {request[..request.IndexOf("\r\n", StringComparison.Ordinal)]}");
    }

    private static byte[] Options(string transport, string from) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"OPTIONS sip:{Sales}@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/{transport} {from}:5060;branch=z9hG4bKs;rport\r\nMax-Forwards: 70\r\nFrom: <sip:s@{from}>;tag=s\r\nTo: <sip:{Sales}@127.0.0.1>\r\nCall-ID: s\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"));

    private static Socket Connected(int port, string from)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    private sealed record Situation(string Name, Func<Task<IDisposable>> Begin)
    {
        public List<double> P99s { get; } = [];

        /// <summary>The most that was resident, in MB.</summary>
        public double Most { get; private set; }

        public async Task Measure(Server server)
        {
            using var strangers = await Begin();
            P99s.Add(Figure.Percentile(await Round(server, Calls), 99));
            Most = Math.Max(Most, ProcessFigures.Resident(server.ProcessId) / 1e6);
        }
    }

    /// <summary>Writes and reads on one connection, each on a thread of its own.</summary>
    private sealed class TcpFlood : IDisposable
    {
        private readonly Socket socket;
        private readonly Thread[] threads;

        public TcpFlood(int port, string from)
        {
            socket = Connected(port, from);
            var many = Enumerable.Repeat(Options("TCP", from), 50).SelectMany(bytes => bytes).ToArray();
            var answers = new byte[65536];
            threads = [Start(() => socket.Send(many)), Start(() => socket.Receive(answers))];
        }

        public void Dispose()
        {
            socket.Dispose();
            foreach (var thread in threads) thread.Join();
        }
    }

    private sealed class UdpFlood : IDisposable
    {
        private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        private readonly Thread thread;

        public UdpFlood(int port, string from)
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            var one = Options("UDP", from);
            var to = new IPEndPoint(IPAddress.Loopback, port).Serialize();
            thread = Start(() => socket.SendTo(one, SocketFlags.None, to));
        }

        public void Dispose()
        {
            socket.Dispose();
            thread.Join();
        }
    }

    private sealed class Silent(List<Socket> sockets) : IDisposable
    {
        public static async Task<Silent> Open(int port, string from)
        {
            // what the server does not want it closes; the stranger keeps its end
            var open = new List<Socket>();
            await Task.Run(() =>
            {
                for (var i = 0; i < IdleConnections; i++) open.Add(Connected(port, from));
            });
            return new(open);
        }

        public void Dispose()
        {
            foreach (var socket in sockets) socket.Dispose();
        }
    }

    private static Thread Start(Func<int> step)
    {
        var thread = new Thread(() =>
        {
            try
            {
                while (step() > 0) { }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // ended, by either side
            }
        }) { IsBackground = true };
        thread.Start();
        return thread;
    }
}
