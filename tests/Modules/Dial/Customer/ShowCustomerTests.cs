using AngleSharp.Dom;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Telephony;

namespace Tccc.Dial.Tests;

/// <summary>The customer's card beside the call; product.md §3.</summary>
public sealed class ShowCustomerTests : DialCenter
{
    [Fact]
    public async Task The_customer_card_has_the_earlier_calls_of_the_number_already_while_it_rings()
    {
        var (mine, others, elsewhere) =
            (Call("13800138000", TestCenter.Bob), Call("13800138000", TestCenter.Amy), Call("222", TestCenter.Bob));
        await Store(
            mine, others, elsewhere,
            new CallNote { Call = others.Id, Center = TestCenter.Center, Agent = TestCenter.Amy, At = Now, Text = "asked for the price" });
        Assert.Contains("No customer yet", (await Page(bob, "/customer")).Body!.TextContent, StringComparison.Ordinal);
        await center.Online(TestCenter.Bob);
        center.Caller("13800138000");
        await center.Rings(TestCenter.Bob);
        var card = await Page(bob, "/customer");
        Assert.Equal("13800138000", card.QuerySelector(".customer-name")!.TextContent);
        Assert.Equal(2, card.QuerySelectorAll(".earlier > li").Length);
        Assert.Contains("asked for the price", card.Body!.TextContent, StringComparison.Ordinal);
        // records of others are not an agent's to open
        Assert.Equal([$"/records/calls/{mine.Id}"], card.QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task The_customer_card_has_what_was_written_down_of_the_customer()
    {
        var customer =
            new Customer { Id = new(900), Center = TestCenter.Center, Root = new(900), Name = "<b>Zhang</b> Wei", Company = "Acme",
                Tags = "VIP\nlate payer", CreatedAt = Now };
        var country = center.Get<Centers>().Of(TestCenter.Center)!.Center.Country;
        await Store(
            customer,
            new CustomerKey { Id = 901, Center = TestCenter.Center, Customer = customer.Id, Kind = CustomerKeyKind.Number,
                Value = Customers.Normal(CustomerKeyKind.Number, "13800138000", country)! },
            new CustomerNote { Id = 902, Center = TestCenter.Center, Customer = customer.Id, Agent = TestCenter.Amy, At = Now,
                Text = "prefers mornings" });
        await center.Online(TestCenter.Bob);
        center.Caller("13800138000");
        await center.Rings(TestCenter.Bob);
        var card = await Page(bob, "/customer");
        Assert.Equal("<b>Zhang</b> Wei", card.QuerySelector(".customer-name")!.TextContent);
        Assert.Equal(["VIP", "late payer"], card.QuerySelectorAll(".customer-tags .mark").Select(tag => tag.TextContent));
        foreach (var words in (string[])["Acme", "prefers mornings", "Amy"])
            Assert.Contains(words, card.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withheld_number_has_no_earlier_calls()
    {
        await Store(Call("", TestCenter.Bob));
        await center.Online(TestCenter.Bob);
        center.Caller("");
        await center.Rings(TestCenter.Bob);
        var card = await Page(bob, "/customer");
        Assert.Equal("Withheld number", card.QuerySelector(".customer-name")!.TextContent);
        Assert.Empty(card.QuerySelectorAll(".earlier > li"));
    }
}
