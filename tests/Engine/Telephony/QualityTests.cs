using Tccc.Media;

namespace Tccc.Telephony.Tests;

/// <summary>The badge's figures: the last interval's, and of both directions the worse.</summary>
public sealed class QualityTests
{
    private static readonly DirectionQuality Unknown = new(null, null, null);

    private static LegStats Of(DirectionQuality received, DirectionQuality remote, double? roundTripMs = null) =>
        new()
        {
            // of the whole call: a good hour, or a bad minute an hour ago
            PacketsReceived = 1000, PacketsLost = 500, JitterMs = 99, RemoteFractionLost = 0.7, RoundTripMs = 999,
            LastInterval = new(TimeSpan.Zero, TimeSpan.FromSeconds(5), received, remote, roundTripMs),
        };

    [Fact]
    [Trait("Case", "K24")]
    public void Nothing_is_known_before_the_first_interval_nor_while_hardly_anything_came()
    {
        Assert.Null(Calls.QualityOf(new LegStats { PacketsReceived = 200, RoundTripMs = 20 }));
        Assert.Null(Calls.QualityOf(Of(Unknown, Unknown, 20)));
    }

    [Fact]
    public void Of_both_directions_the_worse_counts_and_one_alone_is_enough()
    {
        Assert.Equal(new CallQuality(0.04, 9, 30, 4.0), Calls.QualityOf(Of(new(0.01, 9, 4.3), new(0.04, 2, 4.0), 30)));
        Assert.Equal(new CallQuality(0.04, 2, 30, 3.9), Calls.QualityOf(Of(new(0.04, 2, 3.9), new(0.01, 1, 4.3), 30)));
        Assert.Equal(new CallQuality(0.01, 9, null, null), Calls.QualityOf(Of(new(0.01, 9, null), Unknown)));
        Assert.Equal(new CallQuality(0.04, 2, 30, 4.0), Calls.QualityOf(Of(Unknown, new(0.04, 2, 4.0), 30)));
        Assert.Equal(new CallQuality(0.01, 9, 30, 4.3), Calls.QualityOf(Of(new(0.01, 9, 4.3), Unknown, 30)));
    }

    [Fact]
    public void A_leg_from_which_nothing_comes_has_lost_all() =>
        Assert.Equal(1, Calls.QualityOf(Of(Unknown, new(0, 0, 4.4), 20) with { OneWay = true })!.Loss);
}
