using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tccc.Media;

/// <summary>The system's OpenSSL cannot be used; the message is one sentence for the operator.</summary>
internal sealed class DtlsUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// What DTLS needs once in a process: an OpenSSL context with one self-signed ECDSA P-256 certificate, RFC 8827 §6.5. Any thread.
/// </summary>
internal sealed unsafe class DtlsContext : IDisposable
{
    /// <summary>Days that the certificate is good for; nobody checks, but it must say something.</summary>
    private const int CertificateDays = 365;

    // In our order: GCM costs a third of counter mode with HMAC.
    private const string Profiles = "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80";
    // The first is what WebRTC makes mandatory (RFC 8827 §6.5). Only GCM: see DtlsBio.AreRecords and DtlsPeerRecords.
    private const string Ciphers =
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384";

    /// <exception cref="DtlsUnavailableException">libssl.so.3 is missing or refuses what DTLS-SRTP needs.</exception>
    public DtlsContext(TimeProvider time, WebRtcCounters counters) : this(time, counters, Profiles)
    {
    }

    /// <summary>With profiles and ciphers of one's own, for tests.</summary>
    internal DtlsContext(TimeProvider time, WebRtcCounters counters, string profiles, string ciphers = Ciphers)
    {
        if (OpenSsl.Missing() is { } sentence) throw new DtlsUnavailableException(sentence);
        Counters = counters;
        var (certificate, key) = MakeCertificate(time);
        Fingerprint = DtlsFingerprint.Of(certificate);

        OpenSsl.ERR_clear_error();
        Handle = OpenSsl.SSL_CTX_new(OpenSsl.DTLS_method());
        if (Handle.IsInvalid) throw Refused("a DTLS context");
        OpenSsl.SSL_CTX_set_options(Handle, OpenSsl.Options);
        OpenSsl.SSL_CTX_ctrl(Handle, OpenSsl.SetSessionCacheMode, 0, 0);
        OpenSsl.SSL_CTX_ctrl(Handle, OpenSsl.SetReadAhead, 1, 0);
        Require(OpenSsl.SSL_CTX_ctrl(Handle, OpenSsl.SetMinimumVersion, OpenSsl.Dtls12, 0) == 1, "DTLS 1.2");
        Require(OpenSsl.SSL_CTX_ctrl(Handle, OpenSsl.SetMaximumVersion, OpenSsl.Dtls12, 0) == 1, "DTLS 1.2");
        Require(OpenSsl.SSL_CTX_set_cipher_list(Handle, ciphers) == 1, "the ciphers of WebRTC");
        Require(OpenSsl.SSL_CTX_use_certificate_ASN1(Handle, certificate.Length, certificate) == 1, "an ECDSA P-256 certificate");
        Require(OpenSsl.SSL_CTX_use_PrivateKey_ASN1(OpenSsl.PrivateKeyEc, Handle, key, key.Length) == 1, "an ECDSA P-256 key");
        // This one gives 0 for success.
        Require(OpenSsl.SSL_CTX_set_tlsext_use_srtp(Handle, profiles) == 0, $"use_srtp with {profiles}");
        OpenSsl.SSL_CTX_set_verify(Handle, OpenSsl.VerifyPeerAlways, &AcceptForNow);
    }

    /// <summary>For a=fingerprint, hash function and all: "sha-256 AB:CD:…".</summary>
    public string Fingerprint { get; }

    internal WebRtcCounters Counters { get; }

    internal SslContextHandle Handle { get; }

    /// <summary>Sessions that are still open keep what they need.</summary>
    public void Dispose() => Handle.Dispose();

    // No authority signs these certificates: the fingerprint in the SDP says whose it is, and the session compares it.
    [UnmanagedCallersOnly]
    private static int AcceptForNow(int preverified, nint store) => 1;

    private static (byte[] Certificate, byte[] Key) MakeCertificate(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=tccc", key, HashAlgorithmName.SHA256);
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(CertificateDays));
        return (certificate.RawData, key.ExportPkcs8PrivateKey());
    }

    private void Require(bool done, string what)
    {
        if (done) return;
        Handle.Dispose();
        throw Refused(what);
    }

    private static DtlsUnavailableException Refused(string what)
        => new($"The system's OpenSSL (libssl.so.3) refuses {what}: {OpenSsl.Errors()}.");
}
