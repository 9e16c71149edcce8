using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Records.Tests;

/// <summary>The records as browsers get them: who sees what, the pages of the list, and the why-trace; product.md §12 and §4.</summary>
public sealed class RecordTests : IAsyncLifetime
{
    private static readonly AgentId Lee = new(13);
    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private TestCenter center = null!;
    private HttpClient amy = null!;
    private HttpClient lee = null!;
    private HttpClient nora = null!;
    private long lastCall = 5000;

    public async Task InitializeAsync()
    {
        center = await TestCenter.Start(
            builder => builder.Services.AddTelephony().AddRecords(), app =>
                new RecordsModule().AddRoutes(app), Furnish, "--Sip:Port=0", "--Media:WebRtcPort=0", "--Media:RtpPorts=24000-24999");
        (amy, lee, nora) = (await center.As(TestCenter.Amy), await center.As(Lee), await center.As(TestCenter.Nora));
    }

    public async Task DisposeAsync() => await center.DisposeAsync();

    [Fact]
    public async Task A_supervisor_sees_the_calls_of_the_center_and_no_others()
    {
        await Store(Call(TestCenter.Amy, "111"), Call(TestCenter.Bob, "222"), Call(TestCenter.Nora, "333", of: TestCenter.Other));
        Assert.Equal(["222", "111"], Numbers(await Page(lee, "/records/calls")));
        Assert.Equal(["333"], Numbers(await Page(nora, "/records/calls")));
    }

    [Fact]
    public async Task An_agent_sees_only_the_calls_they_served()
    {
        var (mine, others) = (Call(TestCenter.Amy, "111"), Call(TestCenter.Bob, "222"));
        await Store(mine, others);
        Assert.Equal(["111"], Numbers(await Page(amy, "/records/calls")));
        Assert.Equal(HttpStatusCode.OK, await Status(amy, mine));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(amy, others));
    }

    [Fact]
    [Trait("Case", "F-E10")]
    public async Task A_look_at_another_agents_call_leaves_one_row_in_the_audit_trail_whoever_asks_and_one_at_ones_own_does_not()
    {
        var (mine, others) = (Call(Lee, "111"), Call(TestCenter.Bob, "222"));
        await Store(mine, others);
        // the page of a call that is on asks again every two seconds
        foreach (var call in (CallRecord[])[mine, others, others, others]) Assert.Equal(HttpStatusCode.OK, await Status(lee, call));
        Assert.StartsWith("222", Assert.Single(await Looks(AuditWhat.RecordSeen)).Target, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "F-E10")]
    public async Task A_look_at_the_list_of_others_calls_leaves_a_row_that_says_which_and_the_list_of_ones_own_does_not()
    {
        await Store(Call(TestCenter.Amy, "111", at: Morning), Call(TestCenter.Bob, "222", at: Morning.AddHours(1)));
        await Page(amy, "/records/calls");
        Assert.Empty(await Looks(AuditWhat.RecordsSeen));
        await Page(lee, "/records/calls");
        var look = Assert.Single(await Looks(AuditWhat.RecordsSeen));
        Assert.Equal($"{Morning:u} \u2013 {Morning.AddHours(1):u}", look.Target);
        Assert.NotNull(look.Actor);
    }

    [Theory]
    [Trait("Case", "F-D11")]
    [InlineData("en", "Wrap-up")]
    [InlineData("zh-CN", "\u8BDD\u540E\u6574\u7406")]
    public async Task The_times_of_a_call_mean_one_thing_each_and_the_wrap_up_is_among_them(string language, string word)
    {
        var call = Call(TestCenter.Amy, "111", at: Morning);
        (call.EndedAt, call.TalkMs, call.HoldMs) = (Morning.AddSeconds(100), 61_000, 30_000);
        AgentStateChange Change(long id, AgentState from, AgentState to, int seconds) =>
            new() { Id = id, Center = TestCenter.Center, Agent = TestCenter.Amy, From = from, To = to, At = Morning.AddSeconds(seconds) };
        await Store(call, Change(9001, AgentState.Busy, AgentState.WrapUp, 100), Change(9002, AgentState.WrapUp, AgentState.Idle, 117));
        using var reader = await center.As(Lee, language);
        var times = (await Page(reader, $"/records/calls/{call.Id}")).QuerySelectorAll(".record-times > div").ToDictionary(
            d => d.QuerySelector("dt")!.TextContent, d => d.QuerySelector("dd")!.TextContent);
        Assert.Equal("00:17", times[word]);
        Assert.Contains("01:01", times.Values);
        var row = (await Page(reader, "/records/calls")).QuerySelector("#rows tbody tr")!.TextContent;
        Assert.Contains("01:01", row, StringComparison.Ordinal);
        Assert.DoesNotContain("01:31", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_of_another_center_is_not_there()
    {
        var theirs = Call(TestCenter.Nora, "333", of: TestCenter.Other);
        await Store(theirs);
        Assert.Equal(HttpStatusCode.NotFound, await Status(lee, theirs));
        Assert.Equal(HttpStatusCode.NotFound, await Status(amy, theirs));
        Assert.Equal(HttpStatusCode.OK, await Status(nora, theirs));
        Assert.Equal(HttpStatusCode.NotFound, (await lee.GetAsync(At("/records/calls/1"))).StatusCode);
    }

    [Fact]
    public async Task A_stranger_is_sent_away()
    {
        using var stranger = center.Stranger();
        foreach (var path in new[] { "/records/calls", "/records/calls/1" })
            Assert.NotEqual(HttpStatusCode.OK, (await stranger.GetAsync(At(path))).StatusCode);
    }

    [Fact]
    public async Task The_list_is_turned_page_by_page_and_back_and_no_call_is_lost_or_met_twice()
    {
        // several arrive in the same microsecond, also where a page ends
        var calls = Enumerable.Range(0, 40).Select(i => Call(TestCenter.Amy, $"{1000 + i}", at: Morning.AddSeconds(i / 3))).ToArray();
        await Store(calls);
        var expected = calls.OrderByDescending(c => c.ArrivedAt).ThenByDescending(c => c.Id.Value).Select(c => c.Customer).ToArray();
        var pages = new List<string[]>();
        var page = await Page(lee, "/records/calls");
        Assert.Null(page.QuerySelector("a[rel=prev]"));
        for (; ; page = await Page(lee, page.QuerySelector("a[rel=next]")!.GetAttribute("href")!))
        {
            pages.Add(Numbers(page));
            if (page.QuerySelector("a[rel=next]") is null) break;
        }
        Assert.Equal([15, 15, 10], pages.Select(p => p.Length));
        Assert.Equal(expected, pages.SelectMany(p => p));
        page = await Page(lee, page.QuerySelector("a[rel=prev]")!.GetAttribute("href")!);
        Assert.Equal(pages[1], Numbers(page));
        page = await Page(lee, page.QuerySelector("a[rel=prev]")!.GetAttribute("href")!);
        Assert.Equal(pages[0], Numbers(page));
        Assert.Contains("40 calls", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?before=rubbish")]
    [InlineData("?before=99999999999999999999-1")]
    [InlineData("?after=9223372036854775807-1")]
    public async Task A_place_that_cannot_be_read_is_the_beginning(string query)
    {
        await Store(Call(TestCenter.Amy, "111"));
        Assert.Equal(["111"], Numbers(await Page(lee, "/records/calls" + query)));
    }

    [Theory]
    [InlineData("en", "No calls yet")]
    [InlineData("zh-CN", "还没有通话")]
    public async Task An_empty_list_says_what_will_stand_there(string language, string title)
    {
        using var reader = await center.As(Lee, language);
        Assert.Contains(title, (await Page(reader, "/records/calls")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Hung up in the queue, by the customer", "Declined", "Offered: first in the group's order")]
    [InlineData("zh-CN", "排队中放弃（客户）", "已拒接", "已呼叫：按技能组顺序排第一")]
    public async Task A_supervisor_reads_how_a_call_ended_who_was_asked_and_why(string language, string ending, string outcome, string rule)
    {
        await center.Online(TestCenter.Amy);
        var contact = center.Caller();
        var offer = await center.Rings(TestCenter.Amy);
        await center.Get<Dispatch>().Decline(offer.Id, TestCenter.Amy);
        center.Get<Dispatch>().Withdraw(contact.Id, TestCenter.Center);
        Assert.Empty((await center.Get<Dispatch>().Why(TestCenter.Center, contact.Id)).Decisions);
        var call = Call(null, "13800138000", id: new(contact.Id.Value));
        (call.Result, call.Reason) = (CallResult.Abandoned, CallEndReason.GaveUpInQueue);
        var made = contact.Arrived.WallAt(offer.MadeAt);
        await Store(call, new CallAttempt
        {
            Call = call.Id, Center = TestCenter.Center, Offer =
                offer.Id, Agent = TestCenter.Amy, StartedAt = made, EndedAt = made.AddSeconds(2), Outcome = AttemptOutcome.Declined,
        });
        using var reader = await center.As(Lee, language);
        var page = await Page(reader, $"/records/calls/{call.Id}");
        Assert.Contains(ending, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(outcome, page.QuerySelector("section[aria-labelledby=offers]")!.TextContent, StringComparison.Ordinal);
        var decisions = page.QuerySelectorAll(".why > li").ToArray();
        Assert.Equal(2, decisions.Length);
        Assert.Contains("Amy", decisions[0].QuerySelector(".is-asked")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(rule, decisions[0].QuerySelector(".is-asked")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(decisions[1].QuerySelectorAll(".is-asked"));
    }

    [Fact]
    public async Task An_agent_is_shown_neither_the_trace_nor_whom_else_it_rang_at()
    {
        var call = Call(TestCenter.Amy, "111");
        CallAttempt Asked(AgentId agent, long offer, AttemptOutcome outcome) =>
            new() { Call = call.Id, Center = TestCenter.Center, Offer = new(offer), Agent = agent, StartedAt = Morning,
                EndedAt = Morning.AddSeconds(3), Outcome = outcome };
        await Store(call, Asked(TestCenter.Bob, 1, AttemptOutcome.Declined), Asked(TestCenter.Amy, 2, AttemptOutcome.Accepted));
        var page = await Page(amy, $"/records/calls/{call.Id}");
        Assert.DoesNotContain("Bob", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector(".why"));
        Assert.Single(page.QuerySelectorAll("section[aria-labelledby=offers] tbody tr"));
        Assert.Equal(2, (await Page(lee, $"/records/calls/{call.Id}")).QuerySelectorAll("section[aria-labelledby=offers] tbody tr").Length);
    }

    [Fact]
    public void Every_ending_attempt_and_rule_has_a_word()
    {
        CultureInfo.CurrentUICulture = Languages.Chinese;
        var texts = center.Get<IStringLocalizer<Texts>>();
        Assert.All(Enum.GetValues<CallEndReason>(), r => Assert.True(RecordWords.Reason(texts, r).Any(c => c > 255), r.ToString()));
        Assert.All(Enum.GetValues<AttemptOutcome>(), o => Assert.True(RecordWords.Outcome(texts, o).Any(c => c > 255), o.ToString()));
        Assert.All(Enum.GetValues<ExclusionRule>(), r => Assert.True(RecordWords.Rule(texts, r).Any(c => c > 255), r.ToString()));
    }

    private async Task<List<AuditRow>> Looks(AuditWhat what)
    {
        await center.Get<Writer>().Flush();
        await using var db = await center.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<TcccDb>>().CreateDbContextAsync();
        return [.. db.Set<AuditRow>().Where(row => row.What == what)];
    }

    private static Task Furnish(TestCenter.Seed seed)
    {
        seed.Rows.Add(
            new Person { Id = new(Lee.Value), Email = "Lee@test", NormalizedEmail = "LEE@TEST", SecurityStamp = "Lee",
                Mobile = "13800000009" });
        seed.Rows.Add(
            new Agent { Id = Lee, Center = TestCenter.Center, Person = new(Lee.Value), Role = Role.Supervisor, Nickname = "Lee" });
        seed.Rows.OfType<Agent>().Single(a => a.Id == TestCenter.Nora).Role = Role.Administrator;
        return Task.CompletedTask;
    }

    private CallRecord Call(AgentId? agent, string customer, CenterId? of = null, DateTimeOffset? at = null, CallId? id = null)
    {
        var arrived = at ?? Morning.AddSeconds(++lastCall);
        return new()
        {
            Id = id ?? new(++lastCall),
            Center = of ?? TestCenter.Center,
            Customer = customer,
            Called = "4000000001",
            Group = of is null ? TestCenter.Sales : null,
            Agent = agent,
            ArrivedAt = arrived,
            AnsweredAt = agent is null ? null : arrived.AddSeconds(5),
            EndedAt = arrived.AddSeconds(65),
            TalkMs = agent is null ? 0 : 60_000,
            Result = CallResult.Served,
            Reason = CallEndReason.HungUp,
            EndedBy = EndedBy.Customer,
        };
    }

    private Task Store(params object[] rows) => center.Get<Writer>().Write(db =>
    {
        db.AddRange(rows);
        return Task.CompletedTask;
    });

    private static async Task<IDocument> Page(HttpClient reader, string path)
    {
        var answer = await reader.GetAsync(At(path));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }

    private static string[] Numbers(IDocument page) => [.. page.QuerySelectorAll("#rows .cell-name [dir=auto]").Select(n => n.TextContent)];

    private static async Task<HttpStatusCode> Status(HttpClient reader, CallRecord call) =>
        (await reader.GetAsync(At($"/records/calls/{call.Id}"))).StatusCode;

    private static Uri At(string path) => new(path, UriKind.Relative);
}
