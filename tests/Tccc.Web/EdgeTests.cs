using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Web.Workbench;

namespace Tccc.Web.Tests;

/// <summary>
/// What stands at the edge of the web host: who may see figures, where links lead, how often and how much somebody may ask.
/// </summary>
[Collection(EdgeSite.Name)]
public sealed class EdgeTests(EdgeSite site)
{
    private static readonly (string, string) Proxied = ("X-Forwarded-For", "198.51.100.7");

    [Fact, Trait("Case", "F-C13")]
    public async Task A_stranger_is_told_that_the_server_is_ready_and_no_more()
    {
        using var visitor = site.Visit();
        var short_ = JsonDocument.Parse((await visitor.Get("/health/ready", Proxied)).Text).RootElement;
        Assert.Equal(["status"], short_.EnumerateObject().Select(p => p.Name));
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Get("/metrics", Proxied)).Status);
        Assert.Equal(
            HttpStatusCode.Forbidden, (await visitor.Get("/metrics", Proxied, ("Authorization", "Bearer wrong-wrong-wrong-wrong"))).Status);
    }

    [Fact, Trait("Case", "F-C13")]
    public async Task Details_are_for_the_machine_itself_for_the_token_and_for_administrators()
    {
        using var visitor = site.Visit();
        Assert.Contains("checks", (await visitor.Get("/health/ready")).Text, StringComparison.Ordinal);
        var token = ("Authorization", "Bearer " + EdgeSite.Token);
        Assert.Contains("checks", (await visitor.Get("/health/ready", Proxied, token)).Text, StringComparison.Ordinal);
        Assert.Contains("tccc_streams_open", (await visitor.Get("/metrics", Proxied, token)).Text, StringComparison.Ordinal);

        await site.Person("watcher@test.example", (site.North, new Agent { Nickname = "W", Role = Role.Administrator }));
        using var boss = await site.SignedIn("watcher@test.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await boss.Get("/metrics", Proxied)).Status);
        await boss.Enter(site.North.Id, online: false);
        Assert.Equal(HttpStatusCode.OK, (await boss.Get("/metrics", Proxied)).Status);
        Assert.Contains("checks", (await boss.Get("/health/ready", Proxied)).Text, StringComparison.Ordinal);
    }

    [Theory, Trait("Case", "F-D14")]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task A_page_is_sent_compressed_and_what_answers_a_form_is_not(string way)
    {
        using var visitor = site.Visit();
        var plain = await visitor.Get("/login");
        var (text, encoding) = await visitor.Raw("/login", way);
        Assert.Equal(way, encoding);
        await using var packed = new MemoryStream(text);
        await using Stream unpacked = way == "br"
            ? new BrotliStream(packed, CompressionMode.Decompress)
            : new GZipStream(packed, CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        Assert.Contains("<html", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.True(text.Length * 3 < plain.Text.Length * 2, $"{text.Length} of {plain.Text.Length}");
        Assert.Empty(
            (await visitor.Send("/login", "/login", ("email", "a@b.example"), ("password", "x"))).Response.Content.Headers.ContentEncoding);
    }

    [Fact, Trait("Case", "F-D14")]
    public async Task The_page_s_token_is_another_one_in_every_answer()
    {
        using var visitor = site.Visit();
        Assert.NotEqual(await visitor.Token("/login"), await visitor.Token("/login"));
    }

    [Fact, Trait("Case", "F-D14")]
    public async Task What_can_be_got_can_be_asked_about()
    {
        using var visitor = site.Visit();
        foreach (var path in (string[])["/login", "/health/live", "/login/forgot", "/lib/app.css"])
            Assert.Equal((path, HttpStatusCode.OK), (path, await visitor.Ask(HttpMethod.Head, path, "", htmx: false)));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await visitor.Ask(HttpMethod.Head, "/login/code", "", htmx: false));
    }

    [Fact, Trait("Case", "F-D14")]
    public async Task The_records_address_leads_to_the_list()
    {
        await site.NewAgent("records@test.example");
        using var visitor = await site.SignedIn("records@test.example");
        await visitor.Enter(site.North.Id, online: false);
        Assert.Equal("/records/calls", (await visitor.Get("/records")).Location);
    }

    [Fact, Trait("Case", "F-C16")]
    public async Task An_agent_has_a_few_event_streams_and_the_one_that_works_is_not_ended_for_another()
    {
        var agent = await site.NewAgent("many@test.example");
        using var visitor = await site.SignedIn("many@test.example");
        await visitor.Enter(site.North.Id);
        var streams = new List<EventReader> { await visitor.Stream("/workbench/stream?workbench=seat") };
        await streams[0].Next("agent-state");
        for (var i = 0; i < 30; i++) streams.Add(await visitor.Stream($"/workbench/stream?workbench=more{i}"));
        var open = site.Services.GetRequiredService<OpenStreams>();
        Assert.InRange(open.Of(agent.Id), 1, OpenStreams.AtMost);
        Assert.Equal(["seat"], site.Services.GetRequiredService<WorkbenchStreams>().WorkbenchesOf(agent.Id));
        foreach (var stream in streams) await stream.DisposeAsync();
    }

    [Fact, Trait("Case", "F-C16")]
    public async Task Streams_that_are_reset_as_soon_as_they_are_opened_end_their_connection_and_nothing_is_said_of_it()
    {
        await using (var flood = await Http2Flood.Open(site.SecurePort))
            Assert.True(await flood.IsCutOff(), "it may go on for ever");
        using var visitor = site.Visit();
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/login")).Status);
        Assert.DoesNotContain(site.Log.Troubles, line => line.Contains("Kestrel", StringComparison.Ordinal));
    }

    [Fact, Trait("Case", "F-C11")]
    public async Task An_invitation_leads_to_the_public_address_whatever_the_request_says_of_its_host()
    {
        var address = new PublicAddress(new Microsoft.Extensions.Configuration.ConfigurationManager());
        address.Know(["calls.example.com", "*.example.org"]);
        Assert.Equal("http://calls.example.com/login", address.Of(Request("calls.example.com"), "/login"));
        Assert.Equal("http://a.example.org:8080/login", address.Of(Request("a.example.org:8080"), "/login"));
        Assert.Equal("http://localhost:8080/login", address.Of(Request("localhost:8080"), "/login"));
        Assert.Equal("http://127.0.0.1/login", address.Of(Request("127.0.0.1"), "/login"));
        Assert.All(
            (string[])["evil.example", "b.a.example.org", "example.org", "calls.example.com.evil.example", "198.51.100.9", ""], host =>
            Assert.Equal("http://127.0.0.1:80/login", address.Of(Request(host), "/login")));

        var configured = new Microsoft.Extensions.Configuration.ConfigurationManager { ["Http:PublicUrl"] = "https://tccc.example/" };
        Assert.Equal("https://tccc.example/login", new PublicAddress(configured).Of(Request("evil.example"), "/login"));
        foreach (var wrong in (string[])["tccc.example", "ftp://x", "https://x/path", "https://me@x"])
            Assert.Throws<StartupException>(
                () => new PublicAddress(new Microsoft.Extensions.Configuration.ConfigurationManager { ["Http:PublicUrl"] = wrong }));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Jobs_are_for_administrators_of_the_first_center_and_their_pages_keep_the_policy()
    {
        var first = site.Services.GetRequiredService<Centers>().All.MinBy(c => c.Center.Id.Value)!.Center.Id;
        await site.Person(
            "host@test.example", (new Center { Id = first, Name = "" }, new Agent { Nickname = "H", Role = Role.Administrator }));
        using var host = await site.SignedIn("host@test.example");
        await host.Enter(first, online: false);
        Assert.NotNull((await host.Get("/admin")).Page.QuerySelector("a[href='/admin/jobs']"));
        var page = await host.Get("/admin/jobs");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("unsafe", page.Response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Empty(page.Page.QuerySelectorAll("script:not([src]), style, [style], [onclick]"));
        Assert.Contains("AuditTidying", (await host.Get("/admin/jobs/recurring")).Text, StringComparison.Ordinal);

        await site.Person("guest@test.example", (site.South, new Agent { Nickname = "G", Role = Role.Administrator }));
        using var guest = await site.SignedIn("guest@test.example");
        await guest.Enter(site.South.Id, online: false);
        Assert.Equal(HttpStatusCode.Forbidden, (await guest.Get("/admin/jobs")).Status);
        Assert.Null((await guest.Get("/admin")).Page.QuerySelector("a[href='/admin/jobs']"));
    }

    private static Microsoft.AspNetCore.Http.HttpRequest Request(string host)
    {
        var http = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        (http.Request.Scheme, http.Request.Host) = ("http", new(host));
        (http.Connection.LocalIpAddress, http.Connection.LocalPort) = (IPAddress.Loopback, 80);
        return http.Request;
    }
}

/// <summary>A server whose figures can be asked for by a token.</summary>
public sealed class EdgeSite() : Site(new Dictionary<string, string> { ["Operations:Token"] = Token })
{
    public const string Name = "edge site";

    internal const string Token = "a-token-of-the-test";
}

[CollectionDefinition(EdgeSite.Name)]
public sealed class OneEdgeSite : ICollectionFixture<EdgeSite>;
