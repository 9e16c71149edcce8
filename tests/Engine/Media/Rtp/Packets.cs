using Tccc.Media.Rtp;

namespace Tccc.Media.Tests.Rtp;

/// <summary>Makes RTP packets.</summary>
internal static class Packets
{
    public static byte[] Of(
        int sequence, uint timestamp, byte payloadType = 0, uint ssrc = 1, int size = 160, bool marker = false, byte fill = 0xFF)
    {
        var bytes = new byte[RtpPacket.HeaderLength + size];
        RtpPacket.WriteHeader(bytes, payloadType, marker, (ushort)sequence, timestamp, ssrc);
        bytes.AsSpan(RtpPacket.HeaderLength).Fill(fill);
        return bytes;
    }

    public static byte[] Event(
        int sequence, uint timestamp, byte code, bool end, int duration, byte payloadType = 101, uint ssrc = 1, bool marker = false)
    {
        var bytes = Of(sequence, timestamp, payloadType, ssrc, TelephoneEvent.Length, marker);
        new TelephoneEvent(code, end, (ushort)duration).Write(bytes.AsSpan(RtpPacket.HeaderLength));
        return bytes;
    }

    public static RtpPacket Read(ReadOnlySpan<byte> bytes)
    {
        Assert.True(RtpPacket.TryRead(bytes, out var packet));
        return packet;
    }
}
