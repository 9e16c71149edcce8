namespace Tccc.Media;

/// <summary>The system's OpenSSL cannot be used; the message is one sentence for the operator.</summary>
internal sealed class DtlsUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What DTLS needs once in a process: an OpenSSL context with one self-signed ECDSA P-256 certificate, RFC 8827 §6.5. Any thread.</summary>
internal sealed class DtlsContext : IDisposable
{
    /// <exception cref="DtlsUnavailableException">libssl.so.3 is missing or refuses what DTLS-SRTP needs.</exception>
    public DtlsContext(TimeProvider time, IRandomness randomness, WebRtcCounters counters) => throw new NotImplementedException();

    /// <summary>For a=fingerprint, hash function and all: "sha-256 AB:CD:…".</summary>
    public string Fingerprint => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
