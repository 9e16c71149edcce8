using System.Net;
using System.Net.Sockets;

namespace Tccc.Media.Sockets;

/// <summary>Takes the datagrams of a port, on the media thread. The bytes may be changed and are good only during the call.</summary>
internal interface IDatagramHandler
{
    void On(UdpPort port, Span<byte> datagram, PeerAddress from, TimeSpan now, SendBatch batch);
}

/// <summary>One bound UDP socket, made by <see cref="PacketLoop.Bind"/>.</summary>
internal abstract class UdpPort(int number, bool v6, bool shared) : IDisposable
{
    /// <summary>Room in the kernel for the datagrams of a shared port, each way.</summary>
    protected const int SharedBuffer = 4 << 20;

    public int Number => number;

    /// <summary>An IPv6 socket; it takes IPv4 too, with mapped addresses.</summary>
    public bool IsV6 => v6;

    /// <summary>All browsers are on this port, so that what is sent from it can go in one system call.</summary>
    public bool Shared => shared;

    public IDatagramHandler? Handler { get; set; }

    /// <summary>The address in the form that this socket sends to.</summary>
    public PeerAddress Reach(IPEndPoint peer)
    {
        if (IsV6 == (peer.AddressFamily == AddressFamily.InterNetworkV6)) return PeerAddress.From(peer);
        return IsV6 ? PeerAddress.From(new IPEndPoint(peer.Address.MapToIPv6(), peer.Port)) : default;
    }

    /// <summary>
    /// Sends one datagram at once, from any thread; false when the network refuses it or the port is closed: it is lost like any datagram.
    /// </summary>
    public abstract bool SendNow(ReadOnlySpan<byte> datagram, PeerAddress to);

    public abstract void Dispose();
}
