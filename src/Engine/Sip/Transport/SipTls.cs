using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tccc.Sip;

/// <summary>
/// TLS on both sides (RFC 3261 §26.3.1, RFC 5922): the server shows its certificate and asks for none, since phones prove themselves by
/// digest and carriers by their address; a carrier that we connect to must show one that is for the name we dialled.
/// </summary>
internal sealed class SipTls(SipOptions options, Sources sources, TimeProvider time)
{
    // RFC 5280 §4.2.1.12
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(5);

    /// <exception cref="StreamRefusedException">No room for a handshake, or it failed.</exception>
    public async Task<Stream> Accept(Socket socket, Source source, long now, CancellationToken stopping)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        if (!sources.TryHandshake(source, now))
        {
            await stream.DisposeAsync();
            throw new StreamRefusedException("TooManyHandshakes", "Too many handshakes");
        }
        try
        {
            using var limit = new CancellationTokenSource(HandshakeLimit, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificateContext = options.Certificate!() }, both.Token);
            return stream;
        }
        catch (Exception e) when (
            e is AuthenticationException or IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            await stream.DisposeAsync();
            throw new StreamRefusedException("HandshakeFailed", e.Message);
        }
        finally
        {
            sources.EndHandshake(source);
        }
    }

    /// <exception cref="StreamRefusedException">The handshake failed; says in words when it is the certificate.</exception>
    public async Task<Stream> Connect(Socket socket, Hop hop, CancellationToken stopping)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        var name = hop.Name ?? hop.Remote.Address.ToString();
        string? wrong = null;
        try
        {
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = name,
                RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                    (wrong = Wrong(certificate as X509Certificate2, chain, errors)) is null,
            }, stopping);
            return stream;
        }
        catch (Exception e) when (
            e is AuthenticationException or IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            await stream.DisposeAsync();
            throw new StreamRefusedException(wrong is null ? "HandshakeFailed" : "CertificateRefused", wrong ?? "The TLS handshake failed");
        }
    }

    private string? Wrong(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)) return "The carrier shows no certificate";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) return "The carrier's certificate is for another name";
        if (errors == SslPolicyErrors.None) return null;
        if (options.Authorities is { Count: > 0 } own && chain is not null && IsSignedBy(own, certificate, chain)) return null;
        var outdated = chain?.ChainStatus.Any(s => s.Status.HasFlag(X509ChainStatusFlags.NotTimeValid)) is true;
        return outdated
            ? "The carrier's certificate is out of date"
            : "The carrier's certificate is not from an authority that this server trusts";
    }

    private static bool IsSignedBy(X509Certificate2Collection authorities, X509Certificate2 certificate, X509Chain shown)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        foreach (var element in shown.ChainElements) chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(certificate);
    }
}
