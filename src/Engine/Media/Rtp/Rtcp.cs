using System.Buffers.Binary;
using System.Text;

namespace Tccc.Media.Rtp;

/// <summary>What a peer says of itself and of our stream, gathered from one compound packet.</summary>
internal struct RtcpReport
{
    public bool HasSenderInfo;
    public uint SenderSsrc;
    /// <summary>The middle 32 bits of its NTP time, to be given back as LSR.</summary>
    public uint SenderNtp;
    public bool HasBlock;
    public byte FractionLost;
    public int CumulativeLost;
    public uint Jitter;
    public uint LastSr;
    public uint DelaySinceLastSr;
    public bool Bye;
}

/// <summary>RTCP (RFC 3550 §6): reads and writes compound packets in place.</summary>
internal static class Rtcp
{
    private const byte SenderReport = 200, ReceiverReport = 201, SourceDescription = 202, Goodbye = 203;
    private const int BlockLength = 24;

    /// <summary>Room that a compound packet of ours needs, protection left out.</summary>
    public const int MaxLength = 128;

    /// <summary>
    /// Reads a compound packet (or a single one, RFC 5506); false when it is none. Only the block about <paramref name="ours"/> is taken.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, uint ours, out RtcpReport report)
    {
        report = default;
        if (datagram.Length < 8) return false;
        while (!datagram.IsEmpty)
        {
            if (datagram.Length < 4 || datagram[0] >> 6 != 2) return false;
            var length = 4 + (BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) * 4);
            if (length > datagram.Length) return false;
            ReadOne(datagram[..length], ours, ref report);
            datagram = datagram[length..];
        }
        return true;
    }

    private static void ReadOne(ReadOnlySpan<byte> packet, uint ours, ref RtcpReport report)
    {
        var count = packet[0] & 0x1F;
        var blocks = ReadOnlySpan<byte>.Empty;
        switch (packet[1])
        {
            case SenderReport when packet.Length >= 28:
                report.HasSenderInfo = true;
                report.SenderSsrc = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
                report.SenderNtp = BinaryPrimitives.ReadUInt32BigEndian(packet[10..]);
                blocks = packet[28..];
                break;
            case ReceiverReport when packet.Length >= 8:
                blocks = packet[8..];
                break;
            case Goodbye:
                report.Bye = true;
                return;
        }
        for (; count > 0 && blocks.Length >= BlockLength; count--, blocks = blocks[BlockLength..])
        {
            if (BinaryPrimitives.ReadUInt32BigEndian(blocks) != ours) continue;
            var lost = BinaryPrimitives.ReadUInt32BigEndian(blocks[4..]);
            report.HasBlock = true;
            report.FractionLost = (byte)(lost >> 24);
            report.CumulativeLost = (int)(lost << 8) >> 8;
            report.Jitter = BinaryPrimitives.ReadUInt32BigEndian(blocks[12..]);
            report.LastSr = BinaryPrimitives.ReadUInt32BigEndian(blocks[16..]);
            report.DelaySinceLastSr = BinaryPrimitives.ReadUInt32BigEndian(blocks[20..]);
        }
    }

    /// <summary>The part of a report of ours that tells what we sent; null in a receiver report.</summary>
    public readonly record struct SenderInfo(ulong Ntp, uint Timestamp, uint Packets, uint Octets);

    /// <summary>The part that tells what we received.</summary>
    public readonly record struct Block(
        uint Ssrc, byte FractionLost, int CumulativeLost, uint HighestSequence, uint Jitter, uint LastSr, uint DelaySinceLastSr);

    /// <summary>SR or RR, SDES with CNAME, and BYE when asked. Returns the length.</summary>
    public static int Write(Span<byte> to, uint ssrc, SenderInfo? sent, Block? received, string cname, bool bye)
    {
        var at = Report(to, ssrc, sent, received);
        at += Description(to[at..], ssrc, cname);
        if (!bye) return at;
        Head(to[at..], 1, Goodbye, 8);
        BinaryPrimitives.WriteUInt32BigEndian(to[(at + 4)..], ssrc);
        return at + 8;
    }

    private static int Report(Span<byte> to, uint ssrc, SenderInfo? sent, Block? received)
    {
        var at = 8;
        BinaryPrimitives.WriteUInt32BigEndian(to[4..], ssrc);
        if (sent is { } info)
        {
            BinaryPrimitives.WriteUInt64BigEndian(to[at..], info.Ntp);
            BinaryPrimitives.WriteUInt32BigEndian(to[(at + 8)..], info.Timestamp);
            BinaryPrimitives.WriteUInt32BigEndian(to[(at + 12)..], info.Packets);
            BinaryPrimitives.WriteUInt32BigEndian(to[(at + 16)..], info.Octets);
            at += 20;
        }
        if (received is { } block)
        {
            BinaryPrimitives.WriteUInt32BigEndian(to[at..], block.Ssrc);
            var lost = Math.Clamp(block.CumulativeLost, -0x800000, 0x7FFFFF);
            BinaryPrimitives.WriteUInt32BigEndian(to[(at + 4)..], ((uint)block.FractionLost << 24) | ((uint)lost & 0xFFFFFF));
            BinaryPrimitives.WriteUInt32BigEndian(to[(at + 8)..], block.HighestSequence);
            BinaryPrimitives.WriteUInt32BigEndian(to[(at + 12)..], block.Jitter);
            BinaryPrimitives.WriteUInt32BigEndian(to[(at + 16)..], block.LastSr);
            BinaryPrimitives.WriteUInt32BigEndian(to[(at + 20)..], block.DelaySinceLastSr);
            at += BlockLength;
        }
        Head(to, received is null ? 0 : 1, sent is null ? ReceiverReport : SenderReport, at);
        return at;
    }

    // RFC 3550 §6.5: one chunk, CNAME item, at least one null octet to the next 32-bit border
    private static int Description(Span<byte> to, uint ssrc, string cname)
    {
        var name = Encoding.ASCII.GetBytes(cname, to[10..]);
        var length = (10 + name + 4) & ~3;
        to[(10 + name)..length].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(to[4..], ssrc);
        to[8] = 1;
        to[9] = (byte)name;
        Head(to, 1, SourceDescription, length);
        return length;
    }

    private static void Head(Span<byte> to, int count, byte type, int length)
    {
        to[0] = (byte)(0x80 | count);
        to[1] = type;
        BinaryPrimitives.WriteUInt16BigEndian(to[2..], (ushort)((length / 4) - 1));
    }
}
