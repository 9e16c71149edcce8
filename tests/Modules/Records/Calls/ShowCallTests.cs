using System.Net;
using AngleSharp.Dom;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Telephony;

namespace Tccc.Records.Tests;

/// <summary>One call, its times and its why-trace; product.md §12 and §4.</summary>
public sealed class ShowCallTests : RecordsCenter
{
    [Fact]
    [Trait("Case", "F-E10")]
    public async Task A_look_at_another_agents_call_leaves_one_row_in_the_audit_trail_whoever_asks_and_one_at_ones_own_does_not()
    {
        var (mine, others) = (Call(Supervisor, "111"), Call(TestCenter.Bob, "222"));
        await Store(mine, others);
        // the page of a call that is on asks again every two seconds
        foreach (var call in (CallRecord[])[mine, others, others, others]) Assert.Equal(HttpStatusCode.OK, await Status(lee, call));
        Assert.StartsWith("222", Assert.Single(await Looks(AuditWhat.RecordSeen)).Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_was_made_says_what_the_network_said_and_asks_no_one_who_was_offered_it()
    {
        var call = Call(Supervisor, "13900000001");
        (call.Direction, call.AnsweredAt, call.Result) = (CallDirection.Outbound, null, CallResult.NotReached);
        (call.Reason, call.Rang, call.SipStatus, call.SipCause) = (CallEndReason.NumberUnknown, true, 404, "Q.850;cause=1");
        await Store(call);
        var page = await Page(lee, $"/records/calls/{call.Id}");
        var facts = page.QuerySelectorAll(".record-facts > div").ToDictionary(
            d => d.QuerySelector("dt")!.TextContent, d => d.QuerySelector("dd")!.TextContent.Trim());
        Assert.Equal(("Outbound", "Yes", "SIP 404 · Q.850;cause=1"), (facts["Direction"], facts["Rang there"], facts["Said by the network"]));
        Assert.Equal(call.Called, facts["Caller ID"]);
        Assert.StartsWith("No such number", facts["How"], StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("#offers"));
        Assert.Equal("Not reached", page.QuerySelector(".mark")!.TextContent);
        // outside of the workbench there is no dial box
        Assert.Null(page.QuerySelector("[data-dial]"));
        using var drawer = await center.As(Supervisor);
        drawer.DefaultRequestHeaders.Add("HX-Target", "drawer-page");
        Assert.Equal("13900000001", (await Page(drawer, $"/records/calls/{call.Id}")).QuerySelector("#record-dial")!.GetAttribute("data-dial"));
        Assert.Equal("Not reached", (await Page(lee, "/records/calls")).QuerySelector("#rows .mark")!.TextContent);
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
        using var reader = await center.As(Supervisor, language);
        var times = (await Page(reader, $"/records/calls/{call.Id}")).QuerySelectorAll(".record-times > div").ToDictionary(
            d => d.QuerySelector("dt")!.TextContent, d => d.QuerySelector("dd")!.TextContent);
        Assert.Equal("00:17", times[word]);
        Assert.Contains("01:01", times.Values);
        var row = (await Page(reader, "/records/calls")).QuerySelector("#rows tbody tr")!.TextContent;
        Assert.Contains("01:01", row, StringComparison.Ordinal);
        Assert.DoesNotContain("01:31", row, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "unknown", "Customer")]
    [InlineData("zh-CN", "未知", "客户")]
    public async Task How_sound_passed_is_said_of_each_leg_and_what_is_not_known_called_so(string language, string unknown, string customer)
    {
        var call = Call(TestCenter.Amy, "111", at: Morning);
        await Store(call, Quality(call));
        using var reader = await center.As(Supervisor, language);
        var sound = (await Page(reader, $"/records/calls/{call.Id}")).QuerySelector("section[aria-labelledby=sound]")!;
        var names = sound.QuerySelectorAll("h3").Select(h => h.TextContent).ToArray();
        Assert.Equal(customer, names[0]);
        Assert.StartsWith("Bob", names[1], StringComparison.Ordinal);
        Assert.StartsWith("Amy", names[2], StringComparison.Ordinal);
        string[] Figures(int leg) => [.. sound.QuerySelectorAll("dl")[leg].QuerySelectorAll("dd").Select(d => d.TextContent)];
        Assert.Equal(["4.1", "4.1", "2 %"], Figures(0)[..3]);
        Assert.Equal(["3.1", "3.7", "2.5 %"], Figures(1)[..3]);
        Assert.Equal([unknown, unknown, "1.3 %"], Figures(2)[..3]);
        Assert.Equal(unknown, Figures(2)[^1]);
        Assert.Equal(5, sound.QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task An_agent_is_shown_how_the_customers_leg_and_their_own_were_and_no_colleagues()
    {
        var (call, other, live) = (Call(TestCenter.Amy, "111"), Call(TestCenter.Amy, "222"), Call(TestCenter.Amy, "333"));
        live.EndedAt = null;
        await Store(call, Quality(call), other, live);
        var sound = (await Page(amy, $"/records/calls/{call.Id}")).QuerySelector("section[aria-labelledby=sound]")!;
        Assert.Equal(["Customer", "Amy · Desk phone"], sound.QuerySelectorAll("h3").Select(h => h.TextContent));
        foreach (var (shown, words) in new[] { (other, "Nothing was measured"), (live, "Known when the call has ended") })
            Assert.Contains(
                words, (await Page(amy, $"/records/calls/{shown.Id}")).QuerySelector("section[aria-labelledby=sound]")!.TextContent,
                StringComparison.Ordinal);
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
        using var reader = await center.As(Supervisor, language);
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
}
