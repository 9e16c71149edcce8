using System.Net;
using Tccc.Media.Sdp;

namespace Tccc.Media.Tests.Sdp;

public class WebRtcTermsTests
{
    private static readonly WebRtcTerms.Ours Ours =
        new(7, 1, [IPAddress.Parse("192.0.2.99"), IPAddress.Parse("2001:db8::99")], 40000, "abcdefgh", "0123456789abcdefghijklmn",
            "sha-256 AA:BB", 1234, "name");

    private static string Answer(string offer) => WebRtcTerms.Read(offer).Value.Answer(offer, Ours);

    [Fact]
    public void Chromium_gets_its_answer()
    {
        var answer = Answer(Offers.Chromium());
        string[] lines =
        [
            "a=group:BUNDLE 0", "a=ice-lite", "m=audio 40000 UDP/TLS/RTP/SAVPF 0 8 126", "c=IN IP4 192.0.2.99", "a=rtpmap:0 PCMU/8000",
            "a=rtpmap:126 telephone-event/8000",
            "a=sendrecv", "a=rtcp-mux", "a=mid:0", "a=ice-ufrag:abcdefgh", "a=ice-pwd:0123456789abcdefghijklmn",
            "a=fingerprint:sha-256 AA:BB", "a=setup:passive",
            "a=msid:tccc audio", "a=ssrc:1234 cname:name", "a=candidate:40 1 udp 2130706431 192.0.2.99 40000 typ host",
            "a=candidate:61 1 udp 2130706175 2001:db8::99 40000 typ host", "a=end-of-candidates",
        ];
        foreach (var line in lines) Assert.Contains($"{line}\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("extmap", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("opus", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("actpass", "passive")]
    [InlineData("active", "passive")]
    [InlineData("passive", "active")]
    public void We_are_the_server_unless_the_browser_insists(string offered, string answered) =>
        Assert.Contains($"a=setup:{answered}\r\n", Answer(Offers.Chromium(setup: offered)), StringComparison.Ordinal);

    [Fact]
    public void A_browser_that_only_listens_is_only_sent_to()
    {
        Assert.Contains("a=sendonly\r\n", Answer(Offers.Chromium("recvonly")), StringComparison.Ordinal);
        var answer = Answer(Offers.Chromium("sendonly"));
        Assert.Contains("a=recvonly\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("msid:tccc", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Video_beside_the_audio_is_refused_and_out_of_the_bundle()
    {
        var offer = Offers.Chromium()
            .Replace("BUNDLE 0", "BUNDLE 0 1", StringComparison.Ordinal)
                + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\na=rtpmap:96 VP8/90000\r\n";
        var answer = Answer(offer);
        Assert.Contains("a=group:BUNDLE 0\r\n", answer, StringComparison.Ordinal);
        Assert.Contains(
            "m=video 0 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\na=inactive\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusals_are_typed()
    {
        Assert.IsType<BadSdp>(WebRtcTerms.Read(Offers.Chromium(fingerprint: "")).Error);
        Assert.IsType<BadSdp>(WebRtcTerms.Read(Offers.Chromium(ufrag: "x")).Error);
        Assert.IsType<BadSdp>(WebRtcTerms.Read(Offers.Chromium().Replace("a=rtcp-mux\r\n", "", StringComparison.Ordinal)).Error);
        Assert.IsType<NoCommonCodec>(WebRtcTerms.Read(Offers.Phone()).Error);
        Assert.IsType<NoCommonCodec>(WebRtcTerms.Read(Offers.Chromium().Replace("9 0 8 13 110 126", "9", StringComparison.Ordinal)).Error);
    }
}
