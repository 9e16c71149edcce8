using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Tccc.Sip;

/// <summary>What the SIP endpoint listens on and the bounds it keeps to.</summary>
public sealed record SipOptions
{
    /// <summary>UDP and TCP port; 0 takes any free one (see <see cref="SipEndpoint.Port"/>).</summary>
    public int Port { get; init; } = 5060;

    /// <summary>
    /// TLS port, where there is a <see cref="Certificate"/>; 0 takes any free one (see <see cref="SipEndpoint.TlsPort"/>).
    /// </summary>
    public int TlsPort { get; init; } = 5061;

    /// <summary>
    /// The certificate that TLS shows (RFC 3261 §26.3.1), asked for at each handshake so that it may be renewed; null: no TLS port.
    /// </summary>
    public Func<SslStreamCertificateContext>? Certificate { get; init; }

    /// <summary>Authorities whose certificates of carriers are trusted beside those that the machine trusts.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>
    /// The local address to bind; by default [::], which stands for both families, and for IPv4 alone where there is no IPv6.
    /// </summary>
    public IPAddress Bind { get; init; } = IPAddress.IPv6Any;

    /// <summary>
    /// Host written into Via and Contact when the server stands behind NAT; otherwise the local address that routes to the peer is taken.
    /// </summary>
    public string? AdvertisedAddress { get; init; }

    /// <summary>Digest realm (RFC 7616 §3.3). The stored HA1 hashes of desk phones are made with it.</summary>
    public string Realm { get; init; } = "tccc";

    /// <summary>Value of User-Agent and Server.</summary>
    public string UserAgent { get; init; } = "Tccc";

    /// <summary>Session interval that is asked for (RFC 4028 §7.1).</summary>
    public TimeSpan SessionExpires { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Shortest session interval that is taken (RFC 4028 §5: not below 90 s); a shorter one is answered 422.</summary>
    public TimeSpan MinSessionExpires { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Shortest registration; a shorter one is answered 423 (RFC 3261 §10.3).</summary>
    public TimeSpan MinRegistration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What <see cref="MaxRegistration"/> is when nobody says otherwise.</summary>
    public static readonly TimeSpan LongestRegistration = TimeSpan.FromHours(1);

    /// <summary>Longest registration; a longer one is cut to it.</summary>
    public TimeSpan MaxRegistration { get; init; } = LongestRegistration;

    /// <summary>Longest registration of a phone that can be reached through its connection only, which a restart takes from it.</summary>
    public TimeSpan MaxConnectedRegistration { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Registration time when the phone names none.</summary>
    public TimeSpan DefaultRegistration { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a digest nonce is good for; afterwards stale=true (RFC 7616 §3.3).</summary>
    public TimeSpan NonceLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// TCP and TLS connections open at once. A quarter is the most that strangers have together, and some are kept for carriers; further
    /// ones are closed at once and counted.
    /// </summary>
    public int MaxConnections { get; init; } = 4000;

    /// <summary>
    /// A connection with no traffic for so long is closed, though not before a phone that registered over it must do so anew.
    /// </summary>
    public TimeSpan IdleConnection { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A stranger's connection without a request for so long is closed.</summary>
    public TimeSpan IdleStranger { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A TCP message that was begun must be whole after so long, or the connection is closed and counted.</summary>
    public TimeSpan HalfReadMessage { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Transactions alive at once, of which a carrier's address may have half and phones a quarter together; new requests past it are
    /// answered 503 with Retry-After, without state.
    /// </summary>
    public int MaxTransactions { get; init; } = 50_000;

    /// <summary>
    /// Calls of one carrier's address that are not answered yet, or whose answer was not acknowledged; further ones get 503 with
    /// Retry-After.
    /// </summary>
    public int MaxUnfinishedCalls { get; init; } = 1000;

    /// <summary>Told of an exception caught on the loop: a bug, for the log. The loop goes on.</summary>
    public Action<Exception>? OnFault { get; init; }

    /// <summary>Longest time that shutting down waits for peers to answer BYE and CANCEL.</summary>
    public TimeSpan ShutdownLimit { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary>Raised by <see cref="SipEndpoint.Start"/> when the endpoint cannot run; the message is one sentence for the operator.</summary>
public sealed class SipStartException : Exception
{
    public SipStartException() { }

    public SipStartException(string message) : base(message) { }

    public SipStartException(string message, Exception inner) : base(message, inner) { }
}
