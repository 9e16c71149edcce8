using System.Collections.Immutable;
using Tccc.Media.Codecs;
using Tccc.Media.Players;
using Tccc.Media.Rtp;

namespace Tccc.Media.Mixing;

/// <summary>
/// Some legs, each of which may hear all the others: the sum is made once a tick, and each listener gets it without their own voice. Who is
/// there changes by order; the timer thread sums.
/// </summary>
/// <param name="everybody">In the order of their ids; they need not be open.</param>
internal sealed class Room(ImmutableArray<LegId> everybody)
{
    /// <summary>Whom a mixed stream comes from; one for all, since a listener whose sources change hears the stream go on.</summary>
    public static object Player { get; } = new();

    private readonly int[] sum = new int[OutStream.FrameSamples];
    private readonly byte[] encoded = new byte[OutStream.FrameSamples];
    private volatile Seat[] seats = [];
    private Seat[] summed = [];
    private long summedAt = -1;

    private sealed record Seat(LegId Leg, Voice Voice);

    public ImmutableArray<LegId> Everybody => everybody;

    /// <summary>Who is summed up in the frames of this tick are others than in those before.</summary>
    public bool Steps { get; private set; }

    /// <summary>How many hear it.</summary>
    public int Listeners { get; set; }

    public void Enter(LegId leg, Voice voice) => seats = [.. seats, new Seat(leg, voice)];

    public void Leave(LegId leg) => seats = [.. seats.Where(seat => seat.Leg != leg)];

    /// <summary>20 ms of all but the listener, good until the next call.</summary>
    public ReadOnlySpan<byte> Frame(LegId listener, AudioCodec codec, long tick)
    {
        if (tick != summedAt) Sum(tick);
        ReadOnlySpan<short> own = default;
        var others = false;
        // those of the sum: who came since is not in it
        foreach (var seat in summed)
        {
            var frame = seat.Voice.Take(tick);
            if (seat.Leg == listener) own = frame;
            else others |= !frame.IsEmpty;
        }
        if (!others) return Silence.Frame(codec);
        for (var i = 0; i < encoded.Length; i++)
        {
            // what is too loud for one is so only after their own voice is out of it
            var sample = own.IsEmpty ? sum[i] : sum[i] - own[i];
            encoded[i] = G711.Encode(codec, (short)Math.Clamp(sample, short.MinValue, short.MaxValue));
        }
        return encoded;
    }

    private void Sum(long tick)
    {
        Array.Clear(sum);
        var now = seats;
        (Steps, summed) = (now != summed, now);
        foreach (var seat in summed)
        {
            var frame = seat.Voice.Take(tick);
            for (var i = 0; i < frame.Length; i++) sum[i] += frame[i];
        }
        summedAt = tick;
    }
}
