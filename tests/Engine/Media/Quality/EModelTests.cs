using Tccc.Media.Quality;

namespace Tccc.Media.Tests.Quality;

public class EModelTests
{
    // G.113: with and without concealment, and G.729A
    private static readonly CodecImpairment Bare = new(0, 4.3), G729 = new(11, 19);

    private static double Mos(CodecImpairment codec, double delay, double loss, double burst = 1) =>
        EModel.Mos(EModel.R(codec, delay, loss, burst));

    public static TheoryData<string, double, double[]> Golden => new()
    {
        { "G.711", 0, [4.41, 4.33, 4.13, 3.92, 3.41, 2.63] },
        { "G.711", 150, [4.33, 4.23, 4.00, 3.77, 3.23, 2.44] },
        { "G.711", 400, [3.05, 2.86, 2.52, 2.23, 1.70, 1.17] },
        { "bare", 0, [4.41, 3.83, 2.79, 2.17, 1.48, 1.12] },
        { "G.729", 0, [4.10, 3.95, 3.63, 3.34, 2.75, 2.02] },
        { "G.729", 250, [3.51, 3.30, 2.93, 2.61, 2.03, 1.42] },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void The_opinion_is_that_of_the_table(string codec, double delay, double[] expected)
    {
        var impairment = codec switch { "bare" => Bare, "G.729" => G729, _ => CodecImpairment.G711 };
        double[] losses = [0, 0.01, 0.03, 0.05, 0.1, 0.2];
        for (var i = 0; i < losses.Length; i++)
            Assert.Equal(expected[i], Math.Round(Mos(impairment, delay, losses[i]), 2));
    }

    [Fact]
    public void R_has_its_range_before_it_is_an_opinion_and_no_opinion_is_below_one_or_above_four_and_a_half()
    {
        Assert.Equal(0, EModel.R(CodecImpairment.G711, 60_000, 1));
        Assert.Equal(93.2, EModel.R(CodecImpairment.G711, -50, -1));
        Assert.Equal(EModel.R(CodecImpairment.G711, 0, 1), EModel.R(CodecImpairment.G711, 0, 7));
        Assert.Equal((1.0, 1.0, 4.5, 4.5), (EModel.Mos(-20), EModel.Mos(0), EModel.Mos(100), EModel.Mos(140)));
        for (var r = 0.0; r <= 100; r += 0.25) Assert.InRange(EModel.Mos(r), 1, 4.5);
    }

    [Fact]
    [Trait("Case", "K24")]
    public void Delay_harms_more_from_where_people_talk_into_each_other_and_there_is_no_cliff()
    {
        Assert.InRange(Mos(CodecImpairment.G711, 500, 0), 1, 3);
        Assert.InRange(Mos(CodecImpairment.G711, 500, 0.08), 1, 2);
        for (var delay = 0; delay < 1000; delay++)
            Assert.InRange(
                EModel.R(CodecImpairment.G711, delay, 0) - EModel.R(CodecImpairment.G711, delay + 1, 0), 0, 0.1341);
        Assert.Equal(93.2 - (0.024 * 177), EModel.R(CodecImpairment.G711, 177, 0), 9);
        Assert.Equal(93.2 - (0.024 * 180) - (0.11 * 2.7), EModel.R(CodecImpairment.G711, 180, 0), 9);
    }

    [Fact]
    public void Loss_in_bursts_is_worse_and_what_is_more_even_than_chance_is_no_better()
    {
        Assert.True(Mos(CodecImpairment.G711, 0, 0.05, burst: 4) < Mos(CodecImpairment.G711, 0, 0.05));
        Assert.Equal(Mos(CodecImpairment.G711, 0, 0.05), Mos(CodecImpairment.G711, 0, 0.05, burst: 0.5));
    }
}
