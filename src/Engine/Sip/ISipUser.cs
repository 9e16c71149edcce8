using System.Net;

namespace Tccc.Sip;

/// <summary>What stands behind the endpoint. Called on the SIP loop: must neither block nor throw.</summary>
public interface ISipUser
{
    /// <summary>
    /// Whether it is a carrier's address: what comes from there is served before what comes from strangers. From any thread.
    /// </summary>
    bool IsCarrier(IPAddress address);

    /// <summary>
    /// Whether a request outside any dialog is let in. Desk phones need nothing said of them: whoever sends from an address that one is
    /// registered at may prove themselves, whatever the answer is, and whoever sends from the very place of one must.
    /// </summary>
    Admission Admit(SipMethod method, IPEndPoint source, SipUri requestUri, SipUri from);

    /// <summary>The account a digest user name belongs to; null = unknown, answered exactly as a wrong password is.</summary>
    DigestAccount? FindAccount(string username);

    /// <summary>
    /// For a name that has no account: an account such as others have, so that the challenge does not tell which names there are. Its
    /// hashes are never used.
    /// </summary>
    DigestAccount? Decoy(string username) => null;

    /// <summary>A new INVITE that was admitted. Gives who hears of its events; null answers 503.</summary>
    ISessionEvents? Invited(SipSession session);

    /// <summary>A desk phone's registration came, or ended (by itself, or because it ran out). Refreshes are not told.</summary>
    void RegistrationChanged(string username, bool registered);

    /// <summary>
    /// A desk phone's binding was made or refreshed, and is good for that long; <see cref="SipEndpoint.Restore"/> takes it back after a
    /// restart.
    /// </summary>
    void Bound(Binding binding, TimeSpan life)
    {
    }

    /// <summary>
    /// Calls back, from any thread, when what was told of bindings so far would outlive a crash, or can't be waited for any longer: a phone
    /// is told 200 then.
    /// </summary>
    void WhenKept(Action then) => then();

    /// <summary>Somebody was turned away who may be an intruder. Told once a counted failure, not for what is throttled.</summary>
    void Suspected(Suspicion suspicion)
    {
    }
}

/// <summary>Hears what happens to one session. Called on the SIP loop: must neither block nor throw.</summary>
public interface ISessionEvents
{
    void On(SessionEvent e);
}

/// <summary>The answer to «may this request come in?».</summary>
public abstract record Admission
{
    private Admission() { }

    /// <summary>By its source address; <see cref="Peer"/> comes back as <see cref="SipSession.Peer"/>.</summary>
    public sealed record Trusted(object? Peer) : Admission;

    /// <summary>Only with digest credentials of an account (RFC 3261 §22); 401 until then.</summary>
    public sealed record Challenge : Admission;

    /// <summary>403, counted.</summary>
    public sealed record Refused : Admission;
}

/// <summary>
/// A digest account: HA1 = H(username:realm:password) in lower-case hex (RFC 7616 §3.4.2). A null hash turns that algorithm off for it.
/// </summary>
public sealed record DigestAccount(string Username, string? Ha1Md5, string? Ha1Sha256)
{
    /// <summary>What a desk phone may have under way at once.</summary>
    public const int UnfinishedCallsOfPhone = 8;

    /// <summary>Calls of this account that are not answered yet, or whose answer was not acknowledged; further ones get 503.</summary>
    public int UnfinishedCalls { get; init; } = UnfinishedCallsOfPhone;

    /// <summary>A phone's, which may say where it is; a carrier's may not.</summary>
    public bool MayRegister { get; init; } = true;

    /// <summary>The account with both hashes made from a password in clear.</summary>
    public static DigestAccount FromPassword(string username, string realm, string password) =>
        new(username, Digest.Ha1(DigestAlgorithm.Md5, username, realm, password),
            Digest.Ha1(DigestAlgorithm.Sha256, username, realm, password));
}

/// <summary>User name and password for a peer that challenges us (RFC 3261 §22.2).</summary>
public sealed record SipCredentials(string Username, string Password);

/// <summary>
/// Where a desk phone was last seen: its Contact, and the address and transport its REGISTER came from (which stays right behind NAT).
/// </summary>
public sealed record Binding(string Username, SipUri Contact, IPEndPoint Source, SipTransport Transport, DateTimeOffset Expires)
{
    /// <summary>What the phone calls itself in User-Agent.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Of the last REGISTER: a later one of the same Call-ID must count on (RFC 3261 §10.3 step 7).</summary>
    public string CallId { get; init; } = "";

    /// <inheritdoc cref="CallId"/>
    public uint CSeq { get; init; }

    internal Hop? Hop { get; init; }
}

/// <summary>Who was turned away, and why.</summary>
/// <param name="Name">As it was given: any text, of any length.</param>
/// <param name="Failures">Counted of this address so far; 0 for <see cref="SuspicionKind.UnknownSource"/>.</param>
/// <param name="Wait">How long this address is not heard from now on.</param>
public sealed record Suspicion(SuspicionKind Kind, IPAddress Source, SipMethod Method, string Name, int Failures, TimeSpan Wait);

public enum SuspicionKind
{
    /// <summary>Credentials that are wrong (401).</summary>
    WrongCredentials,
    /// <summary>Neither a carrier nor near a registered phone (403).</summary>
    UnknownSource,
}

/// <summary>Where to send a request: host name or address, port (0 = 5060, over TLS 5061) and transport.</summary>
public sealed record SipDestination(string Host, int Port = 0, SipTransport Transport = SipTransport.Udp);

/// <summary>An INVITE to be sent. Exactly one of <see cref="Destination"/> and <see cref="Binding"/> is given.</summary>
public sealed record OutgoingInvite
{
    public required SipUri RequestUri { get; init; }

    /// <summary>Identity of the caller.</summary>
    public required SipUri From { get; init; }

    /// <summary>Display name of the caller, as the called phone shows it.</summary>
    public string? FromDisplay { get; init; }

    /// <summary>To; the Request-URI when not given.</summary>
    public SipUri? To { get; init; }

    public SipDestination? Destination { get; init; }

    public Binding? Binding { get; init; }

    /// <summary>Answers a challenge with these; without them a 401 or 407 ends the call as Rejected.</summary>
    public SipCredentials? Credentials { get; init; }

    /// <summary>The SDP offer; empty asks the peer for its offer (then <see cref="SipSession.AnswerOffer"/> goes into the ACK).</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>After so long without a final answer the INVITE is cancelled and ends as NoAnswer.</summary>
    public TimeSpan RingLimit { get; init; } = TimeSpan.FromMinutes(3);
}
