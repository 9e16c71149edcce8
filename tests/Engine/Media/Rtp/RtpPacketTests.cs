using Tccc.Media.Rtp;

namespace Tccc.Media.Tests.Rtp;

public class RtpPacketTests
{
    [Fact]
    public void Header_extension_sources_and_padding_are_left_out()
    {
        byte[] packet =
        [
            0xB2, 0x80 | 8, 0x12, 0x34, 0, 0, 0, 160, 0xDE, 0xAD, 0xBE, 0xEF,
            1, 1, 1, 1, 2, 2, 2, 2,
            0xBE, 0xDE, 0, 1, 9, 9, 9, 9,
            0x55, 0x56, 0x57,
            0, 0, 3,
        ];
        Assert.True(RtpPacket.TryRead(packet, out var rtp));
        Assert.Equal(8, rtp.PayloadType);
        Assert.True(rtp.Marker);
        Assert.Equal(0x1234, rtp.Sequence);
        Assert.Equal(160u, rtp.Timestamp);
        Assert.Equal(0xDEADBEEFu, rtp.Ssrc);
        Assert.Equal([0x55, 0x56, 0x57], rtp.Payload.ToArray());
    }

    [Theory]
    [InlineData("80")]
    [InlineData("40080001000000000000000000")]
    [InlineData("8F0800010000000000000000")]
    [InlineData("90080001000000000000000000000005")]
    [InlineData("A0080001000000000000000000")]
    [InlineData("A00800010000000000000000FF")]
    public void What_cannot_be_right_is_refused(string hex) => Assert.False(RtpPacket.TryRead(Convert.FromHexString(hex), out _));

    [Fact]
    public void A_written_header_reads_back()
    {
        var bytes = new byte[13];
        RtpPacket.WriteHeader(bytes, 101, marker: true, 65535, uint.MaxValue, 7);
        Assert.True(RtpPacket.TryRead(bytes, out var rtp));
        Assert.Equal(
            (101, true, 65535, uint.MaxValue, 7u, 1),
            (rtp.PayloadType, rtp.Marker, rtp.Sequence, rtp.Timestamp, rtp.Ssrc, rtp.Payload.Length));
    }
}
