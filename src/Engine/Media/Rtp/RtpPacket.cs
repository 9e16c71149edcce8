using System.Buffers.Binary;

namespace Tccc.Media.Rtp;

/// <summary>Reads one RTP packet in place (RFC 3550 §5.1, A.1); nothing is copied, allocated or thrown.</summary>
internal readonly ref struct RtpPacket
{
    public const int HeaderLength = 12;

    private RtpPacket(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload)
    {
        PayloadType = (byte)(head[1] & 0x7F);
        Marker = (head[1] & 0x80) != 0;
        Sequence = BinaryPrimitives.ReadUInt16BigEndian(head[2..]);
        Timestamp = BinaryPrimitives.ReadUInt32BigEndian(head[4..]);
        Ssrc = BinaryPrimitives.ReadUInt32BigEndian(head[8..]);
        Payload = payload;
    }

    public byte PayloadType { get; }

    public bool Marker { get; }

    public ushort Sequence { get; }

    public uint Timestamp { get; }

    public uint Ssrc { get; }

    /// <summary>What follows CSRCs and header extension, without padding.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>False when the version, the CSRC count, the extension or the padding can't be right.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out RtpPacket packet)
    {
        packet = default;
        if (datagram.Length < HeaderLength || datagram[0] >> 6 != 2) return false;
        var start = HeaderLength + ((datagram[0] & 0x0F) * 4);
        if ((datagram[0] & 0x10) != 0)
        {
            if (datagram.Length < start + 4) return false;
            start += 4 + (BinaryPrimitives.ReadUInt16BigEndian(datagram[(start + 2)..]) * 4);
        }
        var end = datagram.Length;
        if ((datagram[0] & 0x20) != 0)
        {
            if (datagram[^1] == 0) return false;
            end -= datagram[^1];
        }
        if (start > end) return false;
        packet = new RtpPacket(datagram, datagram[start..end]);
        return true;
    }

    /// <summary>Writes a header without CSRC, extension or padding.</summary>
    public static void WriteHeader(Span<byte> to, byte payloadType, bool marker, ushort sequence, uint timestamp, uint ssrc)
    {
        to[0] = 0x80;
        to[1] = (byte)(payloadType | (marker ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(to[2..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(to[4..], timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(to[8..], ssrc);
    }

    /// <summary>With RTP and RTCP on one port: true for RTCP (RFC 5761 §4).</summary>
    public static bool IsRtcp(ReadOnlySpan<byte> datagram) => datagram.Length >= 2 && datagram[1] is >= 192 and <= 223;
}
