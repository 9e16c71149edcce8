namespace Tccc.Media.Quality;

/// <summary>How sound of a codec bears loss (ITU-T G.113 appendix I).</summary>
/// <param name="Ie">What it takes from R without any loss.</param>
/// <param name="Bpl">How robust it is: at this percentage of loss, half of what is left is gone.</param>
internal readonly record struct CodecImpairment(double Ie, double Bpl)
{
    /// <summary>Both laws, where the listener conceals what is lost, as browsers and phones do.</summary>
    public static readonly CodecImpairment G711 = new(0, 25.1);
}

/// <summary>
/// What a listener would say of a line (ITU-T G.107, narrow band): R, 0 to 100, and the mean opinion score, 1 to 4.5. All of the line that
/// is not measured (levels, noise, echo) has the recommendation's default value.
/// </summary>
internal static class EModel
{
    /// <summary>R of a line without delay or loss, all else by default (§7.7).</summary>
    private const double Best = 93.2;

    /// <summary>From here on delay harms for its own sake: people talk into each other.</summary>
    private const double TalkOverMs = 177.3;

    /// <summary>
    /// R of a line of this delay, mouth to ear, that loses a share of its packets (0 to 1) in bursts that are so many times as long as
    /// chance would make them. Values out of their range count as the nearest in it.
    /// </summary>
    public static double R(CodecImpairment codec, double oneWayDelayMs, double loss, double burstRatio = 1)
    {
        var delay = Math.Max(0, oneWayDelayMs);
        var percent = Math.Clamp(loss, 0, 1) * 100;
        var ofDelay = (0.024 * delay) + (delay > TalkOverMs ? 0.11 * (delay - TalkOverMs) : 0);
        var ofLoss = codec.Ie + ((95 - codec.Ie) * percent / ((percent / Math.Max(1, burstRatio)) + codec.Bpl));
        return Math.Clamp(Best - ofDelay - ofLoss, 0, 100);
    }

    /// <summary>The opinion that belongs to R (annex B). The cubic dips below 1 where R is small; no opinion does.</summary>
    public static double Mos(double r) => r switch
    {
        <= 0 => 1,
        >= 100 => 4.5,
        _ => Math.Max(1, 1 + (0.035 * r) + (r * (r - 60) * (100 - r) * 7e-6)),
    };
}
