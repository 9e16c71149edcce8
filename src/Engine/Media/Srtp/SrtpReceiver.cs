namespace Tccc.Media;

/// <summary>
/// Checks and decrypts what one leg receives, RFC 3711 and 7714, in place and without allocation. Never throws on input.
/// Any thread; calls wait for one another. After Dispose every call returns false.
/// </summary>
internal sealed class SrtpReceiver : IDisposable
{
    public SrtpReceiver(SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, WebRtcCounters counters) => throw new NotImplementedException();

    /// <summary>Unprotects one SRTP packet.</summary>
    /// <returns>False when it is to be dropped (counted); the bytes are undefined then.</returns>
    public bool UnprotectRtp(Span<byte> packet, out int length) => throw new NotImplementedException();

    /// <summary>The same for SRTCP.</summary>
    public bool UnprotectRtcp(Span<byte> packet, out int length) => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
