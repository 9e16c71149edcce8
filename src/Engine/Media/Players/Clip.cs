using Tccc.Media.Codecs;
using Tccc.Media.Rtp;

namespace Tccc.Media.Players;

/// <summary>
/// A sound, encoded once in µ-law and cut into frames of 20 ms; who sends A-law transcodes. Immutable and shared by all who play it.
/// </summary>
internal sealed class Clip
{
    private readonly byte[] ulaw;

    private Clip(byte[] ulaw) => this.ulaw = ulaw;

    /// <summary>What stands for all that were removed: one frame of silence.</summary>
    public static Clip Gone { get; } = From(new short[OutStream.FrameSamples]);

    public int Frames => ulaw.Length / OutStream.FrameSamples;

    public TimeSpan Duration => TimeSpan.FromMilliseconds(20) * Frames;

    /// <summary>From samples at 8 kHz; the last frame is filled with silence.</summary>
    public static Clip From(ReadOnlySpan<short> samples)
    {
        var frames = (samples.Length + OutStream.FrameSamples - 1) / OutStream.FrameSamples;
        var bytes = new byte[frames * OutStream.FrameSamples];
        for (var i = 0; i < samples.Length; i++) bytes[i] = G711.Encode(AudioCodec.Pcmu, samples[i]);
        bytes.AsSpan(samples.Length).Fill(G711.UlawSilence);
        return new Clip(bytes);
    }

    /// <summary>160 samples of µ-law.</summary>
    public ReadOnlySpan<byte> Frame(int index) => ulaw.AsSpan(index * OutStream.FrameSamples, OutStream.FrameSamples);
}
