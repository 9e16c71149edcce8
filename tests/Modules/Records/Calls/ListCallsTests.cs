using System.Net;
using AngleSharp.Dom;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Telephony;

namespace Tccc.Records.Tests;

/// <summary>The list of calls, and who sees which; product.md §12.</summary>
public sealed class ListCallsTests : RecordsCenter
{
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
    public async Task An_agent_also_sees_calls_that_went_on_to_another_and_none_that_they_did_not_take()
    {
        var (gone, back, declined) = (Call(TestCenter.Bob, "111"), Call(TestCenter.Amy, "222"), Call(TestCenter.Bob, "333"));
        var refused = Accepted(declined, TestCenter.Amy);
        refused.Outcome = AttemptOutcome.Declined;
        // one went on to Bob, one came back to Amy from Bob: each is one row
        await Store(
            gone, Accepted(gone, TestCenter.Amy), Accepted(gone, TestCenter.Bob), back, Accepted(back, TestCenter.Amy),
            Accepted(back, TestCenter.Bob), Accepted(back, TestCenter.Amy), declined, refused, Accepted(declined, TestCenter.Bob));
        var page = await Page(amy, "/records/calls");
        Assert.Equal(["222", "111"], Numbers(page));
        Assert.Equal("2 calls", page.QuerySelector("#total")!.TextContent);
        Assert.Equal(HttpStatusCode.OK, await Status(amy, gone));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(amy, declined));
        Assert.Equal(["333", "222", "111"], Numbers(await Page(lee, $"/records/calls?agent={TestCenter.Bob}")));
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
}
