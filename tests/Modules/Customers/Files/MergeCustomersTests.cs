using System.Net;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Platform;

namespace Tccc.Customers.Tests;

/// <summary>Two files of one customer become one, shown and found by all that either had; product.md §3 «customer card».</summary>
public sealed class MergeCustomersTests : Room
{
    [Theory]
    [InlineData("010 8234 5678")]
    [InlineData("+861082345678")]
    [InlineData("Zhang@example.com")]
    [InlineData("u-42")]
    [InlineData("browser-1")]
    public async Task The_other_is_found_by_anything_it_has_and_both_are_shown_as_one(string other)
    {
        var into = await Known("Zhang Wei", International);
        var from = await Known(
            "Mr Zhang", (CustomerKeyKind.Number, "+861082345678"), (CustomerKeyKind.Email, "zhang@example.com"),
            (CustomerKeyKind.AppUser, "u-42"), (CustomerKeyKind.Visitor, "browser-1"));
        await Noted(from, "of the other");
        await Called("01082345678", TestCenter.Amy);
        var merged = await Post(lee, $"/customers/{into}/merges", ("Version", "1"), ("Other", other));
        Assert.Equal($"/customers/{into}?done=merged", merged.Headers.Location!.OriginalString);
        Assert.Equal((AuditWhat.CustomersMerged, "Zhang Wei", "Mr Zhang"), await LastDone());

        var page = await Page(lee, $"/customers/{into}");
        Assert.Equal("Zhang Wei", page.QuerySelector("h1")!.TextContent);
        Assert.Equal($"{National}\n01082345678", page.QuerySelector("#field-Numbers")!.TextContent);
        Assert.Contains("of the other", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Single(page.QuerySelectorAll(".earlier [id^=earlier-]:not(a)"));
        Assert.Equal("Mr Zhang", page.QuerySelector(".customer-merged span")!.TextContent);
        // the address of the other leads here
        Assert.Equal($"/customers/{into}", (await lee.GetAsync(At($"/customers/{from}"))).Headers.Location!.OriginalString);
        // and so does a call from its number
        await Rings(TestCenter.Bob, "008601082345678");
        Assert.Equal("Zhang Wei", (await Page(bob, ShowCard.Address)).QuerySelector(".customer-name")!.TextContent);
    }

    [Fact]
    public async Task One_without_a_name_takes_that_of_the_other()
    {
        var into = await Known("", International);
        await Known("Mr Zhang", "+861082345678");
        await Post(lee, $"/customers/{into}/merges", ("Version", "1"), ("Other", "01082345678"));
        Assert.Equal("Mr Zhang", (await Page(lee, $"/customers/{into}")).QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData("01082345678", "Nobody has this number, e-mail or id.")]
    [InlineData("", "Nobody has this number, e-mail or id.")]
    [InlineData("8613800138000", "That is this customer")]
    [InlineData("+4420794600011", "more than 30")]
    public async Task What_can_not_be_merged_is_refused_at_the_field(string other, string words)
    {
        var into = await Known("Zhang Wei", International);
        var ids = Enumerable.Range(1, Customer.MostKeys - 1).Select(i => (CustomerKeyKind.AppUser, $"u-{i}"));
        await Known("Crowd", [(CustomerKeyKind.Number, "+4420794600011"), .. ids]);
        var refused = await Post(lee, $"/customers/{into}/merges", ("Version", "1"), ("Other", other));
        var page = await Page(refused, HttpStatusCode.UnprocessableEntity);
        Assert.Contains(words, page.QuerySelector("#field-Other-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(other, page.QuerySelector("#field-Other")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Who_looks_at_an_older_state_is_told_before_anything_is_merged()
    {
        var into = await Known("Zhang Wei", International);
        await Known("Mr Zhang", "+861082345678");
        await Post(lee, $"/customers/{into}", ("Version", "1"), ("Name", "Wei Zhang"), ("Numbers", National));
        var refused = await Post(lee, $"/customers/{into}/merges", ("Version", "1"), ("Other", "01082345678"));
        var page = await Page(refused, HttpStatusCode.Conflict);
        Assert.Contains("Lee changed this at 20", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll(".customer-merged li"));
    }
}
