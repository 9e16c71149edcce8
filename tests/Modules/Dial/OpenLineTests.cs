using System.Net;

namespace Tccc.Dial.Tests;

/// <summary>The line of a page, opened by a browser's offer; product.md §4.</summary>
public sealed class OpenLineTests : DialCenter
{
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
}
