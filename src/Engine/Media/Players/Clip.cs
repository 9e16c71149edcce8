using Tccc.Media.Codecs;
using Tccc.Media.Rtp;

namespace Tccc.Media.Players;

/// <summary>A sound, encoded once in both laws and cut into frames of 20 ms. Immutable and shared by all who play it.</summary>
internal sealed class Clip
{
    private readonly byte[] ulaw;
    private readonly byte[] alaw;

    private Clip(byte[] ulaw, byte[] alaw) => (this.ulaw, this.alaw) = (ulaw, alaw);

    /// <summary>What stands for all that were removed: one frame of silence.</summary>
    public static Clip Gone { get; } = From(new short[OutStream.FrameSamples]);

    public int Frames => ulaw.Length / OutStream.FrameSamples;

    public TimeSpan Duration => TimeSpan.FromMilliseconds(20) * Frames;

    /// <summary>From samples at 8 kHz; the last frame is filled with silence.</summary>
    public static Clip From(ReadOnlySpan<short> samples)
    {
        var frames = (samples.Length + OutStream.FrameSamples - 1) / OutStream.FrameSamples;
        return new Clip(Encode(AudioCodec.Pcmu, samples, frames), Encode(AudioCodec.Pcma, samples, frames));
    }

    public ReadOnlySpan<byte> Frame(AudioCodec codec, int index) =>
        (codec == AudioCodec.Pcmu ? ulaw : alaw).AsSpan(index * OutStream.FrameSamples, OutStream.FrameSamples);

    private static byte[] Encode(AudioCodec codec, ReadOnlySpan<short> samples, int frames)
    {
        var bytes = new byte[frames * OutStream.FrameSamples];
        for (var i = 0; i < samples.Length; i++) bytes[i] = G711.Encode(codec, samples[i]);
        bytes.AsSpan(samples.Length).Fill(G711.Silence(codec));
        return bytes;
    }
}
