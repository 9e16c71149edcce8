using System.Runtime.CompilerServices;

namespace Tccc.Media;

/// <summary>
/// Protects what one leg sends, RFC 3711 and 7714, in place and without allocation. Any thread; calls wait for one another.
/// After Dispose every call returns 0.
/// </summary>
internal sealed class SrtpSender : IDisposable
{
    /// <summary>The most bytes that protection adds (SRTCP with AEAD: tag and index).</summary>
    public const int MaxOverhead = 20;

    // RFC 3711 §9.2: a key must not outlive its indexes. At 50 packets a second that is 2.7 years of one call.
    private const ulong LastRtcpIndex = 0x7FFF_FFFF;

    private readonly Lock gate = new();
    private readonly SrtpTransform rtp;
    private readonly SrtpTransform rtcp;
    private readonly SrtpStreams rtpStreams = new();
    private readonly SrtpStreams rtcpStreams = new();
    private bool disposed;

    /// <exception cref="ArgumentOutOfRangeException">Key or salt have not the length of the profile.</exception>
    public SrtpSender(SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt)
    {
        rtp = SrtpTransform.New(profile, SrtpSessionKeys.ForRtp(profile, masterKey, masterSalt), encrypt: true);
        rtcp = SrtpTransform.New(profile, SrtpSessionKeys.ForRtcp(profile, masterKey, masterSalt), encrypt: true);
    }

    /// <summary>Protects the RTP packet in the first <paramref name="length"/> bytes.</summary>
    /// <returns>
    /// The new length; 0 when it must not be sent: no RTP, no room, one SSRC too many, or a sequence number used before
    /// (the same key stream twice would give both packets away).
    /// </returns>
    public int ProtectRtp(Span<byte> buffer, int length)
    {
        if ((uint)length > (uint)buffer.Length || buffer.Length - length < rtp.TagLength) return 0;
        var header = SrtpHeader.RtpLength(buffer[..length]);
        if (header < 0) return 0;
        lock (gate)
        {
            if (disposed) return 0;
            var ssrc = SrtpHeader.RtpSsrc(buffer);
            ref var stream = ref rtpStreams.Find(ssrc);
            if (Unsafe.IsNullRef(ref stream)) return 0;
            var index = stream.Estimate(SrtpHeader.Sequence(buffer));
            if (index < 0 || !stream.IsFresh((ulong)index)) return 0;
            stream.Note((ulong)index);
            rtpStreams.Keep(ref stream);
            return Math.Max(0, rtp.SealRtp(buffer, length, header, ssrc, (ulong)index));
        }
    }

    /// <summary>The same for a compound RTCP packet; the index is counted here.</summary>
    public int ProtectRtcp(Span<byte> buffer, int length)
    {
        if ((uint)length > (uint)buffer.Length || buffer.Length - length < rtcp.TagLength + SrtpTransform.IndexLength) return 0;
        if (!SrtpHeader.IsRtcp(buffer[..length])) return 0;
        lock (gate)
        {
            if (disposed) return 0;
            var ssrc = SrtpHeader.RtcpSsrc(buffer);
            ref var stream = ref rtcpStreams.Find(ssrc);
            if (Unsafe.IsNullRef(ref stream)) return 0;
            var index = stream.Next;
            if (index > LastRtcpIndex) return 0;
            stream.Note(index);
            rtcpStreams.Keep(ref stream);
            return Math.Max(0, rtcp.SealRtcp(buffer, length, ssrc, (uint)index));
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (disposed) return;
            disposed = true;
            rtp.Dispose();
            rtcp.Dispose();
        }
    }
}
