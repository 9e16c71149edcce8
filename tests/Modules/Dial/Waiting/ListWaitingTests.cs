using AngleSharp.Dom;
using Tccc.Modules.Tests;

namespace Tccc.Dial.Tests;

/// <summary>Who waits, for the members of the group; product.md §3.</summary>
public sealed class ListWaitingTests : DialCenter
{
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
        Assert.Contains("You are in no group", (await Page(nora, "/waiting")).Body!.TextContent, StringComparison.Ordinal);
    }
}
