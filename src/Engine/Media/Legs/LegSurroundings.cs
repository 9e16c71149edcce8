using System.Buffers.Binary;

namespace Tccc.Media.Legs;

/// <summary>What every leg needs of its endpoint.</summary>
internal sealed record LegSurroundings(
    MediaOptions Options, MediaClock Clock, MediaCounters Counters, IMediaEvents Events, IRandomness Randomness)
{
    public uint NextRandom()
    {
        Span<byte> bytes = stackalloc byte[4];
        Randomness.Fill(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    /// <summary>
    /// Until the next report: 5 s, anywhere between half and one and a half, so that reports do not march in step (RFC 3550 §6.2, §6.3.1).
    /// </summary>
    public TimeSpan NextReportWait() => TimeSpan.FromMilliseconds(2500 + (NextRandom() % 5000));
}
