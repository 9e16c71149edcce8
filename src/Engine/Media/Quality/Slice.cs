namespace Tccc.Media.Quality;

/// <summary>
/// What was counted in some seconds of one leg. Sums, so that two neighbours make one without losing anything; small, since each leg keeps
/// <see cref="LegMeter.MostKept"/> of them.
/// </summary>
internal struct Slice
{
    /// <summary>Packets of which a share says something, a fifth of a second.</summary>
    public const int FewestPackets = 10;

    /// <summary>A receiver's buffer is about so many times as deep as the jitter, and its depth is delay.</summary>
    private const double BufferPerJitter = 2;

    public int Milliseconds;
    public int Expected;
    public int Lost;
    public int Bursts;
    public int Jitters;
    public float JitterSumMs;

    private int remoteLosses;
    private float remoteLossSum;
    private int remoteJitters;
    private float remoteJitterSumMs;
    private int roundTrips;
    private float roundTripSumMs;

    public readonly bool HasRemote => remoteLosses + remoteJitters + roundTrips > 0;

    /// <summary>One report of the party.</summary>
    public void Remote(double? loss, double? jitterMs, double? roundTripMs)
    {
        Count(loss, ref remoteLosses, ref remoteLossSum);
        Count(jitterMs, ref remoteJitters, ref remoteJitterSumMs);
        Count(roundTripMs, ref roundTrips, ref roundTripSumMs);
    }

    public void Add(in Slice next)
    {
        Milliseconds += next.Milliseconds;
        Expected += next.Expected;
        Lost += next.Lost;
        Bursts += next.Bursts;
        Jitters += next.Jitters;
        JitterSumMs += next.JitterSumMs;
        remoteLosses += next.remoteLosses;
        remoteLossSum += next.remoteLossSum;
        remoteJitters += next.remoteJitters;
        remoteJitterSumMs += next.remoteJitterSumMs;
        roundTrips += next.roundTrips;
        roundTripSumMs += next.roundTripSumMs;
    }

    public readonly QualityInterval ToInterval(TimeSpan began)
    {
        var roundTrip = Mean(roundTripSumMs, roundTrips);
        var loss = Expected >= FewestPackets ? (double)Lost / Expected : (double?)null;
        return new(
            began, TimeSpan.FromMilliseconds(Milliseconds), Direction(loss, Mean(JitterSumMs, Jitters), roundTrip, BurstRatio),
            Direction(Mean(remoteLossSum, remoteLosses), Mean(remoteJitterSumMs, remoteJitters), roundTrip, burstRatio: 1), roundTrip);
    }

    // G.107 §7.6: how long bursts are, by how long chance would make them, which is 1/(1 - loss)
    private readonly double BurstRatio => Bursts > 0 ? (double)Lost / Bursts * (1 - ((double)Lost / Expected)) : 1;

    private static DirectionQuality Direction(double? loss, double? jitterMs, double? roundTripMs, double burstRatio)
    {
        double? mos = null;
        if (loss is { } share && roundTripMs is { } trip)
        {
            var delay = (trip / 2) + (BufferPerJitter * (jitterMs ?? 0));
            mos = EModel.Mos(EModel.R(CodecImpairment.G711, delay, share, burstRatio));
        }
        return new(loss, jitterMs, mos);
    }

    private static void Count(double? value, ref int count, ref float sum)
    {
        if (value is not { } known) return;
        count++;
        sum += (float)known;
    }

    private static double? Mean(float sum, int count) => count > 0 ? sum / count : null;
}
