using System.Net;
using System.Net.Sockets;

namespace Tccc.Sip;

/// <summary>The sockets of the port, UDP and TCP on the same number, and what may go wrong with them in words.</summary>
internal static class SipSockets
{
    /// <summary>Room for a burst of calls while the loop is busy; the kernel may give less.</summary>
    private const int ReceiveBuffer = 4 << 20;
    private const int Backlog = 256;
    private const int AnyPortTries = 20;

    public static (Socket Udp, Socket Listener) Bind(SipOptions options)
    {
        for (var tries = 1; ; tries++)
        {
            var udp = Open(options, SocketType.Dgram, options.Port);
            udp.ReceiveBufferSize = ReceiveBuffer;
            try
            {
                var listener = Open(options, SocketType.Stream, ((IPEndPoint)udp.LocalEndPoint!).Port);
                listener.Listen(Backlog);
                return (udp, listener);
            }
            catch (SipStartException) when (options.Port == 0 && tries < AnyPortTries)
            {
                // A free UDP port whose TCP twin is taken.
                udp.Dispose();
            }
            catch (SipStartException)
            {
                udp.Dispose();
                throw;
            }
        }
    }

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

    private static Socket Open(SipOptions options, SocketType type, int port)
    {
        var name = type == SocketType.Dgram ? "UDP" : "TCP";
        var socket = new Socket(options.Bind.AddressFamily, type, type == SocketType.Dgram ? ProtocolType.Udp : ProtocolType.Tcp);
        if (options.Bind.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
        try
        {
            socket.Bind(new IPEndPoint(options.Bind, port));
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new SipStartException(e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"SIP {name} port {port} on {options.Bind} is taken by another program; stop that one or set Sip:Port to a free port.",
                SocketError.AccessDenied => $"SIP {name} port {port} may not be opened by this user; set Sip:Port to one above 1023.",
                SocketError.AddressNotAvailable => $"SIP address {options.Bind} is not an address of this machine; correct the bind address.",
                _ => $"SIP {name} port {port} on {options.Bind} could not be opened: {e.Message}.",
            }, e);
        }
    }
}
