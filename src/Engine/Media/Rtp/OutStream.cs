using Tccc.Media.Codecs;
using Tccc.Media.Sdp;

namespace Tccc.Media.Rtp;

/// <summary>
/// The one RTP stream that a leg's party gets, whatever it is made of: own SSRC, sequence numbers and timestamps that go on when the source
/// changes, a marker where they do. Gaps and disorder of a relayed source stay visible to the listener. Not safe by itself: the leg's lock
/// guards it.
/// </summary>
internal sealed class OutStream(uint ssrc, ushort firstSequence, uint firstTimestamp)
{
    /// <summary>Samples in a frame of 20 ms.</summary>
    public const int FrameSamples = 160;

    // a source whose numbers jump further has begun anew
    private const int MaxJump = 3000;

    private object? source;
    private bool relays;
    private uint sourceSsrc;
    private ushort sequenceOffset;
    private uint timestampOffset;
    private ushort firstOfSource;
    private bool mark;
    private long lastTick;
    private bool begun;

    private ushort nextSequence = firstSequence;
    private uint lastTimestamp = firstTimestamp;
    private TimeSpan lastSentAt;
    // when the moment was that the last timestamp stands for; all packets of an event carry that of its beginning
    private TimeSpan timestampAt;

    public uint Ssrc => ssrc;

    public long Packets { get; private set; }

    public long Octets { get; private set; }

    /// <summary>
    /// Numbers left out, because the packets of a source were lost on the way to us: the party misses them, but not through their own
    /// network.
    /// </summary>
    public long Skipped { get; private set; }

    public TimeSpan LastSentAt => lastSentAt;

    /// <summary>This source or player made the last packet.</summary>
    public bool IsFrom(object player) => source == player;

    /// <summary>Timestamp that belongs to this moment, for sender reports.</summary>
    public uint TimestampAt(TimeSpan now) => lastTimestamp + (uint)RtpReception.Samples(now - timestampAt);

    /// <summary>
    /// Writes a packet of a source as the next one of this stream; 0 when it is too old to fit in. Transcodes when the laws differ.
    /// </summary>
    public int Relay(object from, in RtpPacket packet, byte payloadType, AudioCodec? transcodeFrom, TimeSpan now, Span<byte> to)
    {
        if (!IsCurrent(from, packet)) Switch(from, packet, now);
        var sequence = (ushort)(packet.Sequence + sequenceOffset);
        if ((short)(sequence - firstOfSource) < 0) return 0;
        var length = RtpPacket.HeaderLength + packet.Payload.Length;
        if (length > to.Length) return 0;
        var timestamp = packet.Timestamp + timestampOffset;
        RtpPacket.WriteHeader(to, payloadType, packet.Marker || mark, sequence, timestamp, ssrc);
        var payload = to.Slice(RtpPacket.HeaderLength, packet.Payload.Length);
        if (transcodeFrom is { } law) G711.Transcode(law, packet.Payload, payload);
        else packet.Payload.CopyTo(payload);
        mark = false;
        var ahead = (short)(sequence - nextSequence);
        Skipped += ahead >= 0 ? ahead : -1;
        if (ahead >= 0)
        {
            nextSequence = (ushort)(sequence + 1);
            Stamp(timestamp, now);
        }
        Count(packet.Payload.Length);
        return length;
    }

    /// <summary>A packet of the current source that the listener can't take leaves no gap.</summary>
    public void LeaveOut(object from, in RtpPacket packet)
    {
        if (IsCurrent(from, packet)) sequenceOffset--;
    }

    /// <summary>Another order holds from now on: what a source sends until it is relayed again, be it the same, is no gap.</summary>
    public void Part()
    {
        if (relays) source = null;
    }

    /// <summary>Writes one frame of a player that runs on the 20 ms grid.</summary>
    public int Frame(object player, ReadOnlySpan<byte> payload, byte payloadType, long tick, TimeSpan now, Span<byte> to)
    {
        var switched = source != player;
        var timestamp = switched ? NextTimestamp(now) : lastTimestamp + (uint)(Math.Max(1, tick - lastTick) * FrameSamples);
        (source, relays) = (player, false);
        lastTick = tick;
        return Write(payload, payloadType, switched, timestamp, now, to);
    }

    /// <summary>Where the next event of ours begins; all its packets carry this timestamp.</summary>
    public uint BeginEvent(object player, TimeSpan now)
    {
        (source, relays) = (player, false);
        return NextTimestamp(now);
    }

    /// <summary>Writes one packet of an event of ours.</summary>
    public int EventPacket(ReadOnlySpan<byte> payload, byte payloadType, bool first, uint timestamp, TimeSpan now, Span<byte> to) =>
        Write(payload, payloadType, first, timestamp, now, to);

    private int Write(ReadOnlySpan<byte> payload, byte payloadType, bool marker, uint timestamp, TimeSpan now, Span<byte> to)
    {
        RtpPacket.WriteHeader(to, payloadType, marker, nextSequence++, timestamp, ssrc);
        payload.CopyTo(to[RtpPacket.HeaderLength..]);
        Stamp(timestamp, now);
        Count(payload.Length);
        return RtpPacket.HeaderLength + payload.Length;
    }

    private bool IsCurrent(object from, in RtpPacket packet) =>
        source == from && sourceSsrc == packet.Ssrc && Math.Abs((int)(short)(packet.Sequence + sequenceOffset - nextSequence)) < MaxJump;

    private void Switch(object from, in RtpPacket packet, TimeSpan now)
    {
        (source, relays) = (from, true);
        sourceSsrc = packet.Ssrc;
        firstOfSource = nextSequence;
        sequenceOffset = (ushort)(nextSequence - packet.Sequence);
        timestampOffset = NextTimestamp(now) - packet.Timestamp;
        mark = true;
    }

    private void Stamp(uint timestamp, TimeSpan now)
    {
        if (!begun || timestamp != lastTimestamp) timestampAt = now;
        (lastTimestamp, lastSentAt, begun) = (timestamp, now, true);
    }

    private uint NextTimestamp(TimeSpan now) =>
        begun ? lastTimestamp + (uint)Math.Max(FrameSamples, RtpReception.Samples(now - timestampAt)) : lastTimestamp;

    private void Count(int octets)
    {
        Packets++;
        Octets += octets;
    }
}
