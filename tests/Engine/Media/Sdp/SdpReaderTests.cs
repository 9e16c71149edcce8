using Tccc.Media.Sdp;

namespace Tccc.Media.Tests.Sdp;

public class SdpReaderTests
{
    private static SdpDescription Read(string text)
    {
        var description = SdpReader.Read(text, out var wrong);
        Assert.True(description is not null, wrong);
        return description;
    }

    [Fact]
    public void The_example_of_RFC_8866_reads()
    {
        var sdp = Read("""
            v=0
            o=jdoe 3724394400 3724394405 IN IP4 198.51.100.1
            s=Call to John Smith
            i=SDP Offer #1
            u=http://www.jdoe.example.com/home.html
            e=Jane Doe <jane@jdoe.example.com>
            p=+1 617 555-6011
            c=IN IP4 198.51.100.1
            t=0 0
            m=audio 49170 RTP/AVP 0
            m=audio 49180 RTP/AVP 0
            m=video 51372 RTP/AVP 99
            c=IN IP6 2001:db8::2
            a=rtpmap:99 h263-1998/90000

            """);
        Assert.Equal("198.51.100.1", sdp.Connection);
        Assert.Equal([49170, 49180, 51372], sdp.Media.Select(m => m.Port));
        Assert.Equal("2001:db8::2", sdp.Media[2].Connection);
        Assert.Equal(new SdpRtpMap(99, "h263-1998", 90000, 1), sdp.Media[2].RtpMaps.Single());
    }

    [Fact]
    public void What_Chromium_sends_reads()
    {
        var sdp = Read(Offers.Chromium());
        var audio = sdp.Audio!;
        Assert.Equal(["0"], sdp.Bundle);
        Assert.Equal("0", audio.Mid);
        Assert.True(audio.RtcpMux);
        Assert.Equal("kG1x", audio.Transport.IceUfrag);
        Assert.Equal("actpass", audio.Transport.Setup);
        Assert.Equal($"sha-256 {Offers.Fingerprint}", audio.Transport.Fingerprint);
        Assert.Equal(new SdpRtpMap(111, "opus", 48000, 2), audio.RtpMaps[0]);
        Assert.Equal(Direction.SendRecv, audio.Direction);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\r\n\r\n", "empty")]
    [InlineData("o=- 1 1 IN IP4 1.2.3.4\r\n", "v=0")]
    [InlineData("v=1\r\n", "v=0")]
    [InlineData("v=0\r\nhello\r\n", "line 2")]
    [InlineData("v=0\r\nm=audio\r\n", "line 2")]
    [InlineData("v=0\r\nm=audio 70000 RTP/AVP 0\r\n", "line 2")]
    [InlineData("v=0\r\nm=audio -1 RTP/AVP 0\r\n", "line 2")]
    [InlineData("v=0\r\nm=audio 4000\r\n", "line 2")]
    [InlineData("v=0\r\nc=IN\r\n", "line 2")]
    [InlineData("v=0\r\nc=IN IP4\r\n", "line 2")]
    public void What_is_wrong_is_named(string text, string part)
    {
        Assert.Null(SdpReader.Read(text, out var wrong));
        Assert.Contains(part, wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_hold()
    {
        Assert.Null(SdpReader.Read("v=0\r\n" + new string('a', SdpReader.LongestDescription), out _));
        Assert.Null(SdpReader.Read("v=0\r\na=" + new string('x', SdpReader.LongestLine) + "\r\n", out _));
        Assert.Null(SdpReader.Read("v=0\r\n" + string.Concat(Enumerable.Repeat("a=x\r\n", SdpReader.MostLines)), out _));
        Assert.Null(
            SdpReader.Read("v=0\r\n" + string.Concat(Enumerable.Repeat("m=audio 1 RTP/AVP 0\r\n", SdpReader.MostMedia + 1)), out _));
        var many = Read($"v=0\r\nm=audio 1 RTP/AVP {string.Join(' ', Enumerable.Range(0, 200))}\r\n");
        Assert.Equal(SdpReader.MostFormats, many.Media[0].Formats.Count);
    }

    [Fact]
    public void Bare_line_feeds_and_odd_attributes_are_no_obstacle()
    {
        var sdp =
            Read("v=0\nc=IN IP4 224.2.1.1/127/3\nm=audio 49170/2 RTP/AVP 0 x\na=rtpmap:banana\na=rtpmap:0 PCMU\na=rtcp:abc\na=\na=:\n");
        Assert.Equal("224.2.1.1", sdp.Connection);
        Assert.Equal(49170, sdp.Media[0].Port);
        Assert.Empty(sdp.Media[0].RtpMaps);
        Assert.Null(sdp.Media[0].RtcpPort);
    }
}
