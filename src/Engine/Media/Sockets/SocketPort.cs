using System.Net;
using System.Net.Sockets;

namespace Tccc.Media.Sockets;

/// <summary>A port of <see cref="SelectLoop"/>.</summary>
internal sealed class SocketPort : UdpPort
{
    private readonly Socket socket;

    private SocketPort(Socket socket, bool shared)
        : base(((IPEndPoint)socket.LocalEndPoint!).Port, socket.AddressFamily == AddressFamily.InterNetworkV6, shared) =>
            this.socket = socket;

    public Socket Socket => socket;

    /// <summary>As <see cref="PacketLoop.Bind"/>.</summary>
    public static SocketPort? TryBind(int number, bool dual, bool shared)
    {
        var socket = NewSocket(dual);
        try
        {
            socket.Bind(new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, number));
            socket.Blocking = false;
            if (shared) socket.ReceiveBufferSize = socket.SendBufferSize = SharedBuffer;
            return new SocketPort(socket, shared);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            socket.Dispose();
            return null;
        }
    }

    public override bool SendNow(ReadOnlySpan<byte> datagram, PeerAddress to)
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

    public override void Dispose() => socket.Dispose();

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
