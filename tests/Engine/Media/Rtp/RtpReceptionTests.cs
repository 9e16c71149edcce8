using Tccc.Media.Rtp;

namespace Tccc.Media.Tests.Rtp;

public class RtpReceptionTests
{
    private readonly RtpReception reception = new();

    private void Arrive(int sequence, double atMs, uint? timestamp = null, uint ssrc = 1) =>
        reception.Arrived(
            Packets.Read(Packets.Of(sequence, timestamp ?? (uint)(sequence * 160), ssrc: ssrc)), 172, steady: true,
            TimeSpan.FromMilliseconds(atMs));

    [Fact]
    public void Missing_numbers_are_lost_and_late_ones_are_not()
    {
        Arrive(10, 0);
        Arrive(11, 20);
        Arrive(14, 80);
        Arrive(13, 82);
        Assert.Equal(5, reception.Expected);
        Assert.Equal(1, reception.Lost);
        Assert.Equal(256 / 5, reception.NextFractionLost());
        Arrive(15, 100);
        Assert.Equal(0, reception.NextFractionLost());
    }

    [Fact]
    public void Numbers_go_on_after_65535()
    {
        Arrive(65534, 0);
        Arrive(65535, 20);
        Arrive(65536, 40);
        Arrive(65537, 60);
        Assert.Equal(65537u, reception.HighestSequence);
        Assert.Equal(0, reception.Lost);
    }

    [Fact]
    public void A_lone_wild_number_is_ignored_and_two_in_a_row_begin_anew()
    {
        Arrive(100, 0);
        Arrive(30000, 20);
        Arrive(101, 40);
        Assert.Equal(2, reception.Expected);
        Arrive(40000, 60);
        Arrive(40001, 80);
        Assert.Equal(1, reception.Expected);
        Assert.Equal(0, reception.Lost);
    }

    [Fact]
    public void Jitter_is_the_smoothed_difference_of_transit_times()
    {
        Arrive(1, 0);
        Arrive(2, 20);
        Assert.Equal(0, reception.Jitter);
        Arrive(3, 50);
        // 10 ms late is 80 units, of which a sixteenth counts (A.8)
        Assert.Equal(5, reception.Jitter);
        Arrive(4, 60);
        Assert.Equal(5 + ((80 - 5) / 16.0), reception.Jitter);
    }

    [Fact]
    public void Another_source_starts_from_nothing()
    {
        Arrive(10, 0);
        Arrive(20, 20);
        Arrive(500, 40, ssrc: 2);
        Assert.Equal(2u, reception.Ssrc);
        Assert.Equal(0, reception.Lost);
        Assert.Equal(3, reception.Packets);
    }
}
