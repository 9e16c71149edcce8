using System.Net;

namespace Tccc.Sip;

/// <summary>
/// The user agent without sockets, threads or clock: bytes and <c>now</c> (milliseconds) in, bytes and the next deadline out.
/// Everything in it belongs to one thread.
/// </summary>
internal sealed partial class SipCore
{
    private static readonly string RetryAfter = $"Retry-After: {Sources.TellEvery / 1000}";

    private readonly SipMessage incoming = new();
    private readonly MessageWriter writer = new();
    private readonly IRandomness randomness;
    private readonly byte[] pool = new byte[512];
    private readonly Func<DateTimeOffset> wall;
    private readonly string statelessTag;
    private readonly byte[] statelessTagBytes;
    private int poolAt = 512;

    /// <param name="wall">The time of day, for people and for the Date of answers only: it may be set at any moment.</param>
    public SipCore(
        SipOptions options, ISipUser user, IRandomness randomness, ISipOutput output, SipMetrics metrics, Func<DateTimeOffset> wall,
        Action<Action> post)
    {
        (Options, User, Output, Metrics, Post) = (options, user, output, metrics, post);
        (this.randomness, this.wall) = (randomness, wall);
        Digest = new DigestServer(options, randomness);
        Registrar = new Registrar(this);
        statelessTag = NewToken();
        statelessTagBytes = System.Text.Encoding.ASCII.GetBytes(statelessTag);
    }

    public SipOptions Options { get; }

    public ISipUser User { get; }

    public ISipOutput Output { get; }

    public SipMetrics Metrics { get; }

    /// <summary>Runs something on the loop, from any thread, later.</summary>
    public Action<Action> Post { get; }

    public TimerHeap Timers { get; } = new();

    public TransactionTable Transactions { get; } = new();

    public DigestServer Digest { get; }

    public Registrar Registrar { get; }

    public FailedProofs Failures { get; } = new();

    public UnfinishedCalls Unfinished { get; } = new();

    /// <summary>By Call-ID and our tag.</summary>
    public Dictionary<(string CallId, string LocalTag), SipSession> Sessions { get; } = [];

    public List<TrunkRegistration> Registrations { get; } = [];

    public long Now { get; private set; }

    public bool ShuttingDown { get; private set; }

    public long NextDeadline => Timers.Next;

    /// <summary>A moment of the loop's clock as the time of day has it now.</summary>
    public DateTimeOffset TimeOf(long at) => wall().AddMilliseconds(at - Now);

    /// <summary>One datagram or framed message. Its bytes are the core's until this returns, and may be changed by it.</summary>
    public void Receive(Hop source, byte[] bytes, int start, int length, long now)
    {
        Now = now;
        if (!incoming.Parse(bytes, start, length))
        {
            // A lone CRLF is a keep-alive (RFC 5626 §4.4.1): no error, no answer over UDP.
            if (incoming.Error != ParseError.Empty) Metrics.Dropped(incoming.Error.ToString());
            return;
        }
        Metrics.Received();
        if (incoming.IsRequest) OnRequest(source, incoming);
        else OnResponse(incoming);
    }

    /// <summary>
    /// The head of a message whose end cannot be told: answered 400 when it can be read at all. The connection is closed by its owner.
    /// </summary>
    public void ReceiveBroken(Hop source, byte[] head, ParseError error, long now)
    {
        Now = now;
        Metrics.Dropped(error.ToString());
        if (incoming.Parse(head, 0, head.Length) && incoming.IsRequest) Refuse(incoming, source, 400, MessageRules.Phrase(error));
    }

    public void Advance(long now)
    {
        Now = now;
        Timers.Advance(now);
    }

    /// <summary>
    /// A datagram of a source that takes more than its share: told 503 with the time after which it may try again (RFC 3261 §21.5.4).
    /// </summary>
    public void ReceiveTooMuch(Hop source, byte[] bytes, int length, long now)
    {
        Now = now;
        Metrics.Dropped("SourceTooFast");
        if (incoming.Parse(bytes, 0, length) && incoming.IsRequest) Refuse(incoming, source, 503, extra: [RetryAfter]);
    }

    /// <summary>Whom an address belongs to. From any thread.</summary>
    public Share ShareOf(IPAddress address) =>
        User.IsCarrier(address) ? Share.Carrier : Registrar.HasPhoneAt(address) ? Share.Phone : Share.Stranger;

    /// <summary>
    /// Sending to these places failed, or their connection is gone; <paramref name="why"/> in words, where that is known.
    /// </summary>
    public void TransportFailed(Func<Hop, bool> where, long now, string? why = null)
    {
        Now = now;
        foreach (var transaction in Transactions.ClientsAt(where)) transaction.TransportFailed(why);
        Registrar.TransportFailed(where);
    }

    /// <summary>Ends all that is up; the loop goes on until <see cref="Quiet"/>.</summary>
    public void Shutdown()
    {
        ShuttingDown = true;
        foreach (var registration in Registrations.ToArray()) registration.StopNow();
        foreach (var session in Sessions.Values.ToArray()) session.Shutdown();
    }

    /// <summary>Nothing of ours waits for an answer any more.</summary>
    public bool Quiet => !Transactions.Waiting && Sessions.Count == 0;

    public void Send(Hop hop, ReadOnlySpan<byte> message)
    {
        Metrics.Sent();
        Output.Send(hop, message);
    }

    /// <summary>96 random bits in hex: tags, branches, Call-IDs.</summary>
    public string NewToken()
    {
        // Sessions are made on any thread.
        lock (pool)
        {
            if (poolAt + 12 > pool.Length)
            {
                randomness.Fill(pool);
                poolAt = 0;
            }
            poolAt += 12;
            return Convert.ToHexStringLower(pool.AsSpan(poolAt - 12, 12));
        }
    }

    public string NewCallId() => $"{NewToken()}@{Options.Realm}";

    public string NewBranch() => "z9hG4bK" + NewToken();

    /// <summary>Evenly between the bounds, for back-off and glare.</summary>
    public int NewDelay(int from, int to)
    {
        var token = NewToken();
        return from
            + (int)(uint.Parse(
                token.AsSpan(0, 8), System.Globalization.NumberStyles.AllowHexSpecifier,
                System.Globalization.CultureInfo.InvariantCulture) % (uint)(to - from));
    }

    /// <summary>
    /// A destination's place; null when its name has no address. A and AAAA records only, no NAPTR and SRV (RFC 3263 §4).
    /// </summary>
    public void Locate(SipDestination destination, Action<Hop?> done)
    {
        if (Addresses.Read(destination.Host) is { } known) done(HopAt(known));
        else Output.Resolve(destination.Host, address => done(address is null ? null : HopAt(address)));

        Hop HopAt(IPAddress address) =>
            new(destination.Transport,
                new IPEndPoint(address, destination.Port == 0 ? DefaultPort(destination.Transport) : destination.Port))
            {
                Name = destination.Transport == SipTransport.Tls ? destination.Host.Trim('[', ']') : null,
            };
    }

    /// <summary>
    /// Where a request with that next URI goes. An address is taken at its word; a name is not looked up again inside a dialog, the
    /// place its messages came from is known. The connection they came by is used again (RFC 5923 in spirit), and what began over TLS stays
    /// on it.
    /// </summary>
    public static Hop HopFor(SipUri? next, Hop seen)
    {
        if (next is null || Addresses.Read(next.Host) is not { } address) return seen;
        var sameHost = address.Equals(seen.Remote.Address);
        var transport = TransportOf(next) ?? (sameHost || seen.Transport == SipTransport.Tls ? seen.Transport : SipTransport.Udp);
        var place = new IPEndPoint(address, next.Port == 0 ? DefaultPort(transport) : next.Port);
        return sameHost && transport != SipTransport.Udp && seen.Transport == transport
            ? new Hop(transport, seen.Remote, seen.Connection) { Listening = place, Name = seen.Name, Source = seen.Source }
            : new Hop(transport, place) { Name = seen.Name };
    }

    /// <summary>RFC 3261 §19.1.2.</summary>
    private static int DefaultPort(SipTransport transport) => transport == SipTransport.Tls ? 5061 : 5060;

    private static SipTransport? TransportOf(SipUri uri) =>
        uri.Scheme == "sips" ? SipTransport.Tls : uri.Parameter("transport")?.ToLowerInvariant() switch
    {
        null => null,
        "tcp" => SipTransport.Tcp,
        "tls" => SipTransport.Tls,
        _ => SipTransport.Udp,
    };
}
