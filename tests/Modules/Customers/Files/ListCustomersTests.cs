using Tccc.Directory;
using Tccc.Modules.Tests;

namespace Tccc.Customers.Tests;

/// <summary>Customers are found by anything that is known of them; product.md §3 «customer card».</summary>
public sealed class ListCustomersTests : Room
{
    [Fact]
    public async Task An_empty_list_says_how_customers_come_to_it() =>
        Assert.Contains(
            "Customers are listed here once somebody adds", (await Page(lee, ListCustomers.Address)).Body!.TextContent,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("zhang")]
    [InlineData("Zhang W")]
    [InlineData("acme")]
    [InlineData("vip")]
    [InlineData("13800138000")]
    [InlineData("+86 138 0013 8000")]
    [InlineData("0086-138-0013-8000")]
    [InlineData("8000")]
    [InlineData("Zhang@Example.com")]
    [InlineData("u-42")]
    [InlineData("browser-1")]
    public async Task A_customer_is_found_by_anything_that_is_known(string query)
    {
        await Known("Li Na", "+8613900000001");
        var customer = await Known(
            "", (CustomerKeyKind.Number, International), (CustomerKeyKind.Email, "zhang@example.com"), (CustomerKeyKind.AppUser, "u-42"),
            (CustomerKeyKind.Visitor, "browser-1"));
        await Post(
            lee, $"/customers/{customer}", ("Version", "1"), ("Name", "Zhang Wei"), ("Company", "ACME"), ("Tags", "VIP"),
            ("Numbers", National), ("Emails", "zhang@example.com"), ("AppUsers", "u-42"));
        Assert.Equal(["Zhang Wei"], await Found(query));
    }

    [Fact]
    public async Task What_fits_nobody_says_so_and_a_few_digits_are_no_number()
    {
        await Known("Zhang Wei", International);
        var page = await Page(lee, "/customers?q=138x");
        Assert.Contains("Nobody matches “138x”.", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_merged_is_found_by_what_they_had_as_the_one_they_were_merged_into()
    {
        var into = await Known("Zhang Wei", International);
        await Known("Mr Zhang", "+861082345678");
        await Post(lee, $"/customers/{into}/merges", ("Version", "1"), ("Other", "01082345678"));
        Assert.Equal(["Zhang Wei"], await Found("Mr Zhang"));
        Assert.Equal(["Zhang Wei"], await Found("01082345678"));
        Assert.Equal(["Zhang Wei"], await Found(""));
    }

    [Fact]
    public async Task A_long_list_has_pages_and_each_customer_once()
    {
        for (var i = 0; i < ListCustomers.PageSize + 2; i++) await Known($"No. {i:00}", $"+86139000000{i:00}");
        var first = await Page(lee, "/customers");
        var second = await Page(lee, first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        var cells = first.QuerySelectorAll(".cell-name").Concat(second.QuerySelectorAll(".cell-name"));
        var expected = Enumerable.Range(0, ListCustomers.PageSize + 2).Reverse().Select(i => $"No. {i:00}");
        Assert.Equal(expected, cells.Select(cell => cell.TextContent));
        Assert.Null(second.QuerySelector("a[rel=next]"));
    }

    [Fact]
    public async Task Looking_leaves_a_row_in_the_audit_trail()
    {
        await Page(lee, "/customers?q=zhang");
        Assert.Equal((AuditWhat.CustomersSeen, "zhang", null), await LastDone());
    }

    private async Task<IEnumerable<string>> Found(string query) =>
        (await Page(lee, "/customers?q=" + Uri.EscapeDataString(query))).QuerySelectorAll(".cell-name").Select(cell => cell.TextContent);
}
