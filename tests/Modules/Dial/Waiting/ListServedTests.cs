using AngleSharp.Dom;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial.Tests;

/// <summary>History: the calls that an agent served; product.md §3.</summary>
public sealed class ListServedTests : DialCenter
{
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

    [Fact]
    public async Task A_call_that_was_made_can_be_made_again_as_it_was_and_one_in_vain_says_why()
    {
        var (reached, vain) = (Call("111", TestCenter.Bob), Call("222", TestCenter.Bob));
        (reached.Direction, vain.Direction) = (CallDirection.Outbound, CallDirection.Outbound);
        (vain.AnsweredAt, vain.TalkMs, vain.Result, vain.Reason) = (null, 0, CallResult.NotReached, CallEndReason.Busy);
        await Store(reached, vain, Call("333", TestCenter.Bob), Call("", TestCenter.Bob), Call("444", TestCenter.Amy));
        var page = await Page(bob, "/history");
        Assert.Equal(
            [("Call 333", "333", null), ("Redial 111", "111", "4000000001"), ("Redial 222", "222", "4000000001")],
            page.QuerySelectorAll("[data-dial]")
                .Select(b => (b.GetAttribute("aria-label")!, b.GetAttribute("data-dial")!, b.GetAttribute("data-caller-id"))).Order());
        Assert.Contains("Busy", page.QuerySelector($"#served-{vain.Id}")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Busy", page.QuerySelector($"#served-{reached.Id}")!.TextContent, StringComparison.Ordinal);
    }
}
