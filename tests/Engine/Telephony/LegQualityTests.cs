using Tccc.Media;

namespace Tccc.Telephony.Tests;

/// <summary>The figures of a leg as the record keeps them and reads them again; product.md §12.</summary>
public sealed class LegQualityTests
{
    private static readonly DateTimeOffset Arrived = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DirectionQuality Unknown = new(null, null, null);

    private static readonly AgentPart Amy = new(new(21), AgentDevice.Line, new(121), AgentStage.Joined, new(0));

    private static QualityInterval Of(double seconds, DirectionQuality received, DirectionQuality remote, double? roundTripMs = null) =>
        new(TimeSpan.Zero, TimeSpan.FromSeconds(seconds), received, remote, roundTripMs);

    private static IReadOnlyList<LegQuality> Kept(params KeptLeg[] legs) =>
        LegQuality.Of(new() { Call = new(7), Center = new(1), Legs = KeptLeg.Write(legs) }, Arrived);

    [Fact]
    public void A_leg_is_read_as_it_was_kept_with_what_is_not_known_left_unknown()
    {
        var kept = KeptLeg.Of(
            [Of(5, new(0.0312, 4.24, null), Unknown), Of(2.5, new(0, 3, 4.411), new(0.5, 20, 2.1), 33.4)], TimeSpan.FromSeconds(10), Amy);
        var leg = Assert.Single(Kept(kept!));
        Assert.Equal((CallSide.Agent, Amy.Id, AgentDevice.Line), (leg.Side, leg.Agent!.Value, leg.Device!.Value));
        Assert.Equal(
            [
                new QualitySpan(Arrived.AddSeconds(2.5), TimeSpan.FromSeconds(5), new(0.0312, 4.2, null), new(null, null, null), null),
                new QualitySpan(Arrived.AddSeconds(7.5), TimeSpan.FromSeconds(2.5), new(0, 3, 4.41), new(0.5, 20, 2.1), 33),
            ],
            leg.Spans);
    }

    [Fact]
    [Trait("Case", "K24")]
    public void Before_the_first_report_the_opinion_is_unknown_and_no_default()
    {
        var leg = Assert.Single(Kept(KeptLeg.Of([Of(5, new(0.02, 3, null), Unknown)], TimeSpan.FromSeconds(5), null)!));
        Assert.Equal((null, null, null), (leg.WorstMos, leg.MeanMos, leg.RoundTripMs));
        Assert.Equal((CallSide.Customer, null, 0.02, 3), (leg.Side, leg.Agent, leg.Loss!.Value, leg.JitterMs!.Value));
    }

    [Fact]
    public void Sums_are_over_the_time_of_which_something_is_known_and_of_both_directions_the_worse_counts()
    {
        var leg = Assert.Single(Kept(KeptLeg.Of(
            [
                Of(5, new(0.01, 5, 4.0), new(0.03, 1, 3.0), 100), Of(10, Unknown, Unknown), Of(15, new(0.01, 1, 4.4), Unknown, 20),
            ],
            TimeSpan.FromSeconds(30), null)!));
        Assert.Equal(3.0, leg.WorstMos);
        Assert.Equal(4.05, leg.MeanMos!.Value, 3);
        Assert.Equal(0.015, leg.Loss!.Value, 4);
        Assert.Equal((2, 40), (Math.Round(leg.JitterMs!.Value), Math.Round(leg.RoundTripMs!.Value)));
    }

    [Fact]
    public void A_leg_of_which_nothing_is_known_is_not_kept() =>
        Assert.Null(KeptLeg.Of([Of(5, Unknown, Unknown)], TimeSpan.FromSeconds(5), null));

    [Fact]
    public void The_customers_leg_comes_first_then_who_came_first()
    {
        var known = Of(5, new(0, 1, null), Unknown);
        var legs = Kept(
            KeptLeg.Of([known], TimeSpan.FromSeconds(90), Amy with { Id = new(22) })!,
            KeptLeg.Of([known], TimeSpan.FromSeconds(60), Amy)!,
            KeptLeg.Of([known], TimeSpan.FromSeconds(99), null)!);
        Assert.Equal([null, Amy.Id, new AgentId(22)], legs.Select(leg => leg.Agent));
        Assert.Empty(LegQuality.Of(null, Arrived));
    }

    [Fact]
    public void The_most_that_is_kept_fits_the_column()
    {
        var worst = new DirectionQuality(0.1234, 9999.9, 4.44);
        var longest = KeptLeg.Of(
            [.. Enumerable.Repeat(Of(3600, worst, worst, 9999), 60)], TimeSpan.FromDays(1), Amy with { Id = new(long.MaxValue) });
        Assert.InRange(
            KeptLeg.Write([.. Enumerable.Repeat(longest!, QualityRecord.MostLegs)]).Length, 1000, QualityRecord.LongestLegs);
    }
}
