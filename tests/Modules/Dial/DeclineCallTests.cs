using System.Net;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Modules.Tests;

namespace Tccc.Dial.Tests;

/// <summary>An offer is declined by whom it rings at; product.md §4.</summary>
public sealed class DeclineCallTests : DialCenter
{
    [Fact]
    public async Task A_declined_call_is_answered_with_an_empty_bar_and_rings_at_the_next()
    {
        var offer = await OfferToBob();
        await center.Online(TestCenter.Amy);
        var answer = await bob.DeleteAsync(At($"/offers/{offer.Id}"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("alertdialog", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(offer.Contact.Id, (await center.Rings(TestCenter.Amy)).Contact.Id);
    }

    [Fact]
    public async Task An_offer_can_neither_be_answered_nor_declined_by_somebody_else()
    {
        var offer = await OfferToBob();
        foreach (var other in new[] { amy, nora }) await Refused(await other.PutAsync(At($"/offers/{offer.Id}/answer"), null));
        await Refused(await amy.DeleteAsync(At($"/offers/{offer.Id}")), HttpStatusCode.Forbidden, "This call is offered to a colleague.");
        await Refused(
            await nora.DeleteAsync(At($"/offers/{offer.Id}")), HttpStatusCode.NotFound, "This call is no longer ringing for you.");
        Assert.Equal(offer.Id, Dispatch.See(TestCenter.Bob)!.Offer!.Id);
    }

    [Theory]
    [InlineData("en", "The caller has hung up.")]
    [InlineData("zh-CN", "来电者已挂断")]
    public async Task A_click_after_the_caller_gave_up_says_so(string language, string sentence)
    {
        var offer = await OfferToBob();
        Dispatch.Withdraw(offer.Contact.Id, TestCenter.Center);
        await TestCenter.Until("it stops ringing", () => Dispatch.See(TestCenter.Bob)!.Offer is null);
        var answer = await (await center.As(TestCenter.Bob, language)).DeleteAsync(At($"/offers/{offer.Id}"));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        if (language == "en") await Refused(answer, HttpStatusCode.Conflict, sentence);
        else Assert.DoesNotContain("The caller has hung up", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_click_on_decline_says_that_it_was_declined()
    {
        var offer = await OfferToBob();
        await bob.DeleteAsync(At($"/offers/{offer.Id}"));
        await Refused(await bob.DeleteAsync(At($"/offers/{offer.Id}")), HttpStatusCode.Conflict, "You have declined this call.");
    }

    [Fact]
    public async Task An_offer_nobody_knows_is_not_there() =>
        await Refused(await bob.DeleteAsync(At("/offers/123456")), HttpStatusCode.NotFound, "This call is no longer ringing for you.");
}
