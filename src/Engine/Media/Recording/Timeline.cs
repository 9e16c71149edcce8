using System.Runtime.InteropServices;
using Tccc.Media.Codecs;

namespace Tccc.Media.Recording;

/// <summary>
/// The last two seconds of a recording: both channels, laid by the media clock, silent where nothing came. What is older than
/// <see cref="Track.HoldBack"/> goes to the file, so that both channels always have the same length. Times are samples since the beginning.
/// </summary>
internal sealed class Timeline(StereoFile file)
{
    // what is held back, what waits to be a piece worth writing, and a packet
    private const int Window = 16384;

    // 500 ms
    private const int Piece = 4000;

    private readonly short[] samples = new short[Window * StereoFile.Channels];
    private readonly Track[] tracks = [new Track(), new Track()];
    private long written;

    /// <summary>Takes a packet; packets come in the order of their arrival.</summary>
    public void Put(Channel channel, AudioCodec codec, uint ssrc, uint timestamp, ReadOnlySpan<byte> sound, long arrival)
    {
        Advance(arrival);
        if (tracks[(int)channel].Place(ssrc, timestamp, sound.Length, arrival, out var stretched) is not { } at) return;
        if (at + sound.Length > written + Window) Write(arrival - Track.HoldBack);
        for (; stretched > 0; stretched--) Lay(channel, codec, sound[..1], at - stretched);
        Lay(channel, codec, sound, at);
    }

    /// <summary>So much time is over.</summary>
    public void Advance(long to)
    {
        if (to - Track.HoldBack - written >= Piece) Write(to - Track.HoldBack);
    }

    /// <summary>It ends here.</summary>
    public void Finish(long at) => Write(at);

    // what belongs before the window is written already, and nothing that fits a packet is behind it
    private void Lay(Channel channel, AudioCodec codec, ReadOnlySpan<byte> sound, long at)
    {
        var first = (int)Math.Clamp(written - at, 0, sound.Length);
        sound = sound[first..(int)Math.Clamp(written + Window - at, first, sound.Length)];
        var place = (int)((at + first) % Window * StereoFile.Channels) + (int)channel;
        foreach (var value in sound)
        {
            samples[place] = G711.Decode(codec, value);
            place = (place + StereoFile.Channels) % (Window * StereoFile.Channels);
        }
    }

    private void Write(long to)
    {
        while (written < to)
        {
            var from = (int)(written % Window);
            var count = (int)Math.Min(to - written, Window - from);
            var piece = samples.AsSpan(from * StereoFile.Channels, count * StereoFile.Channels);
            file.Write(MemoryMarshal.AsBytes(piece));
            piece.Clear();
            written += count;
        }
        file.SayLength();
    }
}
