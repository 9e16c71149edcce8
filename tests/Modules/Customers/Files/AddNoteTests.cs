using System.Net;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Platform;

namespace Tccc.Customers.Tests;

/// <summary>Notes about a customer: written beside the call, shown at the next one; product.md §3 «customer card».</summary>
public sealed class AddNoteTests : Room
{
    [Fact]
    public async Task A_note_about_who_was_not_known_makes_the_customer_and_stands_on_the_card_at_once()
    {
        await Rings(TestCenter.Bob, National);
        var answer = await Post(bob, "/customers/notes", ("Number", International), ("Text", " wants a refund\nby <b>Friday</b> "));
        var card = await Page(answer);
        Assert.Equal("wants a refund\nby <b>Friday</b>", card.QuerySelector(".earlier-note")!.TextContent);
        Assert.Equal("Bob", card.QuerySelector("[id^=note-] .small span")!.TextContent);
        Assert.Equal("", card.QuerySelector("#note-text")!.TextContent);
        Assert.Equal((AuditWhat.CustomerNoted, International, null), await LastDone());

        await center.Get<Acd.Dispatch>().Decline(center.Get<Acd.Dispatch>().See(TestCenter.Bob)!.Offer!.Id, TestCenter.Bob);
        await Rings(TestCenter.Amy, "008613800138000");
        Assert.Contains("wants a refund", (await Page(amy, ShowCard.Address)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notes_stand_newest_first_and_a_second_one_makes_no_second_customer()
    {
        await Called(National, TestCenter.Bob);
        await Post(bob, "/customers/notes", ("Number", National), ("Text", "first"));
        await Post(bob, "/customers/notes", ("Number", International), ("Text", "second"));
        var customer = Assert.Single(await Read(db => db.Of<Customer>(TestCenter.Center).ToListAsync()));
        var page = await Page(lee, $"/customers/{customer.Id}");
        Assert.Equal(["second", "first"], page.QuerySelectorAll(".earlier-note").Select(note => note.TextContent));
    }

    [Theory]
    [InlineData("   ", "Enter the note first.")]
    [InlineData("\u202eback", "Remove invisible characters")]
    [InlineData(null, "Enter at most 2000 characters.")]
    public async Task A_note_that_can_not_be_kept_is_refused_at_its_field_and_stays_there(string? text, string words)
    {
        text ??= new string('x', CustomerNote.Longest + 1);
        var customer = await Known("Zhang Wei", International);
        await Rings(TestCenter.Bob, National);
        var answer = await Post(bob, $"/customers/{customer}/notes", ("Text", text));
        Assert.Equal("#customer-card", answer.Headers.GetValues("HX-Retarget").Single());
        var card = await Page(answer, HttpStatusCode.UnprocessableEntity);
        Assert.Contains(words, card.QuerySelector("#note-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(text, card.QuerySelector("#note-text")!.TextContent);
        Assert.Equal("note-error", card.QuerySelector("#note-text[aria-invalid=true]")!.GetAttribute("aria-describedby"));
        Assert.Empty(await Read(db => db.Of<CustomerNote>(TestCenter.Center).ToListAsync()));
    }

    [Fact]
    public async Task The_longest_note_fits()
    {
        var customer = await Known("Zhang Wei", International);
        await Called(National, TestCenter.Bob);
        var answer = await Post(bob, $"/customers/{customer}/notes", ("Text", new string('\u5ba2', CustomerNote.Longest)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task An_agent_notes_nothing_about_whom_they_never_served()
    {
        var customer = await Known("Zhang Wei", International);
        Assert.Equal(HttpStatusCode.NotFound, (await Post(bob, $"/customers/{customer}/notes", ("Text", "mine"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Post(bob, "/customers/notes", ("Number", National), ("Text", "mine"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Post(bob, "/customers/notes", ("Number", "nobody"), ("Text", "mine"))).StatusCode);
    }

    [Fact]
    public async Task A_supervisor_notes_on_the_page_and_comes_back_to_it()
    {
        var customer = await Known("Zhang Wei", International);
        var noted = await Post(lee, $"/customers/{customer}/notes", ("Text", "called the shop"));
        Assert.Equal($"/customers/{customer}?done=noted", noted.Headers.Location!.OriginalString);
        var refused = await Page(await Post(lee, $"/customers/{customer}/notes", ("Text", "")), HttpStatusCode.UnprocessableEntity);
        Assert.Equal("Zhang Wei", refused.QuerySelector("h1")!.TextContent);
        Assert.NotNull(refused.QuerySelector("#note-error"));
    }
}
