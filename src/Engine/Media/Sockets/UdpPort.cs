using System.Net;
using System.Net.Sockets;

namespace Tccc.Media.Sockets;

/// <summary>Takes the datagrams of a port, on the media thread. The bytes may be changed and are good only during the call.</summary>
internal interface IDatagramHandler
{
    void On(UdpPort port, Span<byte> datagram, PeerAddress from, TimeSpan now, SendBatch batch);
}

/// <summary>One bound UDP socket.</summary>
internal sealed class UdpPort : IDisposable
{
    private readonly Socket socket;

    private UdpPort(Socket socket)
    {
        this.socket = socket;
        Fd = (int)socket.Handle;
        Number = ((IPEndPoint)socket.LocalEndPoint!).Port;
        IsV6 = socket.AddressFamily == AddressFamily.InterNetworkV6;
    }

    public Socket Socket => socket;

    public int Fd { get; }

    public int Number { get; }

    /// <summary>An IPv6 socket; it takes IPv4 too, with mapped addresses.</summary>
    public bool IsV6 { get; }

    /// <summary>All browsers are on this port, so that what is sent from it can go in one system call.</summary>
    public bool Shared { get; init; }

    public IDatagramHandler? Handler { get; set; }

    /// <summary>Place in the loop's table.</summary>
    public int Slot { get; set; }

    /// <summary>Binds to all addresses of IPv4, or to all addresses; null when the port is taken.</summary>
    public static UdpPort? TryBind(int number, bool dual, bool shared = false)
    {
        var socket = NewSocket(dual);
        try
        {
            socket.Bind(new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, number));
            socket.Blocking = false;
            if (shared) socket.ReceiveBufferSize = socket.SendBufferSize = 4 << 20;
            return new UdpPort(socket) { Shared = shared };
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            socket.Dispose();
            return null;
        }
    }

    /// <summary>The address in the form that this socket sends to.</summary>
    public PeerAddress Reach(IPEndPoint peer)
    {
        if (IsV6 == (peer.AddressFamily == AddressFamily.InterNetworkV6)) return PeerAddress.From(peer);
        return IsV6 ? PeerAddress.From(new IPEndPoint(peer.Address.MapToIPv6(), peer.Port)) : default;
    }

    /// <summary>Sends one datagram at once, from any thread; what the network refuses is lost like any datagram.</summary>
    public bool SendNow(ReadOnlySpan<byte> datagram, PeerAddress to)
    {
        try
        {
            return socket.SendTo(datagram, SocketFlags.None, to.ToEndPoint()) == datagram.Length;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    public void Dispose() => socket.Dispose();

    private static Socket NewSocket(bool dual)
    {
        if (dual && Socket.OSSupportsIPv6)
        {
            try
            {
                return new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp) { DualMode = true };
            }
            catch (SocketException)
            {
                // IPv6 is compiled in and switched off, as in many containers
            }
        }
        return new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    }
}
