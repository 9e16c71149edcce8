using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tccc.Sip;

/// <summary>
/// The one thread that owns the core. It waits on the UDP socket, so a datagram is read, parsed and answered without changing
/// threads; others wake it by an empty datagram to its own port. A turn is fair: what is due, what was posted, some datagrams, a message of
/// each connection that has one. Strangers' datagrams past their share are read, so that they do not fill the socket, and dropped.
/// </summary>
#pragma warning disable CA1001 // its thread owns the sockets and disposes of them when it ends
internal sealed class SipLoop : ISipOutput
#pragma warning restore CA1001
{
    private const int Burst = 64;
    private const int MaxKnownAddresses = 8192;
    private const int LocalHostsFor = 600_000;

    private readonly SipOptions options;
    private readonly SipMetrics metrics;
    private readonly ConcurrentQueue<Action> posts = new();
    private readonly Dictionary<SocketAddress, Hop> seen = [];
    private readonly Dictionary<IPAddress, string> localHosts = [];
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long started;
    private readonly int longestWait;
    private readonly byte[] buffer = new byte[SipLimits.Message + 1];
    private readonly Sources sources;
    private Socket udp = null!;
    private Socket waker = null!;
    private SocketAddress wakeAddress = null!;
    private Thread? thread;
    private int asleep;
    private bool closing;
    private long closeBy, localHostsUntil;

    public SipLoop(SipOptions options, ISipUser user, TimeProvider time, IRandomness randomness, SipMetrics metrics)
    {
        (this.options, this.metrics, Time) = (options, metrics, time);
        started = time.GetTimestamp();
        // Another clock than the system's may jump without waking the socket.
        longestWait = time == TimeProvider.System ? 500 : 5;
        Core = new SipCore(options, user, randomness, this, metrics, time.GetUtcNow, Post);
        sources = new Sources(Core.ShareOf, options.MaxConnections);
        Streams = new StreamTransport(this, options, metrics, sources);
    }

    public SipCore Core { get; }

    public TimeProvider Time { get; }

    public StreamTransport Streams { get; }

    public int Port { get; private set; }

    public int TlsPort { get; private set; }

    public long Clock() => (long)Time.GetElapsedTime(started).TotalMilliseconds;

    /// <summary>Binds the ports and starts the thread; the caller turns what goes wrong into a sentence.</summary>
    public void Start()
    {
        var sockets = SipSockets.Bind(options);
        udp = sockets.Udp;
        Port = SipSockets.PortOf(udp);
        TlsPort = sockets.Tls is { } tls ? SipSockets.PortOf(tls) : 0;
        // A socket for both families takes IPv4 too, which every machine has.
        var own = IsAny ? IPAddress.Loopback : options.Bind;
        waker = new Socket(own.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        wakeAddress = new IPEndPoint(own, Port).Serialize();
        Streams.Start(sockets.Listeners);
        thread = new Thread(Run) { IsBackground = true, Name = "sip" };
        thread.Start();
    }

    /// <summary>Runs something on the loop, in the order of the posts. From any thread.</summary>
    public void Post(Action action)
    {
        posts.Enqueue(action);
        Wake();
    }

    /// <summary>There is something to do. One of those who find it asleep wakes it.</summary>
    public void Wake()
    {
        if (Thread.CurrentThread != thread && Interlocked.Exchange(ref asleep, 0) == 1) Ring();
    }

    public async Task Stop()
    {
        if (thread is null) return;
        Post(() =>
        {
            closing = true;
            closeBy = Clock() + (long)options.ShutdownLimit.TotalMilliseconds;
            Core.Shutdown();
        });
        await stopped.Task;
    }

    public void Send(Hop hop, ReadOnlySpan<byte> message)
    {
        if (hop.IsStream)
        {
            Streams.Send(hop, message);
            return;
        }
        try
        {
            hop.Address ??= Fitting(hop.Remote).Serialize();
            udp.SendTo(message, SocketFlags.None, hop.Address);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            metrics.Dropped("SendFailed");
            // Nobody waits for what becomes of an answer.
            if (message.StartsWith("SIP/2.0 "u8)) return;
            Post(() => Core.TransportFailed(h => h.Transport == SipTransport.Udp && h.Remote.Equals(hop.Remote), Clock()));
        }
    }

    public string LocalHost(Hop hop)
    {
        if (options.AdvertisedAddress is { } text && Advertised(text, hop) is { } advertised) return advertised;
        if (!IsAny) return Addresses.Literal(options.Bind);
        if (Core.Now > localHostsUntil || localHosts.Count > MaxKnownAddresses)
        {
            // Interfaces come and go.
            localHosts.Clear();
            localHostsUntil = Core.Now + LocalHostsFor;
        }
        if (localHosts.TryGetValue(hop.Remote.Address, out var host)) return host;
        return localHosts[hop.Remote.Address] = SipSockets.RouteTo(hop.Remote) is { } local ? Addresses.Literal(local) : "127.0.0.1";
    }

    public void Resolve(string host, Action<IPAddress?> done) => _ = ResolveAsync(host, done);

    private bool IsAny => options.Bind.Equals(IPAddress.Any) || options.Bind.Equals(IPAddress.IPv6Any);

    /// <summary>The address outside, for peers of its family only: the others could not reach it.</summary>
    private static string? Advertised(string text, Hop hop) =>
        Addresses.Read(text) is not { } address
            ? text
            : address.AddressFamily == hop.Remote.AddressFamily
            ? Addresses.Literal(address)
            : null;

    private async Task ResolveAsync(string host, Action<IPAddress?> done)
    {
        IPAddress? found = null;
        try
        {
            var all = await Dns.GetHostAddressesAsync(host).WaitAsync(TimeSpan.FromSeconds(5), Time);
            found = all.FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork)
                ?? (udp.AddressFamily == AddressFamily.InterNetworkV6 ? all.FirstOrDefault() : null);
        }
        catch (Exception e) when (e is SocketException or TimeoutException or ArgumentException)
        {
        }
        Post(() => done(found));
    }

    private IPEndPoint Fitting(IPEndPoint remote) =>
        udp.AddressFamily == AddressFamily.InterNetworkV6 && remote.AddressFamily == AddressFamily.InterNetwork
            ? new(remote.Address.MapToIPv6(), remote.Port) : remote;

    private void Ring()
    {
        try
        {
            waker.SendTo([], SocketFlags.None, wakeAddress);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // A full socket is awake anyway, a closed one is beyond waking.
        }
    }

    private void Run()
    {
        var from = new SocketAddress(udp.AddressFamily);
        while (!closing || !(Core.Quiet || Clock() >= closeBy))
        {
            try
            {
                Turn(from);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // A bug in one message must not end all calls.
                metrics.Fault();
                options.OnFault?.Invoke(e);
            }
        }
        Streams.Stop();
        udp.Dispose();
        waker.Dispose();
        stopped.SetResult();
    }

    private void Turn(SocketAddress from)
    {
        Core.Advance(Clock());
        for (var i = 0; i < Burst && posts.TryDequeue(out var post); i++) post();
        Streams.Turn();
        var wait = (int)Math.Clamp(Core.NextDeadline - Clock(), 0, longestWait);
        // A full fence: whoever posts after it sees us asleep and wakes us, whoever posted before is seen below.
        Interlocked.Exchange(ref asleep, 1);
        var readable = udp.Poll(posts.IsEmpty && !Streams.HasWork ? wait * 1000 : 0, SelectMode.SelectRead);
        Interlocked.Exchange(ref asleep, 0);
        for (var i = 0; readable && i < Burst; i++)
        {
            Read(from);
            readable = udp.Available > 0;
        }
    }

    private void Read(SocketAddress from)
    {
        int length;
        try
        {
            from.Size = SocketAddress.GetMaximumAddressSize(udp.AddressFamily);
            length = udp.ReceiveFrom(buffer, SocketFlags.None, from);
        }
        catch (SocketException)
        {
            // ICMP news of an earlier datagram, or one too large: the datagram is gone, the socket is well.
            metrics.Dropped("ReceiveFailed");
            return;
        }
        if (length == 0) return;
        if (!seen.TryGetValue(from, out var hop)) hop = Learn(from);
        var now = Clock();
        var source = sources.Judge(hop, now);
        if (sources.Take(source, now)) Core.Receive(hop, buffer, 0, length, now);
        else if (sources.Tell(source, now)) Core.ReceiveTooMuch(hop, buffer, length, now);
        else metrics.Dropped("SourceTooFast");
    }

    private Hop Learn(SocketAddress from)
    {
        // Forged sources could fill it; forgetting costs nothing but a little garbage.
        if (seen.Count >= MaxKnownAddresses) seen.Clear();
        var key = new SocketAddress(from.Family, from.Size);
        from.Buffer.Span[..from.Size].CopyTo(key.Buffer.Span);
        var template = new IPEndPoint(from.Family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        var hop = new Hop(SipTransport.Udp, Addresses.Plain((IPEndPoint)template.Create(key))) { Address = key };
        seen[key] = hop;
        return hop;
    }
}
