using System.Net;
using System.Text;
using Tccc.Modules.Tests;
using Tccc.Sip;

namespace Tccc.Dial.Tests;

/// <summary>A SIP party outside of the center: a carrier that calls, or a desk phone that is rung and picks up.</summary>
internal sealed class Peer : ISipUser, ISessionEvents, IAsyncDisposable
{
    private static readonly byte[] Audio = Encoding.ASCII.GetBytes(
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40100 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=sendrecv\r\n");

    private readonly SipEndpoint endpoint;
    private volatile SipSession? ringing;
    private volatile SessionEvent.Ended? ended;
    private volatile bool answered;
    private volatile string keys = "";

    private Peer() =>
        endpoint = new SipEndpoint(new() { Port = 0, Bind = IPAddress.Loopback }, this, TimeProvider.System, new SystemRandomness());

    public bool Rings => ringing is not null;

    public bool Answered => answered;

    public bool Ended => ended is not null;

    /// <summary>What came by INFO, the only way this party takes keys.</summary>
    public string Keys => keys;

    public static async Task<Peer> Start()
    {
        var peer = new Peer();
        await peer.endpoint.Start();
        return peer;
    }

    /// <summary>Registers as a desk phone and waits until it is.</summary>
    public async Task Register(string user, string password, int port)
    {
        var registration = endpoint.Register(new()
        {
            Registrar = new SipUri(null, "127.0.0.1", port),
            AddressOfRecord = new SipUri(user, "127.0.0.1", port),
            Destination = new("127.0.0.1", port),
            Credentials = new(user, password),
        });
        await TestCenter.Until(
            () => $"the desk phone is registered: {registration.Current}",
            () => registration.Current.State == TrunkRegistrationState.Registered);
    }

    public SipSession Call(string number, int port) => endpoint.Invite(
        new() { RequestUri = new SipUri(number, "127.0.0.1", port), From = new SipUri("13800138000", "127.0.0.1"),
            Destination = new("127.0.0.1", port), Body = Audio }, this);

    public void PickUp() => ringing!.Accept(Audio);

    public void On(SessionEvent e)
    {
        if (e is SessionEvent.Answered) answered = true;
        if (e is SessionEvent.Offered) ringing?.AnswerOffer(Audio);
        if (e is SessionEvent.InfoReceived info) keys += Encoding.ASCII.GetString(info.Body.Span).Split('\r')[0]["Signal=".Length..];
        if (e is SessionEvent.Ended end) ended = end;
    }

    public bool IsCarrier(IPAddress address) => true;

    public Admission Admit(SipMethod method, IPEndPoint source, SipUri requestUri, SipUri from) => new Admission.Trusted(null);

    public DigestAccount? FindAccount(string username) => null;

    public ISessionEvents? Invited(SipSession session)
    {
        ringing = session;
        session.Ring();
        return this;
    }

    public void RegistrationChanged(string username, bool registered)
    {
    }

    public ValueTask DisposeAsync() => endpoint.DisposeAsync();
}
