using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tccc.Sip;

/// <summary>
/// Accepts and makes TCP and TLS connections and keeps them for reuse (RFC 3261 §18). What they bring waits in the connections, bounded,
/// until each has its turn on the loop: one message of one connection after the other, those of carriers and registered phones first.
/// </summary>
#pragma warning disable CA1001 // a cancellation source without a timer holds nothing to dispose of
internal sealed partial class StreamTransport
#pragma warning restore CA1001
{
    /// <summary>Messages that are taken in one turn of the loop.</summary>
    private const int KnownTurns = 32, StrangerTurns = 2;

    /// <summary>A peer that takes nothing of what is written to it for so long, in milliseconds, is cut off.</summary>
    private const int WriteLimit = 10_000;

    private static readonly TimeSpan AcceptAgain = TimeSpan.FromMilliseconds(100);

    private const int SweepEvery = 1000;
    private const int ParkFor = 20;

    private readonly SipLoop loop;
    private readonly SipOptions options;
    private readonly SipMetrics metrics;
    private readonly Sources sources;
    private readonly SipTls tls;
    private readonly ConcurrentDictionary<long, StreamConnection> connections = new();
    private readonly ConcurrentDictionary<(SipTransport, IPEndPoint), StreamConnection> byRemote = new();
    private readonly ConcurrentQueue<StreamConnection> known = new(), strangers = new();
    private readonly Queue<StreamConnection> parked = new();
    private readonly CancellationTokenSource stop = new();
    private readonly SipTimer sweep, unpark;
    private readonly long longestIdle;
    private IReadOnlyList<(SipTransport, Socket)> listeners = [];
    private long lastId;

    public StreamTransport(SipLoop loop, SipOptions options, SipMetrics metrics, Sources sources)
    {
        (this.loop, this.options, this.metrics, this.sources) = (loop, options, metrics, sources);
        tls = new SipTls(options, sources, loop.Time);
        sweep = new SipTimer(loop.Core.Timers, Sweep);
        unpark = new SipTimer(loop.Core.Timers, Unpark);
        // A registered phone is reached through its connection until it must register anew.
        longestIdle = (long)Math.Max(options.IdleConnection.TotalMilliseconds, options.MaxRegistration.TotalMilliseconds);
    }

    public int Count => connections.Count;

    /// <summary>Something waits for its turn.</summary>
    public bool HasWork => !known.IsEmpty || !strangers.IsEmpty;

    public long Clock() => loop.Clock();

    public void Start(IReadOnlyList<(SipTransport, Socket)> sockets)
    {
        listeners = sockets;
        sweep.Arm(Clock() + SweepEvery);
        foreach (var (transport, socket) in sockets) _ = Accept(transport, socket);
    }

    public void Stop()
    {
        stop.Cancel();
        foreach (var (_, socket) in listeners) socket.Dispose();
        foreach (var connection in connections.Values) connection.Close(null);
    }

    /// <summary>A connection has something for the loop. From any thread.</summary>
    public void Schedule(StreamConnection connection)
    {
        (connection.Hop.Source!.Share == Share.Stranger ? strangers : known).Enqueue(connection);
        loop.Wake();
    }

    /// <summary>One turn: a message of each connection that has some, as far as the turn reaches.</summary>
    public void Turn()
    {
        for (var i = 0; i < KnownTurns && known.TryDequeue(out var connection); i++) Serve(connection);
        for (var i = 0; i < StrangerTurns && strangers.TryDequeue(out var connection); i++) Serve(connection);
    }

    /// <summary>A bug was caught in the work of a connection; the others go on.</summary>
    public void Fault(Exception e)
    {
        metrics.Fault();
        options.OnFault?.Invoke(e);
    }

    public void Closed(StreamConnection connection, string? reason, string? why)
    {
        var hop = connection.Hop;
        connections.TryRemove(hop.Connection, out _);
        byRemote.TryRemove(new((hop.Transport, hop.Remote), connection));
        sources.Disconnect(hop);
        if (reason is not null) metrics.Dropped(reason);
        if (stop.IsCancellationRequested) return;
        // Who only asked is missed by nobody: strangers who come and go cost the loop nothing.
        if (hop.Source!.Share == Share.Stranger && !connection.Asked) return;
        loop.Post(() =>
        {
            if (connection.Asked) loop.Core.TransportFailed(h => h.Transport == hop.Transport && Uses(h, hop), Clock(), why);
            else loop.Core.Registrar.TransportFailed(h => h.Connection == hop.Connection);
        });
    }

    private static bool Uses(Hop hop, Hop connection) =>
        hop.Connection == connection.Connection || hop.Remote.Equals(connection.Remote) || connection.Remote.Equals(hop.Listening);

    private void Serve(StreamConnection connection)
    {
        var now = Clock();
        var source = sources.Judge(connection.Hop, now);
        // of one that is gone, what came is still served, unless an answer would have nowhere to go
        if (connection.IsClosed && (source.Share == Share.Stranger || !connection.Keeps)) return;
        if (!connection.Keeps || !sources.Take(source, now))
        {
            // Its turn comes again; what it sends meanwhile stays with it.
            parked.Enqueue(connection);
            if (!unpark.Armed) unpark.Arm(now + ParkFor);
            return;
        }
        if (connection.TryTake(out var framed)) Take(connection, framed, now);
        if (connection.HasMore()) Schedule(connection);
    }

    private void Take(StreamConnection connection, Framed framed, long now)
    {
        switch (framed.Kind)
        {
            case FrameResult.Message:
                loop.Core.Receive(connection.Hop, framed.Bytes, 0, framed.Bytes.Length, now);
                break;
            case FrameResult.Ping:
                connection.SendPong();
                break;
            case FrameResult.Broken:
                // 400 where that can be said, then the connection goes (RFC 3261 §18.3).
                loop.Core.ReceiveBroken(connection.Hop, framed.Bytes, framed.Error, now);
                connection.Finish();
                break;
            case FrameResult.Ended:
                connection.Finish();
                break;
        }
    }

    private void Unpark()
    {
        var now = Clock();
        for (var left = parked.Count; left > 0; left--)
        {
            var connection = parked.Dequeue();
            if (connection.IsClosed || (connection.Keeps && sources.MayTake(connection.Hop.Source!, now))) Schedule(connection);
            else parked.Enqueue(connection);
        }
        if (parked.Count > 0) unpark.Arm(now + ParkFor);
    }

    private async Task Accept(SipTransport transport, Socket listener)
    {
        while (!stop.IsCancellationRequested)
        {
            Socket? socket = null;
            try
            {
                socket = await listener.AcceptAsync(stop.Token);
                Admit(transport, socket);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // That one caller is gone; a bug must not close the door for all.
                metrics.Dropped("AcceptFailed");
                if (e is not SocketException) Fault(e);
                // Descriptors ran out, which takes a while to change.
                if (socket is null) await Task.Delay(AcceptAgain, loop.Time, CancellationToken.None);
                socket?.Dispose();
            }
        }
    }

    private void Admit(SipTransport transport, Socket socket)
    {
        if (socket.RemoteEndPoint is not IPEndPoint remote)
        {
            socket.Dispose();
            return;
        }
        SipSockets.Tune(socket);
        var hop = NewHop(transport, Addresses.Plain(remote), null);
        sources.Judge(hop, Clock());
        if (sources.Connect(hop, Clock()) is { } reason)
        {
            metrics.Dropped(reason);
            socket.Dispose();
            return;
        }
        var connection = Add(hop);
        _ = transport == SipTransport.Tls
            ? connection.Run(socket, (accepted, stopping) => tls.Accept(accepted, hop.Source!, Clock(), stopping))
            : connection.Run(socket, (accepted, _) => Task.FromResult<Stream>(new NetworkStream(accepted, ownsSocket: true)));
    }

    private Hop NewHop(SipTransport transport, IPEndPoint remote, string? name) =>
        new(transport, remote, Interlocked.Increment(ref lastId)) { Name = name };

    private StreamConnection Add(Hop hop)
    {
        var connection = new StreamConnection(this, hop);
        connections[hop.Connection] = connection;
        byRemote[(hop.Transport, hop.Remote)] = connection;
        return connection;
    }

    private void Sweep()
    {
        var now = Clock();
        foreach (var connection in connections.Values)
        {
            var stranger = sources.Judge(connection.Hop, now).Share == Share.Stranger;
            if (Past(connection.HalfSince, options.HalfReadMessage)) connection.Close("HalfReadMessage");
            else if (connection.WritingSince >= 0 && now - connection.WritingSince > WriteLimit) connection.Close("SlowConnection");
            else if (stranger && !connection.Asked && Past(connection.LastMessage, options.IdleStranger)) connection.Close("IdleStranger");
            else if (now - connection.LastSeen > longestIdle) connection.Close("IdleConnection");
        }
        sources.Sweep(now);
        ForgetFailures(now);
        sweep.Arm(now + SweepEvery);

        bool Past(long since, TimeSpan limit) => since >= 0 && now - since > limit.TotalMilliseconds;
    }
}
