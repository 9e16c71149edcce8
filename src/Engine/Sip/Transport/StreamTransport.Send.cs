using System.Net;
using System.Net.Sockets;

namespace Tccc.Sip;

/// <summary>Finding the connection that a message goes over, or making one (RFC 3261 §18.1.1, §18.2.2).</summary>
internal sealed partial class StreamTransport
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);

    /// <summary>Milliseconds in which a place that could not be reached with an answer is not dialled for another.</summary>
    private const int DialAgainAfter = 30_000;

    /// <summary>Connections that are being made at once.</summary>
    private const int MaxDialling = 256;

    private const int MaxFailures = 1024;

    private readonly Dictionary<(SipTransport, IPEndPoint), long> failures = [];
    private int dialling;

    /// <summary>On the loop.</summary>
    public void Send(Hop hop, ReadOnlySpan<byte> message)
    {
        var request = !message.StartsWith("SIP/2.0 "u8);
        if ((hop.Connection != 0 && connections.TryGetValue(hop.Connection, out var connection))
            || byRemote.TryGetValue((hop.Transport, hop.Remote), out connection)
            || (hop.Listening is { } listening && byRemote.TryGetValue((hop.Transport, listening), out connection)))
        {
            connection.Asked |= request;
            connection.Send(message);
            return;
        }
        if (!request && !MayAnswer(hop))
        {
            metrics.Dropped("AnswerWithoutConnection");
            return;
        }
        var place = hop.Listening ?? hop.Remote;
        if (hop.Connection != 0 && (hop.Listening is null || hop.Transport == SipTransport.Tls) && hop.Name is null)
        {
            // The port a peer called from is not one it listens on, and a phone has no certificate: it is reached through its connection or
            // not at all.
            Fail(hop, "The connection was lost");
            return;
        }
        if (Dial(hop, place) is not { } made)
        {
            Fail(hop, "Too many connections");
            return;
        }
        made.Asked = request;
        made.Send(message);
    }

    /// <summary>An answer whose connection is gone may be worth a new one: to those we know, and not again and again.</summary>
    private bool MayAnswer(Hop hop)
    {
        if (hop.Listening is not { } place || hop.Transport == SipTransport.Tls || hop.Source is not { Share: not Share.Stranger })
            return false;
        var key = (hop.Transport, place);
        if (failures.TryGetValue(key, out var until) && Clock() < until) return false;
        if (failures.Count >= MaxFailures) failures.Clear();
        failures[key] = Clock() + DialAgainAfter;
        return true;
    }

    private void ForgetFailures(long now)
    {
        foreach (var (place, until) in failures)
        {
            if (now >= until) failures.Remove(place);
        }
    }

    private void Fail(Hop hop, string why)
    {
        metrics.Dropped("SendFailed");
        loop.Post(() => loop.Core.TransportFailed(h => h == hop, Clock(), why));
    }

    private StreamConnection? Dial(Hop to, IPEndPoint place)
    {
        if (Volatile.Read(ref dialling) >= MaxDialling) return null;
        var hop = NewHop(to.Transport, Addresses.Plain(place), to.Name);
        sources.Judge(hop, Clock());
        if (!sources.TryDial(hop)) return null;
        Interlocked.Increment(ref dialling);
        var connection = Add(hop);
        var socket = new Socket(hop.Remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _ = connection.Run(socket, (made, stopping) => Open(made, hop, stopping));
        return connection;
    }

    private async Task<Stream> Open(Socket socket, Hop hop, CancellationToken stopping)
    {
        try
        {
            SipSockets.Tune(socket);
            using var limit = new CancellationTokenSource(ConnectLimit, loop.Time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
            await socket.ConnectAsync(hop.Remote, both.Token);
            return hop.Transport == SipTransport.Tls
                ? await tls.Connect(socket, hop, both.Token)
                : new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            socket.Dispose();
            throw new StreamRefusedException("ConnectFailed", "Could not be reached");
        }
        finally
        {
            Interlocked.Decrement(ref dialling);
        }
    }
}
