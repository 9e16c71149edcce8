using Tccc.Media.Rtp;

namespace Tccc.Media.Tests.Rtp;

public class RtcpTests
{
    private readonly byte[] to = new byte[Rtcp_MaxLength];
    private const int Rtcp_MaxLength = Tccc.Media.Rtp.Rtcp.MaxLength;

    [Fact]
    public void A_report_reads_back_and_is_compound_with_a_name()
    {
        var length =
            Tccc.Media.Rtp.Rtcp.Write(
                to, 5, new(0x1111_2222_3333_4444, 9, 10, 1600), new(8, 64, -3, 70000, 12, 0xABCD, 99), "cname", bye: true);
        Assert.Equal(0, length % 4);
        Assert.True(Tccc.Media.Rtp.Rtcp.TryRead(to.AsSpan(0, length), ours: 8, out var report));
        Assert.True(report is { HasSenderInfo: true, HasBlock: true, Bye: true });
        Assert.Equal(5u, report.SenderSsrc);
        Assert.Equal(0x2222_3333u, report.SenderNtp);
        Assert.Equal(
            (64, -3, 12u, 0xABCDu, 99u),
            (report.FractionLost, report.CumulativeLost, report.Jitter, report.LastSr, report.DelaySinceLastSr));
        Assert.Equal(200, to[1]);
        Assert.Equal(202, to[52 + 1]);
    }

    [Fact]
    public void Blocks_about_others_are_not_ours()
    {
        var length = Tccc.Media.Rtp.Rtcp.Write(to, 5, null, new(8, 64, 3, 1, 1, 1, 1), "c", bye: false);
        Assert.True(Tccc.Media.Rtp.Rtcp.TryRead(to.AsSpan(0, length), ours: 9, out var report));
        Assert.False(report.HasBlock);
        Assert.False(report.HasSenderInfo);
    }

    [Theory]
    [InlineData("80C9")]
    [InlineData("80C9000200000001")]
    [InlineData("40C9000100000001")]
    [InlineData("80C90001000000018001")]
    public void What_cannot_be_right_is_refused(string hex) =>
        Assert.False(Tccc.Media.Rtp.Rtcp.TryRead(Convert.FromHexString(hex), 1, out _));

    [Fact]
    public void A_count_beyond_the_packet_reads_no_further()
    {
        byte[] packet = [0x9F, 201, 0, 1, 0, 0, 0, 1];
        Assert.True(Tccc.Media.Rtp.Rtcp.TryRead(packet, 1, out var report));
        Assert.False(report.HasBlock);
    }
}
