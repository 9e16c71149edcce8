using Tccc.Acd;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Customers.Tests;

/// <summary>The card beside a call: who it is, what was noted, the calls before; product.md §3 «Right».</summary>
public sealed class ShowCardTests : Room
{
    [Fact]
    public async Task With_nobody_at_hand_the_card_says_what_will_stand_there() =>
        Assert.Contains("When a call rings", (await Page(bob, ShowCard.Address)).Body!.TextContent, StringComparison.Ordinal);

    [Fact]
    public async Task Earlier_calls_of_the_number_stand_there_already_while_it_rings()
    {
        var (mine, others) = (await Called(National, TestCenter.Bob), await Called(National, TestCenter.Amy));
        await Called("222", TestCenter.Bob);
        await Store(new CallNote
        {
            Call = others.Id, Center = TestCenter.Center, Agent = TestCenter.Amy, At = Now, Text = "asked for the price",
        });
        await Rings(TestCenter.Bob, National);
        var card = await Page(bob, ShowCard.Address);
        Assert.Equal(National, card.QuerySelector(".customer-name")!.TextContent);
        Assert.Equal([$"earlier-{others.Id}", $"earlier-{mine.Id}"], card.QuerySelectorAll(".earlier > li").Select(li => li.Id));
        Assert.Contains("asked for the price", card.Body!.TextContent, StringComparison.Ordinal);
        // records of others are not an agent's to open
        Assert.Equal([$"/records/calls/{mine.Id}"], card.QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
    }

    [Theory]
    [InlineData(National)]
    [InlineData(International)]
    [InlineData("008613800138000")]
    [InlineData("8613800138000")]
    public async Task A_customer_is_known_and_has_their_calls_in_whatever_form_the_number_comes(string asItComes)
    {
        var customer = await Known("<b>Zhang</b> Wei", International);
        await Noted(customer, "prefers mornings");
        await Called(National, TestCenter.Amy);
        await Called(International, TestCenter.Amy);
        await Called("013800138000", TestCenter.Amy);
        await Rings(TestCenter.Bob, asItComes);
        var card = await Page(bob, ShowCard.Address);
        Assert.Equal("<b>Zhang</b> Wei", card.QuerySelector(".customer-name")!.TextContent);
        Assert.Equal(3, card.QuerySelectorAll(".earlier [id^=earlier-]:not(a)").Length);
        Assert.Contains("prefers mornings", card.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Sales · 4000000001", card.QuerySelector(".customer-head .small")!.TextContent);
    }

    [Fact]
    public async Task Calls_of_all_numbers_of_the_customer_are_theirs_in_one_order()
    {
        await Known(
            "Zhang Wei", (CustomerKeyKind.Number, International), (CustomerKeyKind.Number, "+861082345678"),
            (CustomerKeyKind.Email, "zhang@example.com"));
        CallRecord[] calls =
        [
            await Called(National, TestCenter.Amy), await Called("01082345678", TestCenter.Amy),
            await Called(International, TestCenter.Amy),
        ];
        await Rings(TestCenter.Bob, National);
        var card = await Page(bob, ShowCard.Address);
        Assert.Equal(
            calls.AsEnumerable().Reverse().Select(call => $"earlier-{call.Id}"), card.QuerySelectorAll(".earlier > li").Select(li => li.Id));
        var known = card.QuerySelectorAll(".customer-keys dd").Select(dd => dd.TextContent);
        Assert.Equal([National, "01082345678", "zhang@example.com"], known);
    }

    [Fact]
    public async Task The_card_stays_through_the_wrap_up_with_who_was_taken_last_and_is_gone_after_it()
    {
        await Known("Zhang Wei", International);
        // who was taken last has waited for longer, and the clock stepped back between the two
        var (last, before) = (await Called(National, TestCenter.Bob), await Called("222", TestCenter.Bob));
        await Store(Taken(before, offer: 1, ago: 100), Taken(last, offer: 2, ago: 300));
        var dispatch = center.Get<Dispatch>();
        await center.Online(TestCenter.Bob);
        dispatch.Began(TestCenter.Bob, new(last.Id.Value), ContactKind.Call);
        await center.Is(TestCenter.Bob, AgentState.Busy);
        dispatch.Ended(new(last.Id.Value), TestCenter.Bob, wrapUp: true);
        await center.Is(TestCenter.Bob, AgentState.WrapUp);
        var card = await Page(bob, ShowCard.Address);
        Assert.Equal("Zhang Wei", card.QuerySelector(".customer-name")!.TextContent);
        // the call that is wrapped up is no earlier one
        Assert.Empty(card.QuerySelectorAll(".earlier [id^=earlier-]:not(a)"));
        Assert.True((await dispatch.Choose(TestCenter.Bob, Choice.Available, ChangedBy.Agent)).Ok);
        await center.Is(TestCenter.Bob, AgentState.Idle);
        Assert.Null((await Page(bob, ShowCard.Address)).QuerySelector(".customer-name"));
    }

    [Theory]
    [InlineData("", "Withheld number", "The number is withheld")]
    [InlineData("anna", "anna", "not a phone number")]
    public async Task Who_comes_without_a_telephone_number_has_a_card_that_says_why_it_is_empty(string number, string name, string words)
    {
        await Called("", TestCenter.Bob);
        await Rings(TestCenter.Bob, number);
        var card = await Page(bob, ShowCard.Address);
        Assert.Equal(name, card.QuerySelector(".customer-name")!.TextContent);
        Assert.Contains(words, card.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(card.QuerySelectorAll(".earlier > li, form"));
    }

    [Fact]
    public async Task Only_who_may_merge_is_led_to_the_page()
    {
        var customer = await Known("Zhang Wei", International);
        await Rings(TestCenter.Bob, National);
        Assert.Null((await Page(bob, ShowCard.Address)).QuerySelector("#customer-page"));
        await center.Get<Dispatch>().Decline(center.Get<Dispatch>().See(TestCenter.Bob)!.Offer!.Id, TestCenter.Bob);
        await Store(new GroupMember { Group = TestCenter.Sales, Agent = Supervisor, Center = TestCenter.Center });
        await center.Get<Centers>().Reload(TestCenter.Center);
        await center.Online(Supervisor);
        await center.Rings(Supervisor);
        Assert.Equal($"/customers/{customer}", (await Page(lee, ShowCard.Address)).QuerySelector("#customer-page")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public async Task The_card_looks_as_it_was_accepted(string language)
    {
        var file = new CustomerFile(
            new Customer { Id = new(1), Root = new(1), Name = "Zhang Wei", Company = "Acme", Tags = "VIP\nlate payer", Version = 3 }, [],
            [
                new CustomerKey { Id = 2, Customer = new(1), Kind = CustomerKeyKind.Number, Value = International },
                new CustomerKey { Id = 3, Customer = new(1), Kind = CustomerKeyKind.Email, Value = "zhang@example.com" },
            ],
            [new CustomerNote { Id = 4, Customer = new(1), Agent = new(11), At = Noon, Text = "prefers mornings" }]);
        EarlierCall call = new(new(5), CallDirection.Inbound, Noon, "Amy", CallResult.Served, 61_000, "asked for the price", true);
        var card = new Card(file, National, International, "Sales · 4000000001", [call], 2, "86", true, _ => "Amy");
        Pictures.Match((await Drawing.Of<CustomerCard>(language, card)).Html, $"card.{language}");
    }

    private CallAttempt Taken(CallRecord call, int offer, int ago) => new()
    {
        Call = call.Id, Center = TestCenter.Center, Offer = new(offer), Agent = TestCenter.Bob, StartedAt = Now.AddSeconds(-ago),
        EndedAt = Now, Outcome = AttemptOutcome.Accepted,
    };

    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
}
