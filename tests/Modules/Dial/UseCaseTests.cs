using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Sip;
using Tccc.Telephony;

namespace Tccc.Dial.Tests;

/// <summary>
/// The use cases of Dial through HTTP, on the real dispatcher, the real call engine and real SIP peers; product.md §4 and §5.
/// Amy answers at the desk phone 8001, Bob in the page.
/// </summary>
public sealed class UseCaseTests : IAsyncLifetime
{
    private TestCenter center = null!;
    private Peer carrier = null!;
    private Peer phone = null!;
    private HttpClient amy = null!;
    private HttpClient bob = null!;
    private HttpClient nora = null!;

    private int SipPort => center.Get<SipEndpoint>().Port;

    private Calls Calls => center.Get<Calls>();

    private Dispatch Dispatch => center.Get<Dispatch>();

    public async Task InitializeAsync()
    {
        center = await TestCenter.Start(
            builder => builder.Services.AddTelephony().AddDial(), app =>
                new DialModule().AddRoutes(app), Furnish, "--Sip:Port=0", "--Media:WebRtcPort=0", "--Media:RtpPorts=24000-24999");
        (carrier, phone) = (await Peer.Start(), await Peer.Start());
        (amy, bob, nora) = (await center.As(TestCenter.Amy), await center.As(TestCenter.Bob), await center.As(TestCenter.Nora));
    }

    public async Task DisposeAsync()
    {
        await carrier.DisposeAsync();
        await phone.DisposeAsync();
        await center.DisposeAsync();
    }

    [Fact]
    public async Task An_offer_brings_the_ring_bar_to_the_agents_page_and_its_end_takes_it_away()
    {
        await center.Online(TestCenter.Bob);
        Contact? caller = null;
        await TestCenter.Pushed(
            bob, "incoming-call", html => html.Contains("13800138000", StringComparison.Ordinal),
            () => Task.FromResult(caller = center.Caller()));
        await TestCenter.Pushed(bob, "incoming-call", html => !html.Contains("alertdialog", StringComparison.Ordinal), () =>
        {
            Dispatch.Withdraw(caller!.Id, TestCenter.Center);
            return Task.CompletedTask;
        });
    }

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

    [Fact]
    public async Task Without_a_line_the_agent_is_told_so_and_it_goes_on_ringing()
    {
        var offer = await OfferToBob();
        await Refused(await bob.PutAsync(At($"/offers/{offer.Id}/answer"), null), HttpStatusCode.Conflict, "Your line is not connected.");
        Assert.Equal(offer.Id, Dispatch.See(TestCenter.Bob)!.Offer!.Id);
    }

    [Fact]
    public async Task Who_is_bound_to_a_desk_phone_is_told_to_pick_it_up()
    {
        await center.Online(TestCenter.Amy);
        center.Caller();
        await Refused(
            await amy.PutAsync(At($"/offers/{(await center.Rings(TestCenter.Amy)).Id}/answer"), null), HttpStatusCode.Conflict,
            "Pick up your desk phone 8001 to answer.");
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

    [Fact]
    public async Task A_call_is_held_resumed_muted_unmuted_and_hung_up_and_each_answer_is_the_panel_as_it_is_then()
    {
        var call = await Talking();
        Assert.Contains("Resume", await Panel(amy.PutAsync(At($"/calls/{call.Id}/hold"), null)), StringComparison.Ordinal);
        Assert.Equal(CallPhase.Held, Calls.CallOf(TestCenter.Amy)!.Phase);
        Assert.Contains(">Hold<", await Panel(amy.DeleteAsync(At($"/calls/{call.Id}/hold"))), StringComparison.Ordinal);
        Assert.Contains("Unmute", await Panel(amy.PutAsync(At($"/calls/{call.Id}/mute"), null)), StringComparison.Ordinal);
        Assert.True(Calls.CallOf(TestCenter.Amy)!.Muted);
        Assert.Contains(">Mute<", await Panel(amy.DeleteAsync(At($"/calls/{call.Id}/mute"))), StringComparison.Ordinal);
        Assert.Contains("data-quality", await Panel(amy.GetAsync(At($"/calls/{call.Id}/network"))), StringComparison.Ordinal);
        Assert.DoesNotContain("data-live", await Panel(amy.DeleteAsync(At($"/calls/{call.Id}"))), StringComparison.Ordinal);
        await TestCenter.Until("both ends are told", () => carrier.Ended && phone.Ended);
    }

    [Fact]
    public async Task A_call_can_be_touched_by_nobody_but_its_agent()
    {
        var call = await Talking();
        foreach (var other in new[] { bob, nora })
        {
            await Refused(await other.DeleteAsync(At($"/calls/{call.Id}")));
            await Refused(await other.PutAsync(At($"/calls/{call.Id}/hold"), null));
            await Refused(await other.PutAsync(At($"/calls/{call.Id}/mute"), null));
            Assert.Equal(HttpStatusCode.NoContent, (await other.GetAsync(At($"/calls/{call.Id}/network"))).StatusCode);
        }
        Assert.True(Calls.CallOf(TestCenter.Amy) is { Phase: CallPhase.Talking, Muted: false });
        Assert.False(carrier.Ended);
    }

    [Fact]
    public async Task A_click_on_a_call_that_has_ended_says_so()
    {
        var call = await Talking();
        await amy.DeleteAsync(At($"/calls/{call.Id}"));
        await TestCenter.Until("the call is over", () => Calls.CallOf(TestCenter.Amy) is null && carrier.Ended);
        await Refused(await amy.DeleteAsync(At($"/calls/{call.Id}")), HttpStatusCode.NotFound, "This call has ended.");
        await Refused(await amy.PutAsync(At($"/calls/{call.Id}/hold"), null), HttpStatusCode.NotFound, "This call has ended.");
    }

    [Fact]
    public async Task The_panel_comes_with_the_call_and_the_list_is_empty_when_it_is_over()
    {
        await TestCenter.Pushed(amy, "current-call", html => html.Contains("data-live", StringComparison.Ordinal), Talking);
        await TestCenter.Pushed(
            amy, "tasks", html => html.Contains("No active calls", StringComparison.Ordinal),
            () => amy.DeleteAsync(At($"/calls/{Calls.CallOf(TestCenter.Amy)!.Id}")));
    }

    [Fact]
    public async Task A_line_is_opened_by_a_browsers_offer()
    {
        var answer = await bob.PostAsync(At("/line"), new StringContent(BrowserOffer));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/sdp", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("v=0", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello", "This is no session description")]
    [InlineData("", "This is no session description")]
    [InlineData("v=0\r\nnonsense", "The line could not be opened")]
    [InlineData("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n", "The line could not be opened")]
    public async Task An_offer_that_is_none_is_refused_with_the_reason(string offer, string sentence) =>
        await Refused(await bob.PostAsync(At("/line"), new StringContent(offer)), HttpStatusCode.UnprocessableEntity, sentence);

    [Fact]
    public async Task An_offer_that_is_too_long_is_refused_before_it_is_read()
    {
        // asked first, as browsers don't: a refusal in the middle of ten megabytes may be lost with the connection
        using var request =
            new HttpRequestMessage(HttpMethod.Post, At("/line")) { Content = new StringContent("v=0" + new string('x', 10_000_000)) };
        request.Headers.ExpectContinue = true;
        await Refused(await bob.SendAsync(request), HttpStatusCode.UnprocessableEntity, "longer than 32768 bytes");
        await Refused(
            await bob.PostAsync(At("/line"), new StringContent("v=0" + new string('x', 40_000))), HttpStatusCode.UnprocessableEntity,
            "longer than 32768 bytes");
    }

    [Fact]
    public async Task Nobody_who_is_not_signed_in_opens_a_line() =>
        Assert.Equal(
            HttpStatusCode.Unauthorized, (await center.Stranger().PostAsync(At("/line"), new StringContent(BrowserOffer))).StatusCode);

    private const string BrowserOffer =
        "v=0\r\no=- 46 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\na=msid-semantic: WMS\r\n" +
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 8 126\r\nc=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\na=ice-ufrag:4ZcD\r\na=ice-pwd:2/1muCWoOi3uLifh0NuRHlXa\r\n" +
        "a=fingerprint:sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08\r\n" +
        "a=setup:actpass\r\na=mid:0\r\na=sendrecv\r\na=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:126 telephone-event/8000\r\n";

    private static Uri At(string path) => new(path, UriKind.Relative);

    private static Task Furnish(TestCenter.Seed seed)
    {
        var desk =
            new DeskPhone { Id = new(301), Center = TestCenter.Center, Extension = "8001", SipUser = "8001", BoundAgent = TestCenter.Amy };
        desk.SetPassword("Phone#8001");
        seed.Rows.Add(desk);
        seed.Rows.Add(
            new Trunk { Id = new(401), Center = TestCenter.Center, Name = "Carrier", Host = "127.0.0.1", AllowedNetworks = "127.0.0.0/8" });
        return Task.CompletedTask;
    }

    private async Task<OfferView> OfferToBob()
    {
        await center.Online(TestCenter.Bob);
        center.Caller();
        return await center.Rings(TestCenter.Bob);
    }

    /// <summary>The carrier calls, Amy's phone is rung and picked up.</summary>
    private async Task<CallView> Talking()
    {
        await phone.Register("8001", "Phone#8001", SipPort);
        await center.Online(TestCenter.Amy);
        carrier.Call("4000000001", SipPort);
        await TestCenter.Until("the desk phone rings", () => phone.Rings);
        phone.PickUp();
        await TestCenter.Until("they talk", () => Calls.CallOf(TestCenter.Amy)?.Phase == CallPhase.Talking && carrier.Answered);
        return Calls.CallOf(TestCenter.Amy)!;
    }

    private static async Task<string> Panel(Task<HttpResponseMessage> request)
    {
        var answer = await request;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task Refused(HttpResponseMessage answer, HttpStatusCode? status = null, string sentence = "role=\"alert\"")
    {
        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        if (status is { } wanted) Assert.Equal(wanted, answer.StatusCode);
        Assert.InRange((int)answer.StatusCode, 400, 499);
        Assert.Contains(sentence, html, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", html, StringComparison.Ordinal);
    }
}
