using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;

namespace Tccc.Web.Tests.Admin;

[Collection(AdminSite.Name)]
public sealed class TrunkAndPhoneTests(Site site)
{
    private static (string, string)[] Trunk(string name, string networks = "192.0.2.0/24", params (string, string)[] more) =>
    [
        ("Name", name), ("Host", "sip.example.com"), ("Port", "5060"), ("Transport", "Udp"), ("Codecs", "PCMA,PCMU"), ("AllowedNetworks", networks), .. more,
    ];

    [Theory]
    [InlineData("203.0.113.77/24, 198.51.100.7", "203.0.113.0/24, 198.51.100.7/32")]
    [InlineData("2001:db8::1/32", "2001:db8::/32")]
    public async Task Networks_are_stored_as_they_are_meant(string typed, string stored)
    {
        using var ada = await Administrator.Of(site, $"net-{stored.Length}@test.example");
        Assert.Equal("/admin/trunks?done=saved", (await ada.Save("/admin/trunks/new", "/admin/trunks", Trunk("Net " + stored.Length, typed))).Location);
        Assert.Equal(stored, ada.Center.Trunks.Single(t => t.Name == "Net " + stored.Length).AllowedNetworks);
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.1")]
    [InlineData("sip.example.com")]
    [InlineData("10.0.0.0/8/8")]
    public async Task A_network_that_is_none_is_refused_at_its_field(string typed)
    {
        using var ada = await Administrator.Of(site, $"bad-net-{typed.Length}-{typed[^1]}@test.example");
        Assert.Contains("Write networks", (await ada.Save("/admin/trunks/new", "/admin/trunks", Trunk("Bad net", typed))).At("AllowedNetworks"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trunk_without_registration_needs_a_network_and_with_it_a_user()
    {
        using var ada = await Administrator.Of(site, "needs@test.example");
        Assert.Contains("at least one", (await ada.Save("/admin/trunks/new", "/admin/trunks", Trunk("Needs", ""))).At("AllowedNetworks"), StringComparison.Ordinal);
        Assert.Contains("user name", (await ada.Save("/admin/trunks/new", "/admin/trunks", Trunk("Needs", "", ("Register", "true")))).At("UserName"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trunk_that_wants_no_registration_shows_since_when_it_answers_or_does_not()
    {
        using var ada = await Administrator.Of(site, "live@test.example");
        using var carrier = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var answers = "200 OK";
        var answering = Answer();
        var port = ((IPEndPoint)carrier.Client.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
        await ada.Save("/admin/trunks/new", "/admin/trunks", [.. Trunk("Live").Where(f => f.Item1 is not ("Host" or "Port")), ("Host", "127.0.0.1"), ("Port", port)]);
        var page = $"/admin/trunks/{ada.Center.Trunks.Single(t => t.Name == "Live").Id}";
        await Until(page, "Reachable");
        Assert.NotNull((await ada.Visitor.Get(page)).Page.QuerySelector("time[data-local]"));
        await Until(page + "?lang=zh-CN", "可达");

        answers = "503 Out of Service";
        // a changed trunk is asked anew
        await ada.Save(page, page, [.. Trunk("Live too").Where(f => f.Item1 is not ("Host" or "Port")), ("Host", "127.0.0.1"), ("Port", port)]);
        await Until(page + "?lang=en", "Answers 503 Out of Service");
        carrier.Close();
        await answering;

        async Task Until(string page, string words)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            while (!(await ada.Visitor.Get(page)).Page.QuerySelector("main")!.TextContent.Contains(words, StringComparison.Ordinal)) await tick.WaitForNextTickAsync(limit.Token);
        }

        async Task Answer()
        {
            try
            {
                while (true)
                {
                    var asked = await carrier.ReceiveAsync();
                    var lines = Encoding.ASCII.GetString(asked.Buffer).Split("\r\n");
                    var same = lines.Where(l => l.StartsWith("Via:", StringComparison.Ordinal) || l.StartsWith("From:", StringComparison.Ordinal) || l.StartsWith("Call-ID:", StringComparison.Ordinal) || l.StartsWith("CSeq:", StringComparison.Ordinal));
                    var to = lines.Single(l => l.StartsWith("To:", StringComparison.Ordinal));
                    await carrier.SendAsync(Encoding.ASCII.GetBytes($"SIP/2.0 {answers}\r\n{string.Join("\r\n", same)}\r\n{to};tag=c\r\nContent-Length: 0\r\n\r\n"), asked.RemoteEndPoint);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // the carrier was switched off
            }
        }
    }

    [Fact]
    public async Task The_password_of_a_trunk_is_written_and_never_shown_and_an_empty_one_keeps_it()
    {
        using var ada = await Administrator.Of(site, "write-only@test.example");
        await ada.Save("/admin/trunks/new", "/admin/trunks", Trunk("Secret", "192.0.2.0/24", ("UserName", "me"), ("Password", "s3cret-of-trunk")));
        Trunk Now() => ada.Center.Trunks.Single(t => t.Name == "Secret");
        var passwords = site.Services.GetRequiredService<TrunkPasswords>();
        Assert.Equal("s3cret-of-trunk", passwords.Of(Now()));
        var page = $"/admin/trunks/{Now().Id}";
        Assert.DoesNotContain("s3cret-of-trunk", (await ada.Visitor.Get(page)).Text, StringComparison.Ordinal);
        await ada.Save(page, page, Trunk("Secret", "192.0.2.0/24", ("UserName", "me"), ("Password", "")));
        Assert.Equal("s3cret-of-trunk", passwords.Of(Now()));
        await ada.Save(page, page, Trunk("Secret", "192.0.2.0/24", ("UserName", "me"), ("ForgetPassword", "true")));
        Assert.Null(passwords.Of(Now()));
    }

    [Fact]
    public async Task Two_desk_phones_with_one_extension_are_refused_and_so_are_two_phones_of_one_person()
    {
        using var ada = await Administrator.Of(site, "phones@test.example");
        var made = await ada.SaveAndFollow("/admin/phones/new", "/admin/phones", ("Extension", "6001"), ("Agent", ada.Me.Id.ToString()));
        Assert.NotEmpty(made.Page.QuerySelector("#secret")!.TextContent);
        Assert.Contains("6001", made.Words, StringComparison.Ordinal);
        Assert.Equal("Another desk phone has this extension.", (await ada.Save("/admin/phones/new", "/admin/phones", ("Extension", "6001"), ("Agent", ""))).At("Extension"));
        Assert.Contains("one person, one phone", (await ada.Save("/admin/phones/new", "/admin/phones", ("Extension", "6002"), ("Agent", ada.Me.Id.ToString()))).At("Agent"), StringComparison.Ordinal);
        var phone = ada.Center.Phones.Values.Single(p => p.Extension == "6001");
        Assert.Equal(HttpStatusCode.Conflict, (await ada.Visitor.Delete($"/admin/phones/{phone.Id}")).Status);
        await ada.Save($"/admin/phones/{phone.Id}", $"/admin/phones/{phone.Id}", ("Agent", ""));
        await ada.Visitor.Delete($"/admin/phones/{phone.Id}");
        Assert.DoesNotContain(ada.Center.Phones.Values, p => p.Extension == "6001");
    }

    [Fact]
    public async Task Settings_out_of_their_bounds_are_refused_at_the_field_in_both_languages()
    {
        using var ada = await Administrator.Of(site, "settings@test.example");
        (string, string)[] Settings(string wrapUp, string reasons) =>
        [
            ("Name", "North"), ("TimeZone", "Asia/Shanghai"), ("Country", "86"), ("WrapUpSeconds", wrapUp), ("ConnectionLostSeconds", "30"),
            ("MissedCallsLimit", "3"), ("PlaceEverySeconds", "30"), ("BreakReasons", reasons),
        ];
        Assert.Equal("Enter 0 to 600 seconds.", (await ada.Save("/admin/settings", "/admin/settings", Settings("601", "Lunch"))).At("WrapUpSeconds"));
        Assert.Equal("请输入 0 至 600 秒。", (await ada.Save("/admin/settings?lang=zh-CN", "/admin/settings", Settings("601", "Lunch"))).At("WrapUpSeconds"));
        Assert.Equal("有重复的原因。", (await ada.Save("/admin/settings", "/admin/settings", Settings("30", "Lunch\nlunch"))).At("BreakReasons"));
        Assert.Equal("/admin/settings?done=saved", (await ada.Save("/admin/settings", "/admin/settings", Settings("30", "Lunch\nTraining"))).Location);
        Assert.Equal(["Lunch", "Training"], ada.Center.BreakReasons.Select(r => r.Name));
    }
}
