using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace EndToEnd.Peers;

/// <summary>An agent without a screen: signs in through the same pages, goes online and keeps the workbench's stream open. For load, where fifty Chromiums would be the load.</summary>
internal sealed partial class HttpAgent : IAsyncDisposable
{
    private readonly HttpClient http;
    private readonly CancellationTokenSource gone = new();
    private readonly Lock gate = new();
    private readonly List<(string Name, string Data, long Stamp)> heard = [];
    private Task reading = Task.CompletedTask;

    private HttpAgent(Server server) =>
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = true }) { BaseAddress = new Uri(server.Address), Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Called on the reading task for every event of the stream: its name, its data, and <see cref="Stopwatch.GetTimestamp"/> of its last byte.</summary>
    public Action<string, string, long>? OnEvent { get; set; }

    public static async Task<HttpAgent> Online(Server server, string account)
    {
        var agent = new HttpAgent(server);
        var login = await agent.http.GetStringAsync(new Uri("/login", UriKind.Relative));
        var centers = await agent.Post("/login", login, ("email", account + "@demo.test"), ("password", Workbench.Password));
        await agent.Post("/centers", centers, ("online", "true"), ("center", Center().Match(centers).Groups[1].Value));
        agent.reading = agent.Read($"/workbench/stream?workbench={account}");
        await agent.Heard("agent-state", data => data.Contains("data-state=\"available\"", StringComparison.Ordinal));
        return agent;
    }

    /// <summary>Waits for an event of this name whose data fits, also one that came before.</summary>
    public Task Heard(string name, Func<string, bool> fits) => Until.Holds($"the stream tells {name}", () =>
    {
        lock (gate) return heard.Any(e => e.Name == name && fits(e.Data));
    });

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        await reading;
        http.Dispose();
        gone.Dispose();
    }

    private async Task<string> Post(string path, string page, params (string Name, string Value)[] fields)
    {
        var hidden = Hidden().Matches(page).Select(m => (m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value))).DistinctBy(f => f.Item1);
        using var form = new FormUrlEncodedContent(hidden.Concat(fields).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
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

    [GeneratedRegex("""<button[^>]*name="center" value="(\d+)">?""")]
    private static partial Regex Center();

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)">?""")]
    private static partial Regex Hidden();
}
