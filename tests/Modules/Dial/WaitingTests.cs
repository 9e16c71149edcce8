using System.Net;
using System.Net.ServerSentEvents;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Platform;
using Tccc.Sip;
using Tccc.Telephony;

namespace Tccc.Dial.Tests;

/// <summary>
/// Who waits, «Take», «why not me» and History, through HTTP; product.md §3 and §4. Amy answers at the desk phone 8001, Bob in the page.
/// </summary>
public sealed class WaitingTests : IAsyncLifetime
{
    private static readonly GroupId Support = new(102);

    private TestCenter center = null!;
    private HttpClient amy = null!;
    private HttpClient bob = null!;
    private HttpClient nora = null!;

    private Dispatch Dispatch => center.Get<Dispatch>();

    private int SipPort => center.Get<SipEndpoint>().Port;

    public async Task InitializeAsync()
    {
        center = await TestCenter.Start(
            builder => builder.Services.AddTelephony().AddDial(), app =>
                new DialModule().AddRoutes(app), Furnish, "--Sip:Port=0", "--Media:WebRtcPort=0", "--Media:RtpPorts=24000-24999");
        (amy, bob, nora) = (await center.As(TestCenter.Amy), await center.As(TestCenter.Bob), await center.As(TestCenter.Nora));
    }

    public async Task DisposeAsync() => await center.DisposeAsync();

    [Fact]
    public async Task Who_waits_in_the_agents_groups_is_listed_oldest_first()
    {
        center.Caller("111");
        center.Caller("222");
        await WaitIn(Support, 0);
        await WaitIn(TestCenter.Sales, 2);
        var list = await Page(bob, "/waiting");
        Assert.Equal(["111", "222"], list.QuerySelectorAll(".task-name").Select(n => n.TextContent));
        Assert.Contains("Sales · 4000000001", list.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["Take", "Why not me?"], list.QuerySelectorAll("#waiting-list li:first-child button").Select(b => b.TextContent.Trim()));
    }

    [Fact]
    public async Task Who_waits_in_a_group_of_others_or_of_another_center_is_not_listed()
    {
        center.Caller("111");
        await WaitIn(TestCenter.Sales, 1);
        Assert.Empty((await Page(nora, "/waiting")).QuerySelectorAll(".task"));
        Assert.Contains("No one is waiting", (await Page(nora, "/waiting")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_count_is_pushed_when_somebody_comes_and_a_rush_is_told_a_few_times_only()
    {
        const int Rush = 40;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await using var stream = await bob.GetStreamAsync(At("/test/stream"), limit.Token);
        var counts = new List<string>();
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(limit.Token))
        {
            if (item.EventType != "waiting-count") continue;
            counts.Add(new HtmlParser().ParseDocument(item.Data).QuerySelector("#waiting-count")!.GetAttribute("data-count")!);
            if (counts.Count == 1) for (var i = 0; i < Rush; i++) center.Caller($"{i}");
            if (counts[^1] == $"{Rush}") break;
        }
        Assert.Equal("0", counts[0]);
        Assert.InRange(counts.Count, 2, 4);
    }

    [Fact]
    public async Task Taking_needs_a_state_that_can_serve_and_says_so()
    {
        await using var carrier = await Peer.Start();
        var call = await Waits(carrier);
        await Refused(await Take(bob, call), "You are offline; go online first.");
        Dispatch.WorkbenchOpened(TestCenter.Bob, "w");
        Dispatch.DeviceReachable(TestCenter.Bob, true);
        await Dispatch.Choose(TestCenter.Bob, Choice.Break("Meeting"), ChangedBy.Agent);
        await Refused(await Take(bob, call), "You are on a break; end it first.");
        Dispatch.Began(TestCenter.Bob, new(77), ContactKind.Call);
        await Refused(await Take(bob, call), "You are in a call; end it first.");
        using var chinese = await center.As(TestCenter.Bob, "zh-CN");
        await Refused(await Take(chinese, call), "您正在通话中，请先结束通话。");
        Assert.Single((await Page(bob, "/waiting")).QuerySelectorAll(".task"));
    }

    [Fact]
    public async Task A_caller_of_another_center_or_of_no_call_cannot_be_taken()
    {
        await using var carrier = await Peer.Start();
        var call = await Waits(carrier);
        await Refused(await Take(nora, call), "This customer is no longer waiting");
        await Refused(await Take(bob, new(4711)), "This customer is no longer waiting");
        Assert.Equal(1, Dispatch.See(TestCenter.Sales)!.Waiting);
    }

    [Fact]
    public async Task An_agent_who_is_Not_ready_takes_a_caller_at_the_desk_phone_and_a_colleague_is_told()
    {
        await using var carrier = await Peer.Start();
        await using var phone = await Peer.Start();
        await phone.Register("8001", "Phone#8001", SipPort);
        await center.Online(TestCenter.Amy);
        await Dispatch.Choose(TestCenter.Amy, Choice.NotReady, ChangedBy.Agent);
        await center.Online(TestCenter.Bob);
        await Dispatch.Choose(TestCenter.Bob, Choice.NotReady, ChangedBy.Agent);
        var call = await Waits(carrier);
        Assert.Equal(HttpStatusCode.OK, (await Take(amy, call)).StatusCode);
        await Refused(await Take(bob, call), "This customer is being offered to a colleague.");
        await TestCenter.Until("the desk phone rings", () => phone.Rings);
        phone.PickUp();
        await TestCenter.Until("they talk", () => center.Get<Calls>().CallOf(TestCenter.Amy)?.Phase == CallPhase.Talking);
        await Refused(await Take(bob, call), "This customer is no longer waiting: a colleague took the call");
        Assert.Empty((await Page(amy, "/waiting")).QuerySelectorAll(".task"));
    }

    [Theory]
    [InlineData("en", "You were Not ready.")]
    [InlineData("zh-CN", "您处于示忙。")]
    public async Task Why_not_me_tells_the_agents_own_rule_and_nothing_of_others(string language, string sentence)
    {
        await center.Online(TestCenter.Amy);
        await center.Online(TestCenter.Bob);
        await Dispatch.Choose(TestCenter.Bob, Choice.NotReady, ChangedBy.Agent);
        var caller = center.Caller();
        await center.Rings(TestCenter.Amy);
        using var reader = await center.As(TestCenter.Bob, language);
        foreach (var path in new[] { $"/waiting/{caller.Id}/why-not-me", "/why-not-me" })
        {
            var words = (await Page(reader, path)).Body!.TextContent;
            Assert.Contains(sentence, words, StringComparison.Ordinal);
            Assert.DoesNotContain("Amy", words, StringComparison.Ordinal);
            Assert.DoesNotContain("13800138000", words, StringComparison.Ordinal);
        }
        await Refused(await nora.GetAsync(At($"/waiting/{caller.Id}/why-not-me")), "This customer is no longer waiting");
        Assert.DoesNotContain(
            "You", (await Page(nora, "/why-not-me")).QuerySelector(".why-lines")?.TextContent ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_lists_the_calls_the_agent_served_and_leads_to_their_records()
    {
        CallRecord Served(long id, AgentId agent) => new()
        {
            Id = new(id), Center = TestCenter.Center, Customer =
                $"{id}", Called = "4000000001", Agent = agent, ArrivedAt = DateTimeOffset.UnixEpoch.AddDays(id),
            EndedAt = DateTimeOffset.UnixEpoch.AddDays(id)
                .AddMinutes(1), Result = CallResult.Served, Reason = CallEndReason.HungUp, EndedBy = EndedBy.Customer,
        };
        await center.Get<Writer>().Write(db =>
        {
            db.AddRange(Served(501, TestCenter.Bob), Served(502, TestCenter.Amy), Served(503, TestCenter.Bob));
            return Task.CompletedTask;
        });
        var links = (await Page(bob, "/history")).QuerySelectorAll(".task-link");
        Assert.Equal(
            [("503", "/records/calls/503"), ("501", "/records/calls/501")], links.Select(l => (l.TextContent, l.GetAttribute("href")!)));
        Assert.Contains("No calls yet", (await Page(nora, "/history")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/waiting")]
    [InlineData("/history")]
    [InlineData("/why-not-me")]
    public async Task A_stranger_reads_nothing(string path) =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await center.Stranger().GetAsync(At(path))).StatusCode);

    private static Task Furnish(TestCenter.Seed seed)
    {
        var desk =
            new DeskPhone { Id = new(301), Center = TestCenter.Center, Extension = "8001", SipUser = "8001", BoundAgent = TestCenter.Amy };
        desk.SetPassword("Phone#8001");
        seed.Rows.Add(desk);
        seed.Rows.Add(
            new Trunk { Id = new(401), Center = TestCenter.Center, Name = "Carrier", Host = "127.0.0.1", AllowedNetworks = "127.0.0.0/8" });
        seed.Rows.Add(new SkillGroup { Id = Support, Center = TestCenter.Center, Number = 2, Name = "Support" });
        seed.Rows.OfType<Center>().Single(c => c.Id == TestCenter.Center).SayNobodySignedIn = false;
        return Task.CompletedTask;
    }

    /// <summary>A real call that nobody is free for.</summary>
    private async Task<CallId> Waits(Peer carrier)
    {
        carrier.Call("4000000001", SipPort);
        await WaitIn(TestCenter.Sales, 1);
        return new((await Dispatch.Waiting(TestCenter.Center, [TestCenter.Sales])).Single().Contact.Id.Value);
    }

    private Task WaitIn(GroupId group, int count) => TestCenter.Until($"{count} wait", () => (Dispatch.See(group)?.Waiting ?? 0) == count);

    private static Task<HttpResponseMessage> Take(HttpClient agent, CallId call) => agent.PutAsync(At($"/waiting/{call}/take"), null);

    private static async Task<IDocument> Page(HttpClient agent, string path)
    {
        var answer = await agent.GetAsync(At(path));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }

    private static async Task Refused(HttpResponseMessage answer, string sentence)
    {
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(sentence, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    private static Uri At(string path) => new(path, UriKind.Relative);
}
