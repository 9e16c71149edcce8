using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace EndToEnd.Peers;

/// <summary>
/// An agent without a screen: signs in through the same pages, goes online and keeps the workbench's stream open. For load, where fifty
/// Chromiums would be the load.
/// </summary>
internal sealed partial class HttpAgent : IAsyncDisposable
{
    private const string Token = "__RequestVerificationToken";

    private readonly HttpClient http;
    private readonly CancellationTokenSource gone = new();
    private readonly Lock gate = new();
    private readonly List<(string Name, string Data, long Stamp)> heard = [];
    private Task reading = Task.CompletedTask;

    private string token = "";

    private HttpAgent(Server server, IPAddress? from)
    {
        var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = true };
        if (from is not null) handler.ConnectCallback = (context, ct) => Connect(from, context.DnsEndPoint.Port, ct);
        http = new HttpClient(handler) { BaseAddress = new Uri(server.Address), Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>
    /// Called on the reading task for every event of the stream: its name, its data, and <see cref="Stopwatch.GetTimestamp"/> of its last
    /// byte.
    /// </summary>
    public Action<string, string, long>? OnEvent { get; set; }

    /// <param name="from">A loopback address of the agent's own: one address may not sign in as often as many agents do.</param>
    public static async Task<HttpAgent> Online(Server server, string account, IPAddress? from = null)
    {
        var agent = new HttpAgent(server, from);
        var login = await agent.http.GetStringAsync(new Uri("/login", UriKind.Relative));
        var centers = await agent.Post("/login", login, ("email", account + "@demo.test"), ("password", Workbench.Password));
        var page = await agent.Post("/centers", centers, ("online", "true"), ("center", Center().Match(centers).Groups[1].Value));
        agent.token = WebUtility.HtmlDecode(Csrf().Match(page).Groups[1].Value);
        agent.reading = agent.Read($"/workbench/stream?workbench={account}");
        await agent.Heard("agent-state", data => data.Contains("data-state=\"available\"", StringComparison.Ordinal));
        return agent;
    }

    /// <summary>Waits for an event of this name whose data fits, also one that came before.</summary>
    public Task Heard(string name, Func<string, bool> fits) => Until.Holds($"the stream tells {name}", () =>
    {
        lock (gate) return heard.Any(e => e.Name == name && fits(e.Data));
    });

    /// <summary>A press of a button of the workbench, as htmx sends it.</summary>
    public async Task Put(string path, params (string Name, string Value)[] fields)
    {
        using var request =
            new HttpRequestMessage(
                HttpMethod.Put,
                new Uri(path, UriKind.Relative)) { Content =
                    new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
        request.Headers.Add("HX-Request", "true");
        request.Headers.Add("RequestVerificationToken", token);
        using var answer = await http.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path} answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>A page, as a browser asks for it.</summary>
    public Task<string> Page(string path) => http.GetStringAsync(new Uri(path, UriKind.Relative));

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        await reading;
        http.Dispose();
        gone.Dispose();
    }

    private static async ValueTask<Stream> Connect(IPAddress from, int port, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(IPAddress.Loopback, port, ct);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private async Task<string> Post(string path, string page, params (string Name, string Value)[] fields)
    {
        // of the forms on a page only the token is theirs all; where another one leads back to is not this one's business
        var hidden = KeyValuePair.Create(Token, WebUtility.HtmlDecode(Hidden().Match(page).Groups[1].Value));
        using var form = new FormUrlEncodedContent([hidden, .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task Read(string path)
    {
        try
        {
            await using var stream = await http.GetStreamAsync(new Uri(path, UriKind.Relative), gone.Token);
            using var lines = new StreamReader(stream);
            var (name, data) = ("message", "");
            while (await lines.ReadLineAsync(gone.Token) is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line["event: ".Length..];
                else if (line.StartsWith("data: ", StringComparison.Ordinal)) data += line["data: ".Length..] + "\n";
                else if (line.Length == 0)
                {
                    Keep(name, data, Stopwatch.GetTimestamp());
                    (name, data) = ("message", "");
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            // the server or this agent is gone
        }
    }

    private void Keep(string name, string data, long stamp)
    {
        OnEvent?.Invoke(name, data, stamp);
        lock (gate)
        {
            heard.RemoveAll(e => e.Name == name);
            heard.Add((name, data, stamp));
        }
    }

    [GeneratedRegex("""<meta name="csrf" content="([^"]+)" ?/?>""")]
    private static partial Regex Csrf();

    [GeneratedRegex("""<button[^>]*name="center" value="(\d+)">?""")]
    private static partial Regex Center();

    [GeneratedRegex("""<input type="hidden" name="__RequestVerificationToken" value="([^"]+)">?""")]
    private static partial Regex Hidden();
}
