using Tccc.Media.Codecs;
using Tccc.Media.Rtp;

namespace Tccc.Media.Tests.Rtp;

public class OutStreamTests
{
    private readonly record struct Header(int Sequence, uint Timestamp, bool Marker);

    private static readonly byte[] Frame = new byte[160];
    private readonly OutStream stream = new(77, 1000, 5000);
    private readonly byte[] to = new byte[400];
    private readonly object a = new(), b = new();

    private Header? Relay(object source, int sequence, uint timestamp, double atMs, uint ssrc = 1, bool marker = false)
    {
        var length =
            stream.Relay(
                source, Packets.Read(Packets.Of(sequence, timestamp, ssrc: ssrc, marker: marker)), 0, null, TimeSpan.FromMilliseconds(atMs),
                to);
        return length == 0 ? null : Sent(length);
    }

    private Header Sent(int length)
    {
        var packet = Packets.Read(to.AsSpan(0, length));
        Assert.Equal(77u, packet.Ssrc);
        return new Header(packet.Sequence, packet.Timestamp, packet.Marker);
    }

    [Fact]
    public void Numbers_and_time_go_on_when_the_source_changes()
    {
        Assert.Equal(new Header(1000, 5000u, true), Relay(a, 50, 9000, 0));
        Assert.Equal(new Header(1001, 5160u, false), Relay(a, 51, 9160, 20));
        Assert.Equal(new Header(1002, 5320u, true), Relay(b, 7, 100, 40));
        Assert.Equal(new Header(1003, 5480u, false), Relay(b, 8, 260, 60));
        Assert.Equal(new Header(1004, 5480u + 800, true), Relay(a, 90, 1, 160));
    }

    [Fact]
    public void Loss_and_disorder_of_the_source_stay_visible()
    {
        Relay(a, 50, 9000, 0);
        Assert.Equal(new Header(1003, 5480u, false), Relay(a, 53, 9480, 60));
        Assert.Equal(new Header(1002, 5320u, false), Relay(a, 52, 9320, 61));
        Assert.Equal(new Header(1004, 5640u, false), Relay(a, 54, 9640, 80));
    }

    [Fact]
    public void A_packet_from_before_the_switch_is_too_old()
    {
        Relay(a, 50, 9000, 0);
        Relay(b, 10, 0, 20);
        Assert.Null(Relay(b, 9, 0, 21));
    }

    [Fact]
    public void A_source_that_begins_anew_is_a_switch()
    {
        Relay(a, 50, 9000, 0);
        Assert.Equal(new Header(1001, 5160u, true), Relay(a, 40000, 123456, 20));
        Assert.Equal(new Header(1002, 5320u, true), Relay(a, 1, 1, 40, ssrc: 2));
    }

    [Fact]
    public void What_the_listener_cannot_take_leaves_no_gap()
    {
        Relay(a, 50, 9000, 0);
        stream.LeaveOut(a, Packets.Read(Packets.Of(51, 9160)));
        stream.LeaveOut(a, Packets.Read(Packets.Of(52, 9160)));
        Assert.Equal(new Header(1001, 5480u, false), Relay(a, 53, 9480, 60));
    }

    [Fact]
    public void Players_follow_the_grid_also_over_missed_ticks()
    {
        var player = new object();
        Assert.Equal(new Header(1000, 5000u, true), Sent(stream.Frame(player, Frame, 0, 10, TimeSpan.Zero, to)));
        Assert.Equal(new Header(1001, 5160u, false), Sent(stream.Frame(player, Frame, 0, 11, TimeSpan.FromMilliseconds(20), to)));
        Assert.Equal(new Header(1002, 5640u, false), Sent(stream.Frame(player, Frame, 0, 14, TimeSpan.FromMilliseconds(80), to)));
        Assert.Equal(new Header(1003, 5800u, true), Relay(a, 5, 5, 100));
        Assert.Equal(new Header(1004, 5960u, true), Sent(stream.Frame(player, Frame, 0, 16, TimeSpan.FromMilliseconds(120), to)));
    }

    [Fact]
    public void The_other_law_is_transcoded()
    {
        var packet = Packets.Read(Packets.Of(1, 1, payloadType: 0, fill: G711.UlawSilence));
        stream.Relay(a, packet, 8, AudioCodec.Pcmu, TimeSpan.Zero, to);
        Assert.Equal(8, to[1] & 0x7F);
        Assert.Equal(G711.AlawSilence, to[100]);
    }
}
