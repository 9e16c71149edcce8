using Tccc.Media.Quality;

namespace Tccc.Media.Tests.Quality;

/// <summary>What is loss and jitter, and what only looks like it.</summary>
public class LossTests
{
    private readonly Wire wire = new();

    private (long Expected, long Lost, long Bursts) Losses =>
        (wire.Reception.Losses.Expected, wire.Reception.Losses.Lost, wire.Reception.Losses.Bursts);

    [Fact]
    public void What_is_missing_is_lost_once_it_can_come_no_more_also_where_numbers_wrap()
    {
        wire.Run(5, lost: i => i % 10 is 3 or 4);
        Assert.Equal((250 - LossWindow.Depth, 47, 24), Losses);
    }

    [Fact]
    public void Out_of_order_late_and_twice_are_no_loss_and_a_copy_hides_none()
    {
        wire.Say();
        for (var i = 0; i < 20; i++)
        {
            var (first, time) = (wire.Sequence, wire.Timestamp);
            // the second before the first, the third ten later, the fourth never, and each of the others twice
            wire.Arrive(first + 1, time + 160);
            wire.Arrive(first, time);
            for (var k = 4; k < 14; k++)
            {
                wire.Arrive(first + k, time + ((uint)k * 160));
                wire.Arrive(first + k, time + ((uint)k * 160));
            }
            wire.Arrive(first + 2, time + 320);
            (wire.Sequence, wire.Timestamp) = ((ushort)(first + 14), time + (14 * 160));
        }
        wire.Run(1);
        Assert.Equal((1 + (20 * 14) + 50 - LossWindow.Depth, 20, 20), Losses);
    }

    [Fact]
    public void What_comes_later_than_anybody_waits_is_lost_and_stays_so()
    {
        wire.Run(1);
        var missing = wire.Sequence++;
        wire.Timestamp += 160;
        wire.Run(1);
        wire.Arrive(missing, wire.Timestamp);
        wire.Run(1);
        Assert.Equal((151 - LossWindow.Depth, 1, 1), Losses);
    }

    [Fact]
    public void Another_source_and_a_jump_of_numbers_begin_anew_and_lose_nothing()
    {
        wire.Run(1);
        (wire.Ssrc, wire.Sequence, wire.Timestamp) = (2, 30000, 9);
        wire.Run(1);
        wire.Sequence += 20000;
        wire.Run(1);
        // the first after the jump was not believed yet
        Assert.Equal((149 - LossWindow.Depth, 0, 0), Losses);
        Assert.InRange(wire.Reception.Jitter, 0, 0.01);
    }

    [Fact]
    public void A_pause_that_numbers_do_not_count_loses_nothing_nor_does_one_that_the_session_announced()
    {
        wire.Run(1);
        wire.Pass(4000);
        wire.Timestamp += 32_000;
        wire.Run(1);
        Assert.Equal((100 - LossWindow.Depth, 0, 0), Losses);
        wire.Reception.GoesOnAnew();
        wire.Pass(10_000);
        wire.Sequence += 500;
        wire.Timestamp += 80_000;
        wire.Run(1);
        Assert.Equal((150 - LossWindow.Depth, 0, 0), Losses);
        wire.Sequence += 500;
        wire.Timestamp += 80_000;
        wire.Pass(10_000);
        wire.Run(1);
        Assert.Equal((700 - LossWindow.Depth, 500, 1), Losses);
    }

    [Fact]
    public void A_clock_that_drifts_is_no_jitter_and_neither_are_timestamps_that_begin_anew()
    {
        // 200 ppm: in a minute 12 ms
        for (var i = 0; i < 3000; i++)
        {
            wire.Say(lateMs: i * 0.004);
            wire.Pass(20);
        }
        Assert.InRange(wire.Reception.Jitter, 0, 1);
        wire.Timestamp += 1_000_000;
        wire.Run(1);
        Assert.InRange(wire.Reception.Jitter, 0, 1);
        Assert.Equal(0, wire.Reception.Losses.Lost);
    }
}
