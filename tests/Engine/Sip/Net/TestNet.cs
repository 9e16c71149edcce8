using System.Net;
using System.Text;

namespace Tccc.Sip.Tests;

/// <summary>
/// A network and a clock in memory: what is sent arrives a little later, or not at all. Runs in one thread, as fast as it can.
/// </summary>
internal sealed class TestNet
{
    private readonly PriorityQueue<Action, (long At, long Order)> events = new();
    private readonly Dictionary<IPEndPoint, Action<Hop, byte[]>> places = [];
    private readonly List<Node> nodes = [];
    private long order;

    public long Now { get; private set; }

    /// <summary>Whether a message gets lost.</summary>
    public Func<string, bool> Loses { get; set; } = _ => false;

    public int Delay { get; set; } = 5;

    /// <summary>What is sent goes into <see cref="Log"/>.</summary>
    public bool Keeps { get; set; } = true;

    /// <summary>All that was sent, in order: time, from, to, text.</summary>
    public List<(long At, IPEndPoint From, IPEndPoint To, string Text)> Log { get; } = [];

    public Node AddNode(string address, SipOptions? options = null, int port = 5060)
    {
        var node = new Node(this, new IPEndPoint(IPAddress.Parse(address), port), options ?? new SipOptions());
        nodes.Add(node);
        places[node.At] = (from, bytes) => node.Core.Receive(from, bytes, 0, bytes.Length, Now);
        return node;
    }

    public RawPeer AddPeer(string address, int port = 5060)
    {
        var peer = new RawPeer(this, new IPEndPoint(IPAddress.Parse(address), port));
        places[peer.At] = (from, bytes) => peer.Receive(from, bytes);
        return peer;
    }

    public void Send(IPEndPoint from, SipTransport transport, IPEndPoint to, ReadOnlySpan<byte> message)
    {
        var bytes = message.ToArray();
        var text = Encoding.UTF8.GetString(bytes);
        if (Keeps) Log.Add((Now, from, to, text));
        if (Loses(text)) return;
        Later(Delay, () =>
        {
            if (places.TryGetValue(to, out var place)) place(new Hop(transport, from), bytes);
        });
    }

    public void Later(long delay, Action action) => events.Enqueue(action, (Now + delay, order++));

    /// <summary>Lets time pass; every deadline in it fires at its own moment.</summary>
    public void Run(long milliseconds)
    {
        var end = Now + milliseconds;
        while (true)
        {
            var next = nodes.Count == 0 ? long.MaxValue : nodes.Min(n => n.Core.NextDeadline);
            if (events.TryPeek(out _, out var first)) next = Math.Min(next, first.At);
            if (next > end) break;
            Now = Math.Max(Now, next);
            foreach (var node in nodes) node.Core.Advance(Now);
            while (events.TryPeek(out var action, out var due) && due.At <= Now)
            {
                events.Dequeue();
                action();
            }
        }
        Now = end;
        foreach (var node in nodes) node.Core.Advance(Now);
    }

    /// <summary>Texts of what was sent to a place.</summary>
    public IEnumerable<string> SentTo(IPEndPoint to) => Log.Where(l => l.To.Equals(to)).Select(l => l.Text);

    public int CountSent(string startsWith) => Log.Count(l => l.Text.StartsWith(startsWith, StringComparison.Ordinal));
}

/// <summary>A whole user agent on the test network.</summary>
internal sealed class Node : ISipOutput
{
    private readonly TestNet net;

    public Node(TestNet net, IPEndPoint at, SipOptions options)
    {
        (this.net, At) = (net, at);
        User = new TestUser(this);
        Core = new SipCore(
            options, User, new SeededRandomness(at.Port + at.Address.GetHashCode()), this, new SipMetrics(),
            DateTimeOffset.UnixEpoch.AddYears(56), action => net.Later(0, action));
    }

    public IPEndPoint At { get; }

    public SipCore Core { get; }

    public TestUser User { get; }

    public int Port => At.Port;

    public int TlsPort => At.Port + 1;

    public SipUri Uri(string user) => new(user, At.Address.ToString(), At.Port == 5060 ? 0 : At.Port);

    public void Send(Hop hop, ReadOnlySpan<byte> message) => net.Send(At, hop.Transport, hop.Remote, message);

    public string LocalHost(Hop hop) => Addresses.Literal(At.Address);

    public void Resolve(string host, Action<IPAddress?> done) => net.Later(1, () => done(null));

    /// <summary>Calls another node.</summary>
    public Recorder Call(
        IPEndPoint to, string offer = "offer", SipCredentials? credentials = null, Binding? binding = null, TimeSpan? ringLimit = null,
        SipTransport transport = SipTransport.Udp)
    {
        var recorder = new Recorder();
        recorder.Session = SipSession.Connect(Core, new OutgoingInvite
        {
            RequestUri = binding?.Contact
                ?? new SipUri("4000000001", to.Address.ToString(), to.Port), From = Uri("13900001111"), FromDisplay = "王 \"W\"",
            Destination = binding is null
                ? new SipDestination(to.Address.ToString(), to.Port, transport)
                : null, Binding = binding, Body = Encoding.UTF8.GetBytes(offer),
            Credentials = credentials, RingLimit = ringLimit ?? TimeSpan.FromMinutes(3),
        }, recorder);
        return recorder;
    }
}

/// <summary>What a node's user decides, and what it was told.</summary>
internal sealed class TestUser(Node node) : ISipUser
{
    public Func<SipMethod, IPEndPoint, Admission> Admits { get; set; } = (_, _) => new Admission.Trusted("peer");

    public Dictionary<string, DigestAccount> Accounts { get; } = [];

    /// <summary>What happens when a call comes; null refuses it.</summary>
    public Func<SipSession, Recorder?> OnInvite { get; set; } = session => new Recorder { Session = session };

    public List<Recorder> Calls { get; } = [];

    /// <summary>Calls that come are kept in <see cref="Calls"/>.</summary>
    public bool Keeps { get; set; } = true;

    public List<(string User, bool Registered)> Registrations { get; } = [];

    public List<(Binding Binding, TimeSpan Life)> Bindings { get; } = [];

    public List<Suspicion> Suspicions { get; } = [];

    /// <summary>What a name without an account is challenged as.</summary>
    public Func<string, DigestAccount?> Decoys { get; set; } = _ => null;

    public Recorder Last => Calls[^1];

    public Node Node => node;

    public void AddAccount(string user, string password) => Accounts[user] = DigestAccount.FromPassword(user, "tccc", password);

    public bool IsCarrier(IPAddress address) => true;

    public Admission Admit(SipMethod method, IPEndPoint source, SipUri requestUri, SipUri from) => Admits(method, source);

    public DigestAccount? FindAccount(string username) => Accounts.GetValueOrDefault(username);

    public DigestAccount? Decoy(string username) => Decoys(username);

    public void Bound(Binding binding, TimeSpan life) => Bindings.Add((binding, life));

    /// <summary>What is done when bindings are to be kept before anybody is told; at once unless a test says otherwise.</summary>
    public Action<Action> Keeping { get; set; } = then => then();

    public void WhenKept(Action then) => Keeping(then);

    public void Suspected(Suspicion suspicion) => Suspicions.Add(suspicion);

    public ISessionEvents? Invited(SipSession session)
    {
        var recorder = OnInvite(session);
        if (recorder is not null && Keeps) Calls.Add(recorder);
        return recorder;
    }

    public void RegistrationChanged(string username, bool registered) => Registrations.Add((username, registered));
}

/// <summary>Keeps what happened to a session and may react to it.</summary>
internal sealed class Recorder : ISessionEvents
{
    public SipSession Session { get; set; } = null!;

    public List<SessionEvent> Events { get; } = [];

    public Action<Recorder, SessionEvent>? Reacts { get; set; }

    public SipEnding? Ending => Events.OfType<SessionEvent.Ended>().SingleOrDefault()?.Ending;

    public bool Has<T>() where T : SessionEvent => Events.OfType<T>().Any();

    public T Only<T>() where T : SessionEvent => Assert.Single(Events.OfType<T>());

    public void On(SessionEvent e)
    {
        Assert.False(Has<SessionEvent.Ended>(), $"{e} came after the end");
        Events.Add(e);
        Reacts?.Invoke(this, e);
    }

    /// <summary>Answers a call at once and takes every change.</summary>
    public static Recorder Answering(SipSession session)
    {
        var recorder = new Recorder { Session = session, Reacts = TakesChanges };
        session.Ring();
        session.Accept(Bytes("answer"));
        return recorder;
    }

    public static void TakesChanges(Recorder recorder, SessionEvent e)
    {
        if (e is SessionEvent.Offered) recorder.Session.AnswerOffer(Bytes("changed"));
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}

/// <summary>Repeatable "randomness".</summary>
internal sealed class SeededRandomness(int seed) : IRandomness
{
    private readonly Random random = new(seed);

    public void Fill(Span<byte> bytes) => random.NextBytes(bytes);
}
