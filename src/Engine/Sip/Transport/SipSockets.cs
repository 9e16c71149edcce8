using System.Net;
using System.Net.Sockets;

namespace Tccc.Sip;

/// <summary>The sockets that are listened on: UDP and TCP on one port, TLS on its own where there is a certificate.</summary>
internal sealed record BoundSockets(Socket Udp, Socket Tcp, Socket? Tls)
{
    public IReadOnlyList<(SipTransport, Socket)> Listeners =>
        Tls is null ? [(SipTransport.Tcp, Tcp)] : [(SipTransport.Tcp, Tcp), (SipTransport.Tls, Tls)];
}

/// <summary>Makes the sockets, for both families where the machine has both, and says in words what may go wrong with them.</summary>
internal static class SipSockets
{
    /// <summary>Room for a burst of calls while the loop is busy; the kernel may give less.</summary>
    private const int ReceiveBuffer = 4 << 20;

    /// <summary>
    /// What the kernel keeps for a peer that does not read. The other way it must not be small: where a segment is as large as the buffer
    /// (loopback), the window opens only when the buffer is empty, and the sender waits for its timer; the kernel lets it grow only for who
    /// is read fast.
    /// </summary>
    private const int StreamBuffer = 64 << 10;

    private const int Backlog = 256;
    private const int AnyPortTries = 20;

    // Seconds: a peer that vanished without a word is found out after two minutes.
    private const int KeepAliveAfter = 60, KeepAliveEvery = 15, KeepAliveTries = 4;

    public static BoundSockets Bind(SipOptions options)
    {
        for (var tries = 1; ; tries++)
        {
            var open = new List<Socket>();
            try
            {
                var udp = Open(options, "UDP", "Sip:Port", options.Port, open);
                udp.ReceiveBufferSize = ReceiveBuffer;
                var tcp = Open(options, "TCP", "Sip:Port", PortOf(udp), open);
                var tls = options.Certificate is null ? null : Open(options, "TLS", "Sip:TlsPort", options.TlsPort, open);
                tcp.Listen(Backlog);
                tls?.Listen(Backlog);
                return new(udp, tcp, tls);
            }
            catch (SipStartException)
            {
                foreach (var socket in open) socket.Dispose();
                // A free UDP port whose TCP twin is taken.
                if (options.Port != 0 || open.Count != 1 || tries == AnyPortTries) throw;
            }
        }
    }

    public static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    /// <summary>The local address that the routing table chooses towards a peer; null when there is no way.</summary>
    public static IPAddress? RouteTo(IPEndPoint remote)
    {
        try
        {
            using var probe = new Socket(remote.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(remote);
            return ((IPEndPoint)probe.LocalEndPoint!).Address;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>A connection writes at once, holds little in the kernel, and notices a peer that is gone.</summary>
    public static void Tune(Socket socket)
    {
        socket.NoDelay = true;
        socket.SendBufferSize = StreamBuffer;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveAfter);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveEvery);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveTries);
    }

    private static Socket Open(SipOptions options, string name, string setting, int port, List<Socket> open)
    {
        // [::] stands for both families; a machine without IPv6 has the other.
        var address = options.Bind.Equals(IPAddress.IPv6Any) && !Socket.OSSupportsIPv6 ? IPAddress.Any : options.Bind;
        var socket = name == "UDP"
            ? new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
            : new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            open.Add(socket);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new SipStartException(e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse =>
                    $"SIP {name} port {port} on {address} is taken by another program; stop that one or set {setting} to a free port.",
                SocketError.AccessDenied => $"SIP {name} port {port} may not be opened by this user; set {setting} to one above 1023.",
                SocketError.AddressNotAvailable => $"SIP address {address} is not an address of this machine; correct the bind address.",
                _ => $"SIP {name} port {port} on {address} could not be opened: {e.Message}.",
            }, e);
        }
    }
}
