using Tccc.Media.Codecs;
using Tccc.Media.Mixing;
using Tccc.Media.Rtp;
using Tccc.Media.Tests.Rtp;

namespace Tccc.Media.Tests.Mixing;

/// <summary>
/// One source on a line that is late, loses and doubles, and the 20 ms grid at its other end, on a clock of their own. Each packet is one
/// level, so that what is heard tells which it was.
/// </summary>
internal sealed class Line
{
    public const int Frame = OutStream.FrameSamples;

    // of µ-law, well apart; neighbours differ, and none is silence
    private const int Levels = 100;

    private readonly MediaCounters counters = new();
    private readonly List<(double At, int Packet)> arrivals = [];

    public Line() => Voice = new Voice(counters);

    public Voice Voice { get; }

    public MediaCounters Counters => counters;

    /// <summary>The packet at each tick, or null for silence: what its last sample says.</summary>
    public List<int?> Heard { get; } = [];

    /// <summary>Comes at this time, in milliseconds of the listener's clock; 20 ms each from the packet's number on.</summary>
    public void Arrives(int packet, double at) => arrivals.Add((at, packet));

    public void Run(int ticks)
    {
        var coming = new Queue<(double At, int Packet)>(arrivals.OrderBy(a => a.At));
        for (var tick = 1; tick <= ticks; tick++)
        {
            while (coming.TryPeek(out var next) && next.At <= tick * 20) Put(coming.Dequeue().Packet);
            Hear(tick);
        }
    }

    public void Put(int packet, uint ssrc = 1, uint origin = 0xFFFF_F000) =>
        Voice.Put(
            Packets.Read(Packets.Of(packet, origin + (uint)(packet * Frame), ssrc: ssrc, fill: (byte)(packet % Levels))), AudioCodec.Pcmu);

    public int? Hear(long tick)
    {
        var frame = Voice.Take(tick);
        Heard.Add(frame.IsEmpty || frame[^1] == 0 ? null : G711.Encode(AudioCodec.Pcmu, frame[^1]));
        return Heard[^1];
    }

    /// <summary>What a packet sounds like.</summary>
    public static int Of(int packet) => packet % Levels;
}
