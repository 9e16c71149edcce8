using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Tccc.Sip;

namespace Tccc.Telephony.Tests.Peers;

/// <summary>A SIP phone or carrier on loopback: a real endpoint that calls, registers, and takes calls.</summary>
internal sealed class SipPeer : ISipUser, IAsyncDisposable
{
    private readonly SipEndpoint endpoint;
    private readonly int server;
    private readonly double tone;
    private TrunkRegistration? registration;

    private SipPeer(int server, double tone)
    {
        (this.server, this.tone) = (server, tone);
        endpoint = new(new SipOptions { Port = 0, Bind = IPAddress.Loopback }, this, TimeProvider.System, new SystemRandomness());
    }

    public ConcurrentQueue<PeerCall> Incoming { get; } = new();

    public int Port => endpoint.Port;

    /// <summary>Picks up by itself.</summary>
    public bool AutoAnswer { get; set; }

    /// <summary>Refuses with this status.</summary>
    public int? Refuses { get; set; }

    /// <summary>Says nothing of its own accord but «100 Trying».</summary>
    public bool SaysNothing { get; set; }

    public static async Task<SipPeer> Start(int server, double tone)
    {
        var peer = new SipPeer(server, tone);
        await peer.endpoint.Start();
        return peer;
    }

    public PeerCall Call(string number, string? from = null, string? sdp = null, string? password = null)
    {
        var call = new PeerCall(tone);
        call.Session = endpoint.Invite(
            new OutgoingInvite
            {
                RequestUri = new SipUri(number, "127.0.0.1", server),
                From = new SipUri(from ?? "13900000001", "127.0.0.1"),
                Destination = new("127.0.0.1", server),
                Credentials = password is null ? null : new(from!, password),
                Body = Encoding.UTF8.GetBytes(sdp ?? call.Sound.Sdp()),
            },
            call);
        return call;
    }

    public async Task Register(string user, string password)
    {
        registration = endpoint.Register(new TrunkRegistrationOptions
        {
            Registrar = new SipUri(null, "127.0.0.1", server),
            AddressOfRecord = new SipUri(user, "127.0.0.1"),
            Destination = new("127.0.0.1", server),
            Credentials = new(user, password),
        });
        await Until.Holds(
            () => registration.Current.State is TrunkRegistrationState.Registered, $"{user} is registered ({registration.Current})");
    }

    public async Task<PeerCall> Rings()
    {
        PeerCall? call = null;
        await Until.Holds(() => Incoming.TryDequeue(out call), "the phone rings");
        return call!;
    }

    public bool IsCarrier(IPAddress address) => true;

    public Admission Admit(SipMethod method, IPEndPoint source, SipUri requestUri, SipUri from) => new Admission.Trusted(null);

    public DigestAccount? FindAccount(string username) => null;

    public ISessionEvents? Invited(SipSession session)
    {
        var call = new PeerCall(tone) { Session = session };
        if (Refuses is { } status)
        {
            session.Reject(status);
            return call;
        }

        if (!SaysNothing)
        {
            call.Sound.Connect(Encoding.UTF8.GetString(session.Body.Span));
            session.Ring();
        }

        Incoming.Enqueue(call);
        if (AutoAnswer) call.PickUp();
        return call;
    }

    public void RegistrationChanged(string username, bool registered)
    {
    }

    public async ValueTask DisposeAsync()
    {
        registration?.Stop();
        await endpoint.DisposeAsync();
    }
}

/// <summary>One call of a peer: what came, and its sound.</summary>
internal sealed class PeerCall(double tone) : ISessionEvents
{
    private readonly ConcurrentQueue<SessionEvent> events = new();

    public SipSession Session { get; set; } = null!;

    public RtpPeer Sound { get; } = new(tone);

    public SipEnding? Ending => events.OfType<SessionEvent.Ended>().SingleOrDefault()?.Ending;

    public void On(SessionEvent e)
    {
        if (e is SessionEvent.Answered { Body.IsEmpty: false } answered) Sound.Connect(Encoding.UTF8.GetString(answered.Body.Span));
        if (e is SessionEvent.Ended) Sound.Dispose();
        events.Enqueue(e);
    }

    public void PickUp() => Session.Accept(Encoding.UTF8.GetBytes(Sound.Sdp()));

    public bool Saw<T>() where T : SessionEvent => events.OfType<T>().Any();

    public T Last<T>() where T : SessionEvent => events.OfType<T>().Last();

    /// <summary>The keys that came by INFO.</summary>
    public string InfoKeys => string.Concat(events.OfType<SessionEvent.InfoReceived>().Select(i => Dtmf.Read(i.ContentType, i.Body.Span)));

    public Task Sees<T>() where T : SessionEvent => Until.Holds(Saw<T>, $"{typeof(T).Name} (saw {string.Join(", ", events)})");

    public async Task<SipEnding> Ends()
    {
        await Sees<SessionEvent.Ended>();
        return Ending!;
    }
}
