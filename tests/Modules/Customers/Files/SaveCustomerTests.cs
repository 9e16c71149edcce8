using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Platform;

namespace Tccc.Customers.Tests;

/// <summary>Writing down who a customer is: from the card in a call, and on the page; product.md §3 «customer card».</summary>
public sealed class SaveCustomerTests : Room
{
    [Fact]
    public async Task Who_nobody_wrote_about_is_written_down_beside_the_call_and_known_by_the_number_in_its_other_form()
    {
        await Rings(TestCenter.Bob, National);
        var card = await Page(await Post(
            bob, "/customers", ("Number", International), ("Name", " Zhang Wei "), ("Company", "Acme"), ("Numbers", National),
            ("Tags", "VIP\nvip\nlate payer")));
        Assert.Equal("Zhang Wei", card.QuerySelector(".customer-name")!.TextContent);
        Assert.Equal("Saved", card.QuerySelector(".customer-saved")!.TextContent);
        Assert.Equal(["VIP", "late payer"], card.QuerySelectorAll(".customer-tags .mark").Select(tag => tag.TextContent));
        Assert.Equal([International], await Read(db => db.Of<CustomerKey>(TestCenter.Center).Select(k => k.Value).ToListAsync()));
        Assert.Equal((AuditWhat.CustomerSaved, "Zhang Wei", null), await LastDone());
        Assert.Equal("Zhang Wei", (await Page(bob, ShowCard.Address)).QuerySelector(".customer-name")!.TextContent);
    }

    [Fact]
    public async Task A_known_customer_is_changed_as_a_whole_and_keeps_the_order_of_the_numbers_that_was_typed()
    {
        var customer = await Known("Zhang Wei", (CustomerKeyKind.Number, International), (CustomerKeyKind.Visitor, "browser-1"));
        await Rings(TestCenter.Bob, National);
        var saved = await Page(await Post(
            bob, $"/customers/{customer}", ("Version", "1"), ("Name", "Zhang Wei"), ("Numbers", "010-8234 5678\n" + National),
            ("Emails", "Zhang@Example.com"), ("AppUsers", "u-42")));
        Assert.Equal(
            ["01082345678", National, "zhang@example.com", "u-42", "browser-1"],
            saved.QuerySelectorAll(".customer-keys dd").Select(dd => dd.TextContent));
        await Post(bob, $"/customers/{customer}", ("Version", "2"), ("Numbers", National));
        var stored = await Read(db => db.Of<CustomerKey>(TestCenter.Center).OrderBy(k => k.Kind).Select(k => k.Value).ToListAsync());
        Assert.Equal([International, "browser-1"], stored);
    }

    [Fact]
    public async Task What_was_changed_meanwhile_is_shown_beside_what_was_typed_and_not_overwritten_unseen()
    {
        var customer = await Known("Zhang Wei", International);
        await Rings(TestCenter.Bob, National);
        await Called(National, TestCenter.Amy);
        await Post(amy, $"/customers/{customer}", ("Version", "1"), ("Name", "Theirs"), ("Numbers", National));
        var refused = await Post(bob, $"/customers/{customer}", ("Version", "1"), ("Name", "Mine"), ("Numbers", National));
        Assert.Equal("#customer-card", refused.Headers.GetValues("HX-Retarget").Single());
        var form = await Page(refused, HttpStatusCode.Conflict);
        Assert.Contains("Amy changed this at 20", form.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Stored now: Theirs", form.QuerySelector("#field-Name-stored")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Mine", form.QuerySelector("#field-Name")!.GetAttribute("value"));
        var version = form.QuerySelector("input[name=Version]")!.GetAttribute("value")!;
        var again = await Page(await Post(bob, $"/customers/{customer}", ("Version", version), ("Name", "Mine"), ("Numbers", National)));
        Assert.Equal("Mine", again.QuerySelector(".customer-name")!.TextContent);
    }

    [Fact]
    public async Task Two_who_write_down_the_same_caller_do_not_make_two_customers()
    {
        await Rings(TestCenter.Bob, National);
        await Called(National, TestCenter.Amy);
        await Post(amy, "/customers", ("Number", International), ("Name", "Theirs"), ("Numbers", National));
        var refused = await Post(bob, "/customers", ("Number", International), ("Name", "Mine"), ("Numbers", National));
        var form = await Page(refused, HttpStatusCode.Conflict);
        Assert.Contains("Stored now: Theirs", form.QuerySelector("#field-Name-stored")!.TextContent, StringComparison.Ordinal);
        Assert.Single(await Read(db => db.Of<Customer>(TestCenter.Center).ToListAsync()));
    }

    [Theory]
    [InlineData("Numbers", "13800138000\nnobody", "not a phone number")]
    [InlineData("Numbers", "", "A customer is found by something")]
    [InlineData("Emails", "zhang@", "not an e-mail address")]
    [InlineData("Name", "\u202egnahZ", "Remove invisible characters")]
    [InlineData("Tags", "0123456789012345678901234567890", "A tag has at most 30 characters")]
    [InlineData("Numbers", "+4420794600011", "belongs to another customer already")]
    public async Task What_can_not_be_saved_is_refused_at_its_field_and_kept_as_it_was_typed(string field, string typed, string words)
    {
        await Known("Somebody", "+4420794600011");
        await Rings(TestCenter.Bob, National);
        var form = await Page(await Post(bob, "/customers",
        [
            ("Number", International), (field, typed), .. field == "Numbers" ? Array.Empty<(string, string)>() : [("Numbers", National)],
        ]), HttpStatusCode.UnprocessableEntity);
        Assert.Contains(words, form.QuerySelector($"#field-{field}-error")!.TextContent, StringComparison.Ordinal);
        var input = form.QuerySelector($"#field-{field}")!;
        Assert.Equal(typed, input.GetAttribute("value") ?? input.TextContent);
        Assert.Single(await Read(db => db.Of<Customer>(TestCenter.Center).ToListAsync()));
    }

    [Theory]
    [InlineData("Tags", Customer.MostTags, "Enter at most 20 tags")]
    [InlineData("Numbers", Customer.MostKeys, "Enter at most 30 numbers, e-mails and ids")]
    public async Task There_may_be_so_many_and_not_one_more(string field, int most, string words)
    {
        string Lines(int count) => string.Join('\n', Enumerable.Range(0, count).Select(i => $"139000000{i:00}"));
        (string, string)[] Form(int count) => field == "Numbers" ? [(field, Lines(count))] : [(field, Lines(count)), ("Numbers", National)];
        var refused = await Page(await Post(lee, "/customers", Form(most + 1)), HttpStatusCode.UnprocessableEntity);
        Assert.Contains(words, refused.QuerySelector($"#field-{field}-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await Post(lee, "/customers", Form(most))).StatusCode);
    }

    [Fact]
    public async Task An_agent_writes_about_nobody_whom_they_never_served()
    {
        var customer = await Known("Zhang Wei", International);
        HttpResponseMessage[] answers =
        [
            await Post(bob, $"/customers/{customer}", ("Version", "1"), ("Name", "Mine"), ("Numbers", National)),
            await Post(bob, "/customers", ("Number", National), ("Name", "Mine"), ("Numbers", National)),
            await Post(bob, "/customers", ("Name", "Mine"), ("Numbers", "13900000001")),
        ];
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
    }

    [Fact]
    public async Task A_supervisor_writes_down_a_customer_on_the_page()
    {
        var made = await Post(lee, "/customers", ("Name", "Li Na"), ("Emails", "li@example.com"));
        Assert.Equal(HttpStatusCode.SeeOther, made.StatusCode);
        var page = await Page(lee, made.Headers.Location!.OriginalString);
        Assert.Equal("Li Na", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("Saved.", page.QuerySelector(".done")!.TextContent);
        var again = await Post(lee, "/customers", ("Name", "Li Na again"), ("Emails", "li@example.com"));
        var refused = await Page(again, HttpStatusCode.UnprocessableEntity);
        Assert.Contains("belongs to Li Na already", refused.QuerySelector("#field-Emails-error")!.TextContent, StringComparison.Ordinal);
    }
}
