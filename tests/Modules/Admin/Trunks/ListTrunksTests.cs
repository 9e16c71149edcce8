using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Resources;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin.Tests;

[Collection(AdminSite.Name)]
public sealed class ListTrunksTests(Site site)
{
    private static (string, string)[] Trunk(string name, string networks = "192.0.2.0/24", params (string, string)[] more) =>
    [
        ("Name", name), ("Host", "sip.example.com"), ("Port", "5060"), ("Transport", "Udp"),
        ("AllowedNetworks", networks), .. more,
    ];

    [Theory]
    [InlineData("No answer")]
    [InlineData("No response")]
    [InlineData("Could not be reached")]
    [InlineData("The host name has no address")]
    [InlineData("The connection was lost")]
    [InlineData("Too many connections")]
    [InlineData("The TLS handshake failed")]
    public void What_the_engine_says_of_a_trunk_has_Chinese_words(string words) =>
        Assert.NotNull(new ResourceManager(typeof(Texts))
            .GetResourceSet(Languages.Chinese, createIfNotExists: true, tryParents: false)!.GetString(words));

    [Fact]
    public async Task A_trunk_that_wants_no_registration_shows_since_when_it_answers_or_does_not()
    {
        using var ada = await Administrator.Of(site, "live@test.example");
        using var carrier = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var answers = "200 OK";
        var answering = Answer();
        var port = ((IPEndPoint)carrier.Client.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
        await ada.Save(
            "/admin/trunks/new", "/admin/trunks",
            [.. Trunk("Live").Where(f => f.Item1 is not ("Host" or "Port")), ("Host", "127.0.0.1"), ("Port", port)]);
        var page = $"/admin/trunks/{ada.Center.Trunks.Single(t => t.Name == "Live").Id}";
        await Until(page, "Reachable");
        Assert.NotNull((await ada.Visitor.Get(page)).Page.QuerySelector("time[data-local]"));
        await Until(page + "?lang=zh-CN", "可达");

        answers = "503 Out of Service";
        // a changed trunk is asked anew
        await ada.Save(
            page, page, [.. Trunk("Live too").Where(f => f.Item1 is not ("Host" or "Port")), ("Host", "127.0.0.1"), ("Port", port)]);
        await Until(page + "?lang=en", "Answers 503 Out of Service");
        carrier.Close();
        await answering;

        async Task Until(string page, string words)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            while (!(await ada.Visitor.Get(page)).Page.QuerySelector("main")!.TextContent.Contains(words, StringComparison.Ordinal))
                await tick.WaitForNextTickAsync(limit.Token);
        }

        async Task Answer()
        {
            try
            {
                while (true)
                {
                    var asked = await carrier.ReceiveAsync();
                    var lines = Encoding.ASCII.GetString(asked.Buffer).Split("\r\n");
                    var same =
                        lines.Where(
                            l => l.StartsWith("Via:", StringComparison.Ordinal) || l.StartsWith("From:", StringComparison.Ordinal)
                                || l.StartsWith("Call-ID:", StringComparison.Ordinal) || l.StartsWith("CSeq:", StringComparison.Ordinal));
                    var to = lines.Single(l => l.StartsWith("To:", StringComparison.Ordinal));
                    await carrier.SendAsync(
                        Encoding.ASCII.GetBytes(
                            $"SIP/2.0 {answers}\r\n{string.Join("\r\n", same)}\r\n{to};tag=c\r\nContent-Length: 0\r\n\r\n"),
                            asked.RemoteEndPoint);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // the carrier was switched off
            }
        }
    }
}
