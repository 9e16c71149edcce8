using System.Runtime.CompilerServices;
using Tccc.Media.Quality;

namespace Tccc.Media.Tests.Quality;

public class LegMeterTests
{
    private readonly Wire wire = new();

    [Fact]
    public void Nothing_is_known_before_an_interval_is_over_and_no_opinion_before_the_first_report()
    {
        wire.Run(4.9);
        Assert.Null(wire.Last);
        wire.Run(0.3);
        Assert.Equal(new DirectionQuality(0, 0, null), wire.Last!.Received);
        Assert.Equal(new DirectionQuality(null, null, null), wire.Last.Remote);
        Assert.Null(wire.Last.RoundTripMs);
        wire.Report();
        wire.Run(5);
        Assert.InRange(wire.Last.Received.Mos!.Value, 4.3, 4.41);
        Assert.Equal(40, wire.Last.RoundTripMs!.Value, 0.1);
    }

    [Theory]
    [Trait("Case", "K24")]
    [InlineData(0)]
    [InlineData(0.6)]
    [InlineData(1.3)]
    [InlineData(2.7)]
    [InlineData(4.1)]
    [InlineData(4.9)]
    public void A_bad_stretch_is_seen_and_over_within_ten_seconds_after_it_wherever_it_falls(double phase)
    {
        void Run(double seconds, double share)
        {
            for (var i = 0; i < seconds; i++)
            {
                wire.Report(share);
                wire.Run(1, k => k % 5 < share * 5);
            }
        }
        Run(10, 0);
        wire.Run(phase);
        Assert.InRange(wire.Last!.Received.Mos!.Value, 4.3, 4.5);
        Run(10, 0.2);
        Assert.InRange(wire.Last.Received.Mos!.Value, 1, 3);
        Assert.InRange(wire.Last.Remote.Mos!.Value, 1, 3);
        Assert.Equal(0.2, wire.Last.Received.Loss!.Value, 0.02);
        Run(10, 0);
        Assert.InRange(wire.Last.Received.Mos!.Value, 4.2, 4.5);
        Assert.InRange(wire.Last.Remote.Mos!.Value, 4.2, 4.5);
    }

    [Fact]
    [Trait("Case", "K24")]
    public void A_round_trip_of_a_second_alone_is_a_bad_line_both_ways()
    {
        wire.Run(2);
        wire.Report(roundTripMs: 1000);
        wire.Run(4);
        Assert.Equal(1000, wire.Last!.RoundTripMs!.Value, 0.1);
        Assert.InRange(wire.Last.Received.Mos!.Value, 1, 3);
        Assert.InRange(wire.Last.Remote.Mos!.Value, 1, 3);
    }

    [Fact]
    public void Jitter_is_the_mean_of_the_interval_and_costs_delay()
    {
        wire.Report();
        for (var i = 0; i < 300; i++)
        {
            wire.Say(lateMs: i % 2 * 60);
            wire.Pass(20);
            wire.Look();
        }
        Assert.Equal(60, wire.Last!.Received.JitterMs!.Value, 6.0);
        Assert.Equal(0, wire.Last.Received.Loss);
        Assert.InRange(wire.Last.Received.Mos!.Value, 4.2, 4.38);
    }

    [Fact]
    public void Loss_in_a_row_is_worse_than_as_much_by_chance()
    {
        wire.Report();
        wire.Run(5.1, lost: i => i % 20 == 10 && i < 235);
        var scattered = wire.Last!.Received;
        wire.Report();
        wire.Run(5, lost: i => i is >= 100 and < 113);
        Assert.Equal(scattered.Loss!.Value, wire.Last.Received.Loss!.Value, 0.005);
        Assert.True(wire.Last.Received.Mos < scattered.Mos - 0.1, $"{wire.Last.Received.Mos} {scattered.Mos}");
    }

    [Fact]
    public void Hardly_any_packets_and_nothing_sent_are_no_figures()
    {
        wire.Report();
        wire.Run(6);
        (wire.Speaks, wire.Hears) = (false, false);
        wire.Report();
        wire.Run(5);
        wire.Say();
        wire.Report(lost: 0.9);
        wire.Run(5);
        Assert.Equal((null, null), (wire.Last!.Received.Loss, wire.Last.Received.Mos));
        Assert.Equal((null, null), (wire.Last.Remote.Loss, wire.Last.Remote.Mos));
        Assert.NotNull(wire.Last.RoundTripMs);
    }

    [Fact]
    public void A_report_stands_for_an_interval_without_one_until_the_next_is_overdue()
    {
        wire.Run(4);
        wire.Report(lost: 0.25, jitterMs: 10);
        wire.Run(6.2);
        Assert.Equal(TimeSpan.FromSeconds(5), wire.Last!.Length);
        Assert.Equal(TimeSpan.FromSeconds(5), wire.Last.Began);
        Assert.Equal((0.25, 10.0), (wire.Last.Remote.Loss, wire.Last.Remote.JitterMs));
        wire.Run(5);
        Assert.Equal(new DirectionQuality(null, null, null), wire.Last.Remote);
        Assert.Null(wire.Last.Received.Mos);
    }

    [Fact]
    public void What_can_not_be_in_a_report_is_not_known_and_the_rest_of_it_is()
    {
        wire.Run(2);
        wire.Report(lost: 0.5, jitterMs: 1e8, roundTripMs: 60_000);
        wire.Run(4);
        Assert.Equal((0.5, null, null), (wire.Last!.Remote.Loss, wire.Last.Remote.JitterMs, wire.Last.RoundTripMs));
        Assert.Null(wire.Reports.RoundTripMs);
        // before our first report there is nothing to count from
        wire.Report(0, 80, 0, 0);
        wire.Run(5);
        Assert.Equal((0.0, 10.0, null), (wire.Last.Remote.Loss, wire.Last.Remote.JitterMs, wire.Last.RoundTripMs));
        // a peer that rounds its delay up has answered at once, one that claims a minute has not
        wire.Report(roundTripMs: -3);
        wire.Run(5);
        Assert.Equal(0, wire.Last.RoundTripMs);
        wire.Report(roundTripMs: -60_000);
        wire.Run(5);
        Assert.Null(wire.Last.RoundTripMs);
    }

    [Fact]
    public void What_never_came_to_us_is_not_lost_on_the_way_to_the_party()
    {
        wire.Hears = false;
        for (var i = 0; i < 100; i++) wire.Relay(i);
        wire.Report();
        // a fifth of the source's packets is missing, the party misses just these
        for (var i = 100; i < 350; i++)
            if (i % 5 != 0) wire.Relay(i);
        wire.Report(lost: 0.2);
        wire.Run(5.1);
        Assert.Equal(0, wire.Last!.Remote.Loss!.Value, 0.01);
        for (var i = 350; i < 600; i++)
            if (i % 5 != 0) wire.Relay(i);
        // and now half of what was handed on, too
        wire.Report(lost: 0.6);
        wire.Run(5);
        Assert.Equal(0.5, wire.Last.Remote.Loss!.Value, 0.01);
        // one that comes late fills its gap
        var skipped = wire.Sent.Skipped;
        wire.Relay(602);
        wire.Relay(601);
        wire.Relay(600);
        Assert.Equal(skipped, wire.Sent.Skipped);
    }

    [Fact]
    public void All_intervals_are_kept_and_the_rest_of_the_last_and_taken_once()
    {
        wire.Report();
        wire.Run(12, lost: i => i is >= 250 and < 480 && i % 10 == 0);
        var taken = wire.Take();
        Assert.Equal<double>([5, 5, 1.9], taken.Select(i => i.Length.TotalSeconds));
        Assert.Equal<double>([0, 5, 10], taken.Select(i => i.Began.TotalSeconds));
        Assert.Equal<double>([0, 0.1, 0], taken.Select(i => Math.Round(i.Received.Loss!.Value, 1)));
        Assert.Null(wire.Last);
        wire.Run(0.5);
        Assert.Empty(wire.Take());
        wire.Run(6);
        Assert.Equal(0, wire.Last!.Began.TotalSeconds);
        Assert.Equal(2, wire.Take().Count);
    }

    [Fact]
    public void A_leg_that_was_never_looked_at_has_nothing()
    {
        Assert.Empty(wire.Take());
        Assert.Null(wire.Last);
    }

    [Theory]
    [InlineData(60, 5)]
    [InlineData(61, 10)]
    [InlineData(120, 10)]
    [InlineData(121, 20)]
    [InlineData(7200, 640)]
    public void However_long_the_call_the_history_is_bounded_and_whole(int intervals, int seconds)
    {
        for (var i = 0; i < intervals; i++)
        {
            wire.Look();
            wire.Report(roundTripMs: i);
            wire.Pass(5000);
        }
        wire.Look();
        var taken = wire.Take();
        Assert.InRange(taken.Count, 1, LegMeter.MostKept);
        Assert.All(taken.SkipLast(1), i => Assert.Equal(seconds, i.Length.TotalSeconds));
        Assert.Equal(intervals * 5, taken.Sum(i => i.Length.TotalSeconds));
        Assert.All(taken.Zip(taken.Skip(1)), pair => Assert.Equal(pair.First.Began + pair.First.Length, pair.Second.Began));
        // of an entry the mean of those that it was made of
        Assert.Equal(((seconds / 5) - 1) / 2.0, taken[0].RoundTripMs!.Value, 0.1);
    }

    [Fact]
    public void A_bridged_call_keeps_a_tenth_of_the_memory_that_it_may() =>
        Assert.InRange(2 * LegMeter.MostKept * Unsafe.SizeOf<Slice>(), 1, 60 * 1024 / 10);

    [Fact]
    public void Neither_a_packet_nor_an_interval_allocates()
    {
        wire.Look();
        var packet = Rtp.Packets.Of(1, 160);
        void Seconds(int count)
        {
            for (var i = 0; i < count * 50; i++)
            {
                Assert.True(Media.Rtp.RtpPacket.TryRead(packet, out var read));
                wire.Reception.Arrived(read, 172, steady: true, wire.Now);
                wire.Pass(20);
                wire.Look();
            }
        }
        Seconds(700);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Seconds(700);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
