using System.Runtime.CompilerServices;

namespace Tccc.Media;

/// <summary>
/// Checks and decrypts what one leg receives, RFC 3711 and 7714, in place and without allocation. Never throws on input.
/// Any thread; calls wait for one another. After Dispose every call returns false.
/// </summary>
internal sealed class SrtpReceiver : IDisposable
{
    private readonly Lock gate = new();
    private readonly SrtpTransform rtp;
    private readonly SrtpTransform rtcp;
    private readonly SrtpStreams rtpStreams;
    private readonly SrtpStreams rtcpStreams;
    private readonly WebRtcCounters counters;
    private bool disposed;

    /// <param name="forgets">A source beyond <see cref="SrtpStreams.MaxStreams"/> takes the place of the one silent longest.</param>
    /// <exception cref="ArgumentOutOfRangeException">Key or salt have not the length of the profile.</exception>
    public SrtpReceiver(
        SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, WebRtcCounters counters, bool forgets = false)
    {
        this.counters = counters;
        (rtpStreams, rtcpStreams) = (new(forgets), new(forgets));
        rtp = SrtpTransform.New(profile, SrtpSessionKeys.ForRtp(profile, masterKey, masterSalt), encrypt: false);
        rtcp = SrtpTransform.New(profile, SrtpSessionKeys.ForRtcp(profile, masterKey, masterSalt), encrypt: false);
    }

    /// <summary>Unprotects one SRTP packet.</summary>
    /// <returns>False when it is to be dropped (counted); the bytes are undefined then.</returns>
    public bool UnprotectRtp(Span<byte> packet, out int length)
    {
        length = 0;
        var header = packet.Length < rtp.TagLength ? -1 : SrtpHeader.RtpLength(packet[..^rtp.TagLength]);
        if (header < 0) return Drop(ref counters.SrtpMalformed);
        lock (gate)
        {
            if (disposed) return false;
            var ssrc = SrtpHeader.RtpSsrc(packet);
            ref var stream = ref rtpStreams.Find(ssrc);
            if (Unsafe.IsNullRef(ref stream)) return Drop(ref counters.SrtpTooManyStreams);
            var index = stream.Estimate(SrtpHeader.Sequence(packet));
            if (index < 0 || !stream.IsFresh((ulong)index)) return Drop(ref counters.SrtpReplayed);
            var plain = rtp.OpenRtp(packet, header, ssrc, (ulong)index);
            if (plain < 0) return Drop(ref counters.SrtpAuthFailed);
            stream.Note((ulong)index);
            rtpStreams.Keep(ref stream);
            length = plain;
            return true;
        }
    }

    /// <summary>The same for SRTCP.</summary>
    public bool UnprotectRtcp(Span<byte> packet, out int length)
    {
        length = 0;
        if (packet.Length < SrtpTransform.RtcpHeaderLength + rtcp.TagLength + SrtpTransform.IndexLength || !SrtpHeader.IsRtcp(packet))
            return Drop(ref counters.SrtpMalformed);
        lock (gate)
        {
            if (disposed) return false;
            var ssrc = SrtpHeader.RtcpSsrc(packet);
            ref var stream = ref rtcpStreams.Find(ssrc);
            if (Unsafe.IsNullRef(ref stream)) return Drop(ref counters.SrtpTooManyStreams);
            var word = rtcp.IndexWord(packet);
            var index = word & ~SrtpTransform.Encrypted;
            if (!stream.IsFresh(index)) return Drop(ref counters.SrtpReplayed);
            var plain = rtcp.OpenRtcp(packet, ssrc, word);
            if (plain < 0) return Drop(ref counters.SrtpAuthFailed);
            stream.Note(index);
            rtcpStreams.Keep(ref stream);
            length = plain;
            return true;
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

    private static bool Drop(ref long counter)
    {
        Interlocked.Increment(ref counter);
        return false;
    }
}
