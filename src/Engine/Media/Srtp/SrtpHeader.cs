using System.Buffers.Binary;

namespace Tccc.Media;

/// <summary>The little that SRTP must know of RTP and RTCP, RFC 3550 §5.1 and §6.4.</summary>
internal static class SrtpHeader
{
    public const int RtpFixedLength = 12;

    /// <summary>Length of header, CSRCs and extension, which stay readable; -1 when this is no RTP version 2 packet.</summary>
    public static int RtpLength(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < RtpFixedLength || packet[0] >> 6 != 2) return -1;
        var length = RtpFixedLength + 4 * (packet[0] & 0xF);
        if ((packet[0] & 0x10) != 0)
        {
            if (packet.Length < length + 4) return -1;
            length += 4 + 4 * BinaryPrimitives.ReadUInt16BigEndian(packet[(length + 2)..]);
        }
        return length <= packet.Length ? length : -1;
    }

    public static bool IsRtcp(ReadOnlySpan<byte> packet) => packet.Length >= SrtpTransform.RtcpHeaderLength && packet[0] >> 6 == 2;

    public static ushort Sequence(ReadOnlySpan<byte> rtp) => BinaryPrimitives.ReadUInt16BigEndian(rtp[2..]);

    public static uint RtpSsrc(ReadOnlySpan<byte> rtp) => BinaryPrimitives.ReadUInt32BigEndian(rtp[8..]);

    public static uint RtcpSsrc(ReadOnlySpan<byte> rtcp) => BinaryPrimitives.ReadUInt32BigEndian(rtcp[4..]);
}
