using Tccc.Media.Players;

namespace Tccc.Media.Recording;

/// <summary>A WAV file of two channels that grows: after each piece its head says how long it is, so that it plays as it is left.</summary>
internal sealed class StereoFile(Stream stream) : IDisposable
{
    public const int Channels = 2, FrameBytes = Channels * sizeof(short);

    private readonly byte[] head = new byte[WavHead.Length];
    private long bytes;

    public TimeSpan Length => LengthOf(bytes);

    public static TimeSpan LengthOf(long bytes) => TimeSpan.FromSeconds((double)(bytes / FrameBytes) / SoundFile.TelephoneRate);

    public void Write(ReadOnlySpan<byte> sound)
    {
        stream.Write(sound);
        bytes += sound.Length;
    }

    /// <summary>Makes the head true.</summary>
    public void SayLength()
    {
        WavHead.Write(head, Channels, (uint)bytes);
        stream.Position = 0;
        stream.Write(head);
        stream.Position = WavHead.Length + bytes;
    }

    /// <summary>It is on the disk: what was written whole, and nothing of what was not.</summary>
    public void Finish()
    {
        stream.SetLength(WavHead.Length + bytes);
        SayLength();
        if (stream is FileStream file) file.Flush(flushToDisk: true);
        else stream.Flush();
    }

    public void Dispose() => stream.Dispose();
}
