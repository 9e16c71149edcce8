namespace Tccc.Media;

/// <summary>
/// Protects what one leg sends, RFC 3711 and 7714, in place and without allocation. Any thread; calls wait for one another.
/// After Dispose every call returns 0.
/// </summary>
internal sealed class SrtpSender : IDisposable
{
    /// <summary>The most bytes that protection adds (SRTCP with AEAD: tag and index).</summary>
    public const int MaxOverhead = 20;

    public SrtpSender(SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt) => throw new NotImplementedException();

    /// <summary>Protects the RTP packet in the first <paramref name="length"/> bytes.</summary>
    /// <returns>The new length; 0 when it must not be sent: no RTP, no room, or a sequence number used before.</returns>
    public int ProtectRtp(Span<byte> buffer, int length) => throw new NotImplementedException();

    /// <summary>The same for a compound RTCP packet; the index is counted here.</summary>
    public int ProtectRtcp(Span<byte> buffer, int length) => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
