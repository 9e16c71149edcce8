using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tccc.Sip;

/// <summary>Accepts and makes TCP connections and keeps them for reuse (RFC 3261 §18). What arrives is posted to the loop.</summary>
#pragma warning disable CA1001 // a cancellation source without a timer holds nothing to dispose of
internal sealed class TcpTransport(SipLoop loop, Socket listener, SipOptions options, SipMetrics metrics)
#pragma warning restore CA1001
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);
    private const int SweepEvery = 1000;

    private readonly ConcurrentDictionary<long, TcpConnection> connections = new();
    private readonly ConcurrentDictionary<IPEndPoint, TcpConnection> byRemote = new();
    private readonly CancellationTokenSource stop = new();
    private SipTimer? sweep;
    private long lastId;

    public int Count => connections.Count;

    public long Clock() => loop.Clock();

    public void Start()
    {
        sweep = new SipTimer(loop.Core.Timers, Sweep);
        sweep.Arm(Clock() + SweepEvery);
        _ = Accept();
    }

    /// <summary>On the loop.</summary>
    public void Send(Hop hop, ReadOnlySpan<byte> message)
    {
        if (hop.Connection != 0 && connections.TryGetValue(hop.Connection, out var known)) known.Send(message);
        else if (byRemote.TryGetValue(hop.Remote, out known)) known.Send(message);
        else
        {
            // An answer has nowhere to go once its connection is closed; a request may find the peer's listener.
            var remote = hop.Listening ?? hop.Remote;
            if (!byRemote.TryGetValue(remote, out known)) known = Connect(remote);
            known.Send(message);
        }
    }

    public void Deliver(Hop source, byte[] message) =>
        loop.Post(() => loop.Core.Receive(source, message, 0, message.Length, Clock()));

    /// <summary>The stream lost its frame: 400 where that can be said, then the connection goes (RFC 3261 §18.3).</summary>
    public void DeliverBroken(TcpConnection connection, byte[] head, ParseError error) =>
        loop.Post(() =>
        {
            loop.Core.ReceiveBroken(connection.Hop, head, error, Clock());
            connection.Finish();
        });

    public void Closed(TcpConnection connection, string? reason)
    {
        connections.TryRemove(connection.Hop.Connection, out _);
        byRemote.TryRemove(new KeyValuePair<IPEndPoint, TcpConnection>(connection.Hop.Remote, connection));
        if (reason is not null) metrics.Dropped(reason);
        if (!stop.IsCancellationRequested)
            loop.Post(() => loop.Core.TransportFailed(h => h.Transport == SipTransport.Tcp && Uses(h, connection.Hop), Clock()));
    }

    public void Stop()
    {
        stop.Cancel();
        listener.Dispose();
        foreach (var connection in connections.Values) connection.Close(null);
    }

    private static bool Uses(Hop hop, Hop connection) =>
        hop.Connection == connection.Connection || hop.Remote.Equals(connection.Remote) || connection.Remote.Equals(hop.Listening);

    private async Task Accept()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptAsync(stop.Token);
                Admit(socket);
            }
            catch (SocketException)
            {
                // That one caller is gone, or descriptors ran out; the next may do.
                metrics.Dropped("AcceptFailed");
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Admit(Socket socket)
    {
        if (connections.Count >= options.MaxConnections || socket.RemoteEndPoint is not IPEndPoint remote)
        {
            metrics.Dropped("TooManyConnections");
            socket.Dispose();
            return;
        }
        socket.NoDelay = true;
        _ = Add(SipLoop.Plain(remote)).Run(socket);
    }

    private TcpConnection Add(IPEndPoint remote)
    {
        var connection = new TcpConnection(this, new Hop(SipTransport.Tcp, remote, Interlocked.Increment(ref lastId)));
        connections[connection.Hop.Connection] = connection;
        byRemote[remote] = connection;
        return connection;
    }

    private TcpConnection Connect(IPEndPoint remote)
    {
        var connection = Add(remote);
        _ = Open(connection, remote);
        return connection;
    }

    private async Task Open(TcpConnection connection, IPEndPoint remote)
    {
        var socket = new Socket(remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var limit = new CancellationTokenSource(ConnectLimit, loop.Time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop.Token);
            await socket.ConnectAsync(remote, both.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            socket.Dispose();
            connection.Close("ConnectFailed");
            return;
        }
        await connection.Run(socket);
    }

    private void Sweep()
    {
        var now = Clock();
        foreach (var connection in connections.Values)
        {
            var half = connection.HalfSince;
            if (half >= 0 && now - half > options.HalfReadMessage.TotalMilliseconds) connection.Close("HalfReadMessage");
            else if (now - connection.LastSeen > options.IdleConnection.TotalMilliseconds) connection.Close("IdleConnection");
        }
        sweep!.Arm(now + SweepEvery);
    }
}
