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
}
