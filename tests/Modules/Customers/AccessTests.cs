using System.Net;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Platform;

namespace Tccc.Customers.Tests;

/// <summary>A center's customers are its own, and the list is the supervisors'; product.md §1.</summary>
public sealed class AccessTests : Room
{
    [Fact]
    public async Task Another_center_sees_finds_and_changes_none_of_this_ones_customers()
    {
        var (customer, merged) = (await Known("Zhang Wei", International), await Known("Mr Zhang", "+861082345678"));
        Assert.Empty((await Page(sue, "/customers")).QuerySelectorAll(".cell-name"));
        Assert.Empty((await Page(sue, $"/customers?q={National}")).QuerySelectorAll(".cell-name"));
        await NotThere(sue.GetAsync(At($"/customers/{customer}")));
        await NotThere(sue.GetAsync(At($"/customers/{customer}/edit")));
        await NotThere(Post(sue, $"/customers/{customer}", ("Version", "1"), ("Name", "Mine"), ("Numbers", National)));
        await NotThere(Post(sue, $"/customers/{customer}/notes", ("Text", "mine")));
        await NotThere(Post(sue, $"/customers/{customer}/merges", ("Version", "1"), ("Other", "01082345678")));
        await Post(lee, $"/customers/{customer}/merges", ("Version", "1"), ("Other", "01082345678"));
        await NotThere(sue.DeleteAsync(At($"/customers/{customer}/merges/{merged}?version=2")));
        var name = await Read(db => db.Of<Customer>(TestCenter.Center).Where(c => c.Id == customer).Select(c => c.Name).SingleAsync());
        Assert.Equal("Zhang Wei", name);
    }

    private static async Task NotThere(Task<HttpResponseMessage> answer) =>
        Assert.Equal(HttpStatusCode.NotFound, (await answer).StatusCode);

    [Fact]
    public async Task The_same_number_is_another_customer_in_another_center_and_is_not_merged_over_the_wall()
    {
        await Known("Zhang Wei", International);
        var made = await Post(sue, "/customers", ("Name", "Ours"), ("Numbers", National), ("Emails", "ours@example.com"));
        Assert.Equal(HttpStatusCode.SeeOther, made.StatusCode);
        Assert.Equal(["Ours"], (await Page(sue, "/customers")).QuerySelectorAll(".cell-name").Select(cell => cell.TextContent));
        var mine = (await Page(lee, "/customers")).QuerySelector(".cell-name a")!.GetAttribute("href")!;
        var refused = await Post(lee, $"{mine}/merges", ("Version", "1"), ("Other", "ours@example.com"));
        var page = await Page(refused, HttpStatusCode.UnprocessableEntity);
        Assert.Contains("Nobody has this", page.QuerySelector("#field-Other-error")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_of_another_center_are_no_earlier_calls_here()
    {
        await Called(National, TestCenter.Nora, TestCenter.Other);
        await Rings(TestCenter.Bob, National);
        Assert.Empty((await Page(bob, ShowCard.Address)).QuerySelectorAll(".earlier [id^=earlier-]:not(a)"));
    }

    [Theory]
    [InlineData("/customers")]
    [InlineData("/customers/new")]
    [InlineData("/customers/1")]
    public async Task Pages_of_customers_are_not_an_agents(string path) =>
        Assert.Equal(HttpStatusCode.Forbidden, (await bob.GetAsync(At(path))).StatusCode);
}
