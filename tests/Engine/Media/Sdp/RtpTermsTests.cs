using System.Net;
using Tccc.Media.Codecs;
using Tccc.Media.Sdp;

namespace Tccc.Media.Tests.Sdp;

public class RtpTermsTests
{
    private static readonly IPAddress Ours = IPAddress.Parse("192.0.2.99");

    private static RtpTerms Read(string sdp, bool isAnswer = false) => RtpTerms.Read(sdp, isAnswer).Value;

    private static string Answer(string offer) => Read(offer).Answer(7, 1, Ours, 20000);

    [Fact]
    public void The_first_law_of_the_offer_is_taken_with_telephone_events()
    {
        var answer = Answer(Offers.Phone("18 8 0 101"));
        Assert.Contains("m=audio 20000 RTP/AVP 8 101\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("a=rtpmap:8 PCMA/8000\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("a=fmtp:101 0-15\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("a=ptime:20\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("a=rtcp:20001\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("o=- 7 1 IN IP4 192.0.2.99\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Dynamic_numbers_for_known_formats_are_read_from_rtpmap()
    {
        var terms = Read(Offers.Phone("96 97", more: "a=rtpmap:96 PCMA/8000/1\r\na=rtpmap:97 TELEPHONE-EVENT/8000\r\n"));
        Assert.Equal((AudioCodec.Pcma, (byte)96, (byte)97), (terms.Formats.Codec, terms.Formats.PayloadType, terms.Formats.Events));
        Assert.Equal(AudioFormats.None, Read(Offers.Phone("0 101", more: "").Replace("telephone-event/8000", "telephone-event/48000", StringComparison.Ordinal)).Formats.Events);
    }

    [Fact]
    public void A_number_that_rtpmap_gives_to_another_codec_is_that_codec() =>
        Assert.IsType<NoCommonCodec>(RtpTerms.Read(Offers.Phone("0", more: "a=rtpmap:0 opus/48000/2\r\n"), false).Error);

    [Fact]
    public void Other_streams_are_refused_with_port_0()
    {
        var answer = Answer(Offers.Rfc3264);
        Assert.Contains("m=audio 20000 RTP/AVP 0\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("m=video 0 RTP/AVP 31\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("m=video 0 RTP/AVP 32\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("telephone-event", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sendrecv", "sendrecv")]
    [InlineData("sendonly", "recvonly")]
    [InlineData("recvonly", "sendonly")]
    [InlineData("inactive", "inactive")]
    public void Direction_is_mirrored(string offered, string answered) =>
        Assert.Contains($"a={answered}\r\n", Answer(Offers.Phone(direction: offered)), StringComparison.Ordinal);

    [Fact]
    public void An_address_of_zeros_is_a_hold_of_old()
    {
        var terms = Read(Offers.Phone(address: "0.0.0.0"));
        Assert.Equal(Direction.SendOnly, terms.Direction);
        Assert.Null(terms.Rtp);
        Assert.Contains("a=recvonly\r\n", Answer(Offers.Phone(address: "0.0.0.0")), StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_go_to_the_next_port_or_where_it_says()
    {
        Assert.Equal(4001, Read(Offers.Phone()).Rtcp!.Port);
        Assert.Equal(5555, Read(Offers.Phone(more: "a=rtcp:5555\r\n")).Rtcp!.Port);
        var mux = Offers.Phone(more: "a=rtcp-mux\r\n");
        Assert.Equal(4000, Read(mux).Rtcp!.Port);
        Assert.Contains("a=rtcp-mux\r\n", Answer(mux), StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_name_is_an_address_to_be_learned() => Assert.Null(Read(Offers.Phone(address: "phone.example.com")).Rtp);

    [Fact]
    public void Refusals_are_typed()
    {
        Assert.IsType<BadSdp>(RtpTerms.Read("x", false).Error);
        Assert.IsType<NoAudio>(RtpTerms.Read("v=0\r\nc=IN IP4 1.2.3.4\r\nm=video 4000 RTP/AVP 31\r\n", false).Error);
        Assert.IsType<NoAudio>(RtpTerms.Read(Offers.Phone(port: 0), false).Error);
        Assert.IsType<NoCommonCodec>(RtpTerms.Read(Offers.Phone("18 101"), false).Error);
        Assert.IsType<NoCommonCodec>(RtpTerms.Read(Offers.Phone().Replace("RTP/AVP", "RTP/SAVP", StringComparison.Ordinal), false).Error);
        Assert.IsType<BadSdp>(RtpTerms.Read("v=0\r\nm=audio 4000 RTP/AVP 0\r\n", false).Error);
    }

    [Fact]
    public void Our_offer_names_both_laws_and_an_answer_may_keep_both()
    {
        var offer = RtpTerms.Offer(AudioFormats.Ours, Direction.SendRecv, 7, 3, Ours, 20002);
        Assert.Contains("m=audio 20002 RTP/AVP 0 8 101\r\n", offer, StringComparison.Ordinal);
        Assert.Contains("o=- 7 3 ", offer, StringComparison.Ordinal);
        var terms = Read(Offers.Phone("8 0 101"), isAnswer: true);
        Assert.Equal((AudioCodec.Pcma, (byte)0, (byte)8), (terms.Formats.Codec, terms.Formats.Pcmu, terms.Formats.Pcma));
        Assert.Equal(AudioFormats.None, Read(Offers.Phone("8 0 101")).Formats.Pcmu);
    }

    [Fact]
    public void IPv6_is_answered_with_IPv6()
    {
        var offer = "v=0\r\nc=IN IP6 2001:db8::1\r\nm=audio 4000 RTP/AVP 0\r\n";
        var answer = Read(offer).Answer(7, 1, IPAddress.Parse("2001:db8::99"), 20000);
        Assert.Contains("c=IN IP6 2001:db8::99\r\n", answer, StringComparison.Ordinal);
    }
}
