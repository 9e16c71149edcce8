using System.Net;
using Tccc.Media.Codecs;
using Tccc.Media.Sdp;

namespace Tccc.Media.Tests.Sdp;

public class RtpTermsTests
{
    private static readonly IPAddress Ours = IPAddress.Parse("192.0.2.99");

    private const string Key = "inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";

    private static RtpTerms Read(string sdp, MediaEncryption encryption = MediaEncryption.Off) => RtpTerms.Read(sdp, encryption).Value;

    private static string Answer(string offer) => Read(offer).Answer(7, 1, Ours, 20000);

    [Fact]
    [Trait("Case", "F-B7")]
    public void All_formats_of_the_offer_that_we_know_are_answered_in_its_order()
    {
        var answer = Answer(Offers.Phone("18 8 0 8 101 13"));
        Assert.Contains("m=audio 20000 RTP/AVP 8 0 101\r\n", answer, StringComparison.Ordinal);
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
        Assert.Equal(
            AudioFormats.None,
            Read(Offers.Phone("0 101", more: "")
                .Replace("telephone-event/8000", "telephone-event/48000", StringComparison.Ordinal)).Formats.Events);
    }

    [Fact]
    public void A_number_that_rtpmap_gives_to_another_codec_is_that_codec() =>
        Assert.IsType<NoCommonCodec>(RtpTerms.Read(Offers.Phone("0", more: "a=rtpmap:0 opus/48000/2\r\n"), MediaEncryption.Off).Error);

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
        Assert.IsType<BadSdp>(RtpTerms.Read("x", MediaEncryption.Off).Error);
        Assert.IsType<NoAudio>(RtpTerms.Read("v=0\r\nc=IN IP4 1.2.3.4\r\nm=video 4000 RTP/AVP 31\r\n", MediaEncryption.Off).Error);
        Assert.IsType<NoAudio>(RtpTerms.Read(Offers.Phone(port: 0), MediaEncryption.Off).Error);
        Assert.IsType<NoCommonCodec>(RtpTerms.Read(Offers.Phone("18 101"), MediaEncryption.Off).Error);
        Assert.IsType<NoCommonCodec>(
            RtpTerms.Read(Offers.Phone().Replace("RTP/AVP", "RTP/SAVP", StringComparison.Ordinal), MediaEncryption.Off).Error);
        Assert.IsType<BadSdp>(RtpTerms.Read("v=0\r\nm=audio 4000 RTP/AVP 0\r\n", MediaEncryption.Off).Error);
    }

    [Fact]
    public void Our_offer_names_both_laws_and_an_answer_may_keep_both()
    {
        var offer = RtpTerms.Offer(AudioFormats.Ours, Direction.SendRecv, 7, 3, Ours, 20002);
        Assert.Contains("m=audio 20002 RTP/AVP 0 8 101\r\n", offer, StringComparison.Ordinal);
        Assert.Contains("o=- 7 3 ", offer, StringComparison.Ordinal);
        var terms = Read(Offers.Phone("8 0 101"));
        Assert.Equal((AudioCodec.Pcma, (byte)0, (byte)8), (terms.Formats.Codec, terms.Formats.Pcmu, terms.Formats.Pcma));
    }

    [Fact]
    public void IPv6_is_answered_with_IPv6()
    {
        var offer = "v=0\r\nc=IN IP6 2001:db8::1\r\nm=audio 4000 RTP/AVP 0\r\n";
        var answer = Read(offer).Answer(7, 1, IPAddress.Parse("2001:db8::99"), 20000);
        Assert.Contains("c=IN IP6 2001:db8::99\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "F-B7")]
    public void An_offer_in_a_session_of_one_law_names_both_again_under_the_numbers_agreed_on()
    {
        var one = Read(Offers.Phone("8 96", more: "a=rtpmap:96 telephone-event/8000\r\n")).Formats.Completed();
        Assert.Equal((AudioCodec.Pcma, (byte)0, (byte)8, (byte)96), (one.Codec, one.Pcmu, one.Pcma, one.Events));
        var odd =
            Read(Offers.Phone("101 0", more: "")
                .Replace("telephone-event/8000", "PCMA/8000", StringComparison.Ordinal)).Formats.Completed();
        Assert.Equal((AudioCodec.Pcma, (byte)0, (byte)101, (byte)102), (odd.Codec, odd.Pcmu, odd.Pcma, odd.Events));
    }

    [Fact]
    [Trait("Case", "F-B7")]
    public void What_arrives_is_understood_by_our_numbers_and_by_theirs()
    {
        var answer = Read(Offers.Phone("8 97", more: "a=rtpmap:97 telephone-event/8000\r\na=rtpmap:98 opus/48000/2\r\n"));
        var kinds = AudioFormats.Arriving(answer.Audio, AudioFormats.Ours);
        Assert.Equal(
            [PayloadKind.Pcmu, PayloadKind.Pcma, PayloadKind.ComfortNoise, PayloadKind.Event, PayloadKind.Event, PayloadKind.Unknown,
                PayloadKind.Unknown],
            new[] { 0, 8, 13, 97, 101, 98, 126 }.Select(n => kinds[n]));
    }

    [Fact]
    [Trait("Case", "F-B1")]
    public void The_first_audio_line_that_can_be_used_is_taken_and_the_others_get_port_0_in_their_places()
    {
        var offer = "v=0\r\nc=IN IP4 192.0.2.1\r\nm=video 6000 RTP/AVP 31\r\nm=audio 4000 RTP/AVP 18\r\nm=audio 4002 RTP/AVP 0 8\r\n" +
            "m=audio 4004 RTP/AVP 0\r\nm=application 5000 UDP/BFCP *\r\nm=image 5002 udptl t38\r\n";
        Assert.Equal(4002, Read(offer).Rtp!.Port);
        Assert.Equal(
            ["m=video 0 RTP/AVP 31", "m=audio 0 RTP/AVP 18", "m=audio 20000 RTP/AVP 0 8", "m=audio 0 RTP/AVP 0",
                "m=application 0 UDP/BFCP *", "m=image 0 udptl t38"],
            Answer(offer).Split("\r\n").Where(l => l.StartsWith("m=", StringComparison.Ordinal)));
    }

    [Theory]
    [Trait("Case", "F-B1")]
    [InlineData("m=audio 0 RTP/AVP 0\r\na=bundle-only\r\n")]
    [InlineData("m=audio 4000 UDP/TLS/RTP/SAVPF 0\r\n")]
    [InlineData("m=audio 4000 RTP/SAVP 0\r\n")]
    [InlineData("m=audio 4000 RTP/AVP 0\r\nc=ATM NSAP 47.0091\r\n")]
    [InlineData("m=audio 4000 RTP/AVP 0\r\nc=IN IP9 what\r\n")]
    [InlineData("m=audio 4000 RTP/AVP 0\r\nc=IN IP4 224.2.1.1/127\r\n")]
    [InlineData("m=audio 4000 RTP/AVP 0\r\nc=IN IP4 255.255.255.255\r\n")]
    [InlineData("m=audio 4000 RTP/AVP 0\r\nc=IN IP6 ff15::101\r\n")]
    [InlineData("m=audio 4000 RTP/AVP\r\n")]
    public void A_line_that_cannot_be_used_does_not_spoil_the_one_after_it(string line)
    {
        var terms = Read($"v=0\r\nc=IN IP4 192.0.2.1\r\n{line}m=audio 4002 RTP/AVP 0\r\n");
        Assert.Equal("192.0.2.1:4002", terms.Rtp!.ToString());
        Assert.StartsWith("m=audio 0 ", terms.Answer(7, 1, Ours, 20000).Split("\r\n").First(l => l[0] == 'm'), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "F-B2")]
    public void A_disabled_line_without_formats_is_passed_over_and_answered_with_one()
    {
        var answer = Answer(Offers.Phone(more: "m=video 0 RTP/AVP\r\n"));
        Assert.Contains("m=audio 20000 RTP/AVP 8 0 101\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("m=video 0 RTP/AVP 0\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_of_the_medium_comes_before_that_of_the_session_and_ptime_is_no_matter()
    {
        var terms = Read(Offers.Phone(more: "c=IN IP4 192.0.2.7\r\na=ptime:30\r\na=maxptime:150\r\n"));
        Assert.Equal("192.0.2.7:4000", terms.Rtp!.ToString());
        Assert.Null(Read(Offers.Phone(address: "10.1")).Rtp);
        Assert.Equal("192.0.2.7", Read("v=0\r\nc=IN IP6 ::ffff:192.0.2.7\r\nm=audio 4000 RTP/AVP 0\r\n").Rtp!.Address.ToString());
    }

    [Theory]
    [Trait("Case", "F-B9")]
    [InlineData("RTP/SAVP", MediaEncryption.BestEffort)]
    [InlineData("RTP/SAVPF", MediaEncryption.BestEffort)]
    [InlineData("RTP/AVP", MediaEncryption.BestEffort)]
    [InlineData("RTP/SAVP", MediaEncryption.Required)]
    [InlineData("RTP/AVP", MediaEncryption.Required)]
    public void A_key_that_is_offered_is_taken_and_answered_by_its_tag_in_the_profile_of_the_offer(
        string protocol, MediaEncryption encryption)
    {
        var terms =
            Read(Secure(protocol, "a=crypto:3 F8_128_HMAC_SHA1_80 inline:x\r\na=crypto:4 AES_CM_128_HMAC_SHA1_80 " + Key + "|2^20\r\n"),
                encryption);
        Assert.Equal((4, SrtpProfile.Aes128CmHmacSha1_80), (terms.Crypto!.Tag, terms.Crypto.Profile));
        var ours = SdesCrypto.New(4, terms.Crypto.Profile, new SystemRandomness());
        var answer = terms.Answer(7, 1, Ours, 20000, ours);
        Assert.Contains($"m=audio 20000 {protocol} 8 0 101\r\n", answer, StringComparison.Ordinal);
        Assert.Contains(ours.Line() + "\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "F-B9")]
    public void What_must_be_encrypted_is_not_taken_plain_nor_the_other_way_round()
    {
        var line = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 " + Key + "\r\n";
        Assert.IsType<NoEncryption>(RtpTerms.Read(Offers.Phone(), MediaEncryption.Required).Error);
        Assert.IsType<NoEncryption>(RtpTerms.Read(Secure("RTP/SAVP", ""), MediaEncryption.BestEffort).Error);
        Assert.IsType<NoCommonCodec>(RtpTerms.Read(Secure("RTP/SAVP", line), MediaEncryption.Off).Error);
        Assert.Null(Read(Secure("RTP/AVP", line)).Crypto);
        Assert.Null(Read(Offers.Phone(), MediaEncryption.BestEffort).Crypto);
        var both = Offers.Phone(more: "m=audio 4002 RTP/SAVP 0\r\n" + line);
        Assert.Equal(4002, Read(both, MediaEncryption.BestEffort).Rtp!.Port);
        Assert.Equal(4000, Read(both).Rtp!.Port);
    }

    [Fact]
    [Trait("Case", "F-B9")]
    public void An_answer_must_keep_tag_and_suite_of_a_key_that_we_offered()
    {
        SdesCrypto[] offered =
            [SdesCrypto.New(1, SrtpProfile.AeadAes128Gcm, new SystemRandomness()),
                SdesCrypto.New(2, SrtpProfile.Aes128CmHmacSha1_80, new SystemRandomness())];
        Result<RtpTerms> Answered(int tag) =>
            RtpTerms.Read(Secure("RTP/SAVP", $"a=crypto:{tag} AES_CM_128_HMAC_SHA1_80 {Key}\r\n"), MediaEncryption.Required, offered);
        Assert.Equal(2, Answered(2).Value.Crypto!.Tag);
        Assert.IsType<NoEncryption>(Answered(1).Error);
        Assert.IsType<NoEncryption>(Answered(3).Error);
    }

    private static string Secure(string protocol, string lines) =>
        Offers.Phone(more: lines).Replace("RTP/AVP", protocol, StringComparison.Ordinal);
}
