using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace EndToEnd.Peers;

/// <summary>
/// Somebody on the way between a browser and the server, who sees every packet of the line and holds none of its keys: repeats what passes,
/// or passes on a copy with a wrong tag before the right packet.
/// </summary>
internal sealed partial class MediaProxy : IAsyncDisposable
{
    private readonly UdpClient front = new(new IPEndPoint(IPAddress.Any, 0));
    private readonly ConcurrentDictionary<IPEndPoint, UdpClient> ways = new();
    private readonly CancellationTokenSource stop = new();
    private readonly IPEndPoint server;
    private readonly Task loop;

    public MediaProxy(int serverPort)
    {
        server = new(IPAddress.Loopback, serverPort);
        loop = Run();
    }

    /// <summary>Every SRTP packet of the browser arrives twice.</summary>
    public bool Repeats { get; set; }

    /// <summary>Every SRTP packet of the browser comes after a copy whose tag is wrong.</summary>
    public bool Forges { get; set; }

    /// <summary>
    /// The browser's line is led here: the addresses of the server's description name this port in place of the server's.
    /// </summary>
    public Task StandBetween(IPage page) => page.RouteAsync("**/line", async route =>
    {
        if (route.Request.Method != "POST")
        {
            await route.ContinueAsync();
            return;
        }
        var answer = await route.FetchAsync();
        var port = ((IPEndPoint)front.Client.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
        await route.FulfillAsync(
            new() { Response = answer, Body = Candidate()
                .Replace(await answer.TextAsync(), line => line.Groups[1].Value + port + line.Groups[2].Value) });
    });

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        foreach (var way in ways.Values) way.Dispose();
        front.Dispose();
        stop.Dispose();
    }

    private async Task Run()
    {
        try
        {
            while (true)
            {
                var packet = await front.ReceiveAsync(stop.Token);
                var way = ways.GetOrAdd(packet.RemoteEndPoint, WayOf);
                var sound = IsSound(packet.Buffer);
                if (sound && Forges) await way.SendAsync(Forged(packet.Buffer), stop.Token);
                await way.SendAsync(packet.Buffer, stop.Token);
                if (sound && Repeats) await way.SendAsync(packet.Buffer, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // the test is over
        }
    }

    private UdpClient WayOf(IPEndPoint browser)
    {
        var way = new UdpClient();
        way.Connect(server);
        _ = Back(way, browser);
        return way;
    }

    private async Task Back(UdpClient way, IPEndPoint browser)
    {
        try
        {
            while (true) await front.SendAsync((await way.ReceiveAsync(stop.Token)).Buffer, browser, stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // the test is over, or the server
        }
    }

    // RFC 7983, and RFC 5761 §4 for what is RTCP
    private static bool IsSound(byte[] packet) => packet.Length > 12 && packet[0] is >= 128 and <= 191 && packet[1] is < 192 or > 223;

    private static byte[] Forged(byte[] packet)
    {
        var copy = packet.ToArray();
        copy[^1] ^= 0x55;
        return copy;
    }

    [GeneratedRegex(@"(a=candidate:\S+ \d udp \d+ \S+ )\d+( typ host)", RegexOptions.IgnoreCase)]
    private static partial Regex Candidate();
}
