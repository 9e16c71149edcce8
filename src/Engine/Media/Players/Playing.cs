using Tccc.Media.Codecs;
using Tccc.Media.Rtp;

namespace Tccc.Media.Players;

/// <summary>One leg's place in a clip.</summary>
internal sealed class Playing(Clip clip, ClipId id, bool loop)
{
    private byte[]? transcoded;
    private int next;

    public ClipId Id => id;

    public bool Loops => loop;

    /// <summary>The last frame was given, and it does not begin anew.</summary>
    public bool Over => next >= clip.Frames && !loop;

    public bool IsOf(Clip other) => clip == other;

    /// <summary>The next frame, good until the one after it.</summary>
    public ReadOnlySpan<byte> Next(AudioCodec codec)
    {
        if (next >= clip.Frames) next = 0;
        var frame = clip.Frame(next++);
        if (codec == AudioCodec.Pcmu) return frame;
        transcoded ??= new byte[OutStream.FrameSamples];
        G711.Transcode(AudioCodec.Pcmu, frame, transcoded);
        return transcoded;
    }
}

/// <summary>Frames of nothing.</summary>
internal static class Silence
{
    private static readonly byte[] Ulaw = Fill(G711.UlawSilence);
    private static readonly byte[] Alaw = Fill(G711.AlawSilence);

    /// <summary>Stands for the source of silent frames.</summary>
    public static object Player { get; } = new();

    public static ReadOnlySpan<byte> Frame(AudioCodec codec) => codec == AudioCodec.Pcmu ? Ulaw : Alaw;

    private static byte[] Fill(byte value)
    {
        var frame = new byte[OutStream.FrameSamples];
        frame.AsSpan().Fill(value);
        return frame;
    }
}
