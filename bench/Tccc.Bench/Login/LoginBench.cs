using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Bench.Calls;
using EndToEnd.Peers;

namespace Bench.Login;

/// <summary>
/// The sign-in page's first byte beside a page of a bare server, and what twenty sign-ins a second do to a ring bar. Requests leave at
/// their time whether or not earlier ones were answered.
/// </summary>
internal static partial class LoginBench
{
    private const int PagesPerSecond = 200;
    private const int Pages = 1000;
    private const int Rounds = 3;
    private const double PageLimitMs = 20;

    private const int SignInsPerSecond = 20;
    private const int CallsPerRound = 200;
    private const double DelayLimitMs = 50;

    /// <summary>An address may sign in once a second for long.</summary>
    private const int Addresses = 40;

    public static async Task<IEnumerable<Figure>> Run()
    {
        await using var floor = await RingBench.Floor.Open((2 * Rounds * CallsPerRound) + CallsPerRound);
        return [await FirstByte(floor.Server), .. await Beside(floor)];
    }

    private static async Task<Figure> FirstByte(Server server)
    {
        var port = Ports.Free();
        await using var bare =
            EndToEnd.Peers.Program.Start(
                "dotnet", [typeof(LoginBench).Assembly.Location, BareServer.Argument, port.ToString(null as IFormatProvider)],
                AppContext.BaseDirectory);
        using var http = new HttpClient();
        var (ours, reference) = (new Uri(server.Address + "/login"), new Uri($"http://127.0.0.1:{port}/login"));
        await Until.Holds("the bare server answers", async () =>
        {
            try
            {
                return (await http.GetAsync(reference)).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        await Load(http, ours);
        await Load(http, reference);
        var (mine, its) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            mine.Add(Figure.Percentile(await Load(http, ours), 99));
            its.Add(Figure.Percentile(await Load(http, reference), 99));
        }
        return new(
            "sign-in page at 200 requests/s, first byte, p99, median of 3 rounds", Figure.Median(mine), "ms", Figure.Median(its),
            "bare Kestrel, a page of the same size", PageLimitMs);
    }

    private static async Task<List<double>> Load(HttpClient http, Uri page)
    {
        var taken = new List<double>();
        await Steadily(PagesPerSecond, Pages, async () =>
        {
            var sent = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(page, HttpCompletionOption.ResponseHeadersRead);
            var ms = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
            lock (taken) taken.Add(ms);
        });
        return taken;
    }

    private static async Task<Figure[]> Beside(RingBench.Floor floor)
    {
        await floor.Ring(CallsPerRound);
        var (alone, beside, signIns) = (new List<double>(), new List<double>(), new List<double>());
        var refused = 0;
        var people = await SignIns.Prepare(floor.Server);
        for (var round = 0; round < Rounds; round++)
        {
            alone.Add(Figure.Percentile((await floor.Ring(CallsPerRound)).Rings, 99));
            using var over = new CancellationTokenSource();
            var load = Steadily(SignInsPerSecond, int.MaxValue, async () =>
            {
                var sent = Stopwatch.GetTimestamp();
                var status = await people.Next();
                lock (signIns)
                {
                    if (status == HttpStatusCode.SeeOther) signIns.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                    else refused++;
                }
            }, over.Token);
            beside.Add(Figure.Percentile((await floor.Ring(CallsPerRound)).Rings, 99));
            await over.CancelAsync();
            await load;
        }
        people.Dispose();
        var without = Figure.Median(alone);
        return
        [
            new("ring bar's delay by 20 sign-ins/s: p99 with them less p99 without, medians of 3 rounds",
                Math.Max(0, Figure.Median(beside) - without), "ms", without,
                $"p99 without; {signIns.Count} of {signIns.Count + refused} sign-ins answered, the others asked to try again; median {Figure.Median(signIns):0} ms", DelayLimitMs),
        ];
    }

    private static async Task Steadily(int perSecond, int count, Func<Task> what, CancellationToken over = default)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        var all = new List<Task>();
        for (var i = 0; i < count && !over.IsCancellationRequested; i++)
        {
            await clock.WaitForNextTickAsync(CancellationToken.None);
            all.Add(what());
        }
        await Task.WhenAll(all);
    }

    /// <summary>Browsers at many addresses that post the sign-in form, with the right password.</summary>
    private sealed partial class SignIns(List<HttpClient> browsers, Uri address, string cookie, string token) : IDisposable
    {
        private int next;

        public static async Task<SignIns> Prepare(Server server)
        {
            var browsers = Enumerable.Range(0, Addresses).Select(i => Browser((byte)(i + 1))).ToList();
            var login = new Uri(server.Address + "/login");
            using var page = await browsers[0].GetAsync(login);
            return new(
                browsers, login, page.Headers.GetValues("Set-Cookie").First().Split(';')[0],
                Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value);
        }

        public async Task<HttpStatusCode> Next()
        {
            var i = Interlocked.Increment(ref next);
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content =
                    new FormUrlEncodedContent(
                        [new("__RequestVerificationToken", token), new("email", "carol@demo.test"), new("password", Workbench.Password)]),
            };
            request.Headers.Add("Cookie", cookie);
            using var answer = await browsers[i % browsers.Count].SendAsync(request);
            return answer.StatusCode;
        }

        public void Dispose() => browsers.ForEach(browser => browser.Dispose());

        private static HttpClient Browser(byte number) => new(new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectCallback = async (context, ct) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(new IPAddress([127, 2, 0, number]), 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });

        [GeneratedRegex("""name="__RequestVerificationToken" value="([^"]+)""")]
        private static partial Regex Token();
    }
}
