using System.Runtime.InteropServices;
using System.Text;

namespace Tccc.Media;

/// <summary>
/// The part of OpenSSL 3's C interface that DTLS-SRTP needs. Numbers are those of its headers, whose macros have no symbol.
/// </summary>
internal static unsafe partial class OpenSsl
{
    private const string Ssl = "libssl.so.3";
    private const string Crypto = "libcrypto.so.3";

    public const int Dtls12 = 0xFEFD;
    public const int PrivateKeyEc = 408;
    public const int VerifyPeerAlways = 1 | 2 | 4;                         // PEER | FAIL_IF_NO_PEER_CERT | CLIENT_ONCE
    public const ulong Options = 0x1000 | 0x4000 | 0x4000_0000;            // NO_QUERY_MTU | NO_TICKET | NO_RENEGOTIATION
    public const int SetMtu = 17;
    public const int SetReadAhead = 41;                                    // DTLS over a memory BIO reads nothing without
    public const int SetSessionCacheMode = 44;
    public const int DtlsGetTimeout = 73;
    public const int DtlsHandleTimeout = 74;
    public const int SetMinimumVersion = 123;
    public const int SetMaximumVersion = 124;
    public const int ErrorWantRead = 2;
    public const int ErrorWantWrite = 3;
    public const int ReceivedShutdown = 2;
    public const int BioReset = 1;
    public const int BioInfo = 3;
    public const int BioSetEofReturn = 130;

    [LibraryImport(Ssl)] public static partial nint DTLS_method();
    [LibraryImport(Ssl)] public static partial SslContextHandle SSL_CTX_new(nint method);
    [LibraryImport(Ssl)] public static partial void SSL_CTX_free(nint context);
    [LibraryImport(Ssl)] public static partial nint SSL_CTX_ctrl(SslContextHandle context, int command, nint number, nint pointer);
    [LibraryImport(Ssl)] public static partial ulong SSL_CTX_set_options(SslContextHandle context, ulong options);
    [LibraryImport(Ssl)] public static partial int SSL_CTX_use_certificate_ASN1(SslContextHandle context, int length, byte[] der);
    [LibraryImport(Ssl)] public static partial int SSL_CTX_use_PrivateKey_ASN1(int type, SslContextHandle context, byte[] der, nint length);
    [LibraryImport(Ssl)] public static partial void SSL_CTX_set_verify(
        SslContextHandle context, int mode, delegate* unmanaged<int, nint, int> callback);
    [LibraryImport(Ssl, StringMarshalling = StringMarshalling.Utf8)] public static partial int SSL_CTX_set_tlsext_use_srtp(
        SslContextHandle context, string profiles);
    [LibraryImport(Ssl, StringMarshalling = StringMarshalling.Utf8)] public static partial int SSL_CTX_set_cipher_list(
        SslContextHandle context, string ciphers);
    [LibraryImport(Ssl)] public static partial SslHandle SSL_new(SslContextHandle context);
    [LibraryImport(Ssl)] public static partial void SSL_free(nint ssl);
    [LibraryImport(Ssl)] public static partial void SSL_set_bio(SslHandle ssl, nint reads, nint writes);
    [LibraryImport(Ssl)] public static partial nint SSL_get_rbio(SslHandle ssl);
    [LibraryImport(Ssl)] public static partial nint SSL_get_wbio(SslHandle ssl);
    [LibraryImport(Ssl)] public static partial void SSL_set_accept_state(SslHandle ssl);
    [LibraryImport(Ssl)] public static partial void SSL_set_connect_state(SslHandle ssl);
    [LibraryImport(Ssl)] public static partial int SSL_do_handshake(SslHandle ssl);
    [LibraryImport(Ssl)] public static partial int SSL_get_error(SslHandle ssl, int result);
    [LibraryImport(Ssl)] public static partial int SSL_read(SslHandle ssl, byte* buffer, int length);
    [LibraryImport(Ssl)] public static partial int SSL_shutdown(SslHandle ssl);
    [LibraryImport(Ssl)] public static partial int SSL_get_shutdown(SslHandle ssl);
    [LibraryImport(Ssl)] public static partial nint SSL_ctrl(SslHandle ssl, int command, nint number, void* pointer);
    [LibraryImport(Ssl)] public static partial void DTLS_set_timer_cb(SslHandle ssl, delegate* unmanaged<nint, uint, uint> callback);
    [LibraryImport(Ssl)] public static partial nint SSL_get_selected_srtp_profile(SslHandle ssl);
    [LibraryImport(Ssl)] public static partial nint SSL_get1_peer_certificate(SslHandle ssl);
    [LibraryImport(Ssl)] public static partial nint SSL_get_session(SslHandle ssl);
    [LibraryImport(Ssl)] public static partial nint SSL_SESSION_get_master_key(nint session, byte[] output, nint length);
    [LibraryImport(Ssl)] public static partial nint SSL_get_client_random(SslHandle ssl, byte[] output, nint length);
    [LibraryImport(Ssl)] public static partial nint SSL_get_server_random(SslHandle ssl, byte[] output, nint length);
    [LibraryImport(Ssl)] public static partial nint SSL_get_current_cipher(SslHandle ssl);
    [LibraryImport(Ssl)] public static partial int SSL_CIPHER_get_bits(nint cipher, int* algorithmBits);
    [LibraryImport(Ssl, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SSL_export_keying_material(
        SslHandle ssl, byte[] output, nint length, string label, nint labelLength, nint context, nint contextLength, int useContext);

    [LibraryImport(Crypto)] public static partial nint BIO_new(nint type);
    [LibraryImport(Crypto)] public static partial nint BIO_s_mem();
    [LibraryImport(Crypto)] public static partial int BIO_free(nint bio);
    [LibraryImport(Crypto)] public static partial int BIO_write(nint bio, byte* data, int length);
    [LibraryImport(Crypto)] public static partial nint BIO_ctrl(nint bio, int command, nint number, void* pointer);
    [LibraryImport(Crypto)] public static partial int i2d_X509(nint certificate, byte** output);
    [LibraryImport(Crypto)] public static partial void X509_free(nint certificate);
    [LibraryImport(Crypto)] public static partial ulong ERR_get_error();
    [LibraryImport(Crypto)] public static partial void ERR_clear_error();
    [LibraryImport(Crypto)] public static partial void ERR_error_string_n(ulong error, byte* buffer, nint length);

    /// <summary>Null when both libraries load; else one sentence for the operator.</summary>
    public static string? Missing(string ssl = Ssl, string crypto = Crypto)
    {
        foreach (var library in (ReadOnlySpan<string>)[crypto, ssl])
        {
            if (!NativeLibrary.TryLoad(library, out var handle))
                return $"{library} was not found: calls in the browser need OpenSSL 3 (Debian and Ubuntu: apt-get install libssl3).";
            NativeLibrary.Free(handle);
        }
        return null;
    }

    /// <summary>Takes all errors from this thread's queue and joins them.</summary>
    public static string Errors()
    {
        var text = new StringBuilder();
        var line = stackalloc byte[256];
        while (ERR_get_error() is var error && error != 0)
        {
            ERR_error_string_n(error, line, 256);
            text.Append(text.Length == 0 ? "" : "; ").Append(Marshal.PtrToStringUTF8((nint)line));
        }
        return text.Length == 0 ? "no details" : text.ToString();
    }

    /// <summary>The peer's certificate in DER, or null.</summary>
    public static byte[]? PeerCertificate(SslHandle ssl)
    {
        var certificate = SSL_get1_peer_certificate(ssl);
        if (certificate == 0) return null;
        var der = new byte[Math.Max(0, i2d_X509(certificate, null))];
        fixed (byte* start = der)
        {
            // i2d moves the pointer that it is given.
            var at = start;
            der = i2d_X509(certificate, &at) > 0 ? der : [];
        }
        X509_free(certificate);
        return der.Length == 0 ? null : der;
    }
}

/// <summary>An SSL_CTX.</summary>
internal sealed class SslContextHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpenSsl.SSL_CTX_free(handle);
        return true;
    }
}

/// <summary>An SSL object; it holds its context and its two BIOs and frees them with itself.</summary>
internal sealed class SslHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpenSsl.SSL_free(handle);
        return true;
    }
}
