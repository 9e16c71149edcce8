using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Tccc.Media;

/// <summary>
/// An IP address and a port as a plain value: a dictionary key and a copy that cost no allocation. It keeps the form the
/// socket gave (an IPv4-mapped IPv6 address stays one), so that the same socket can send to it.
/// </summary>
internal readonly record struct PeerAddress
{
    /// <summary>The most bytes that <see cref="WriteSockaddr"/> writes: sizeof(struct sockaddr_in6).</summary>
    public const int MaxSockaddrLength = 28;

    private const int LinuxInet = 2;
    private const int LinuxInet6 = 10;
    private const ulong MappedPrefix = 0xFFFF_0000_0000;

    private readonly ulong high;
    private readonly ulong low;
    private readonly uint scope;
    private readonly ushort port;
    private readonly bool v6;

    private PeerAddress(ulong high, ulong low, uint scope, ushort port, bool v6)
        => (this.high, this.low, this.scope, this.port, this.v6) = (high, low, scope, port, v6);

    public int Port => port;

    /// <summary>False for <c>default</c>: no address at all.</summary>
    public bool IsSet => port != 0;

    /// <summary>True for an IPv6 socket address, also when it holds an IPv4-mapped address.</summary>
    public bool IsV6 => v6;

    private bool IsMapped => v6 && high == 0 && low >> 32 == MappedPrefix >> 32;

    /// <summary>All addresses of this machine, to bind to.</summary>
    public static PeerAddress Any(int port, bool v6) => new(0, 0, 0, (ushort)port, v6);

    /// <summary>
    /// Reads a Linux sockaddr_in or sockaddr_in6, as recvmmsg gives it; <c>default</c> for another family or too few bytes.
    /// </summary>
    public static PeerAddress FromSockaddr(ReadOnlySpan<byte> sockaddr)
        => sockaddr.Length < 8 ? default : (sockaddr[0] | sockaddr[1] << 8) switch
        {
            LinuxInet => ReadV4(sockaddr),
            LinuxInet6 when sockaddr.Length >= MaxSockaddrLength => ReadV6(sockaddr),
            _ => default,
        };

    public static PeerAddress From(SocketAddress address)
    {
        var bytes = address.Buffer.Span[..address.Size];
        return address.Family switch
        {
            AddressFamily.InterNetwork when bytes.Length >= 8 => ReadV4(bytes),
            AddressFamily.InterNetworkV6 when bytes.Length >= MaxSockaddrLength => ReadV6(bytes),
            _ => default,
        };
    }

    public static PeerAddress From(IPEndPoint endPoint) => From(endPoint.Serialize());

    /// <summary>Writes a Linux sockaddr, as sendmmsg takes it. Returns its length: 16 or 28.</summary>
    public int WriteSockaddr(Span<byte> to)
    {
        var length = v6 ? MaxSockaddrLength : 16;
        to[..length].Clear();
        to[0] = v6 ? (byte)LinuxInet6 : (byte)LinuxInet;
        BinaryPrimitives.WriteUInt16BigEndian(to[2..], port);
        if (!v6)
        {
            BinaryPrimitives.WriteUInt32BigEndian(to[4..], (uint)low);
            return length;
        }
        BinaryPrimitives.WriteUInt64BigEndian(to[8..], high);
        BinaryPrimitives.WriteUInt64BigEndian(to[16..], low);
        BinaryPrimitives.WriteUInt32LittleEndian(to[24..], scope);
        return length;
    }

    /// <summary>Writes the bare address in network order, an IPv4-mapped one as IPv4. Returns 4 or 16.</summary>
    public int WriteAddress(Span<byte> to)
    {
        if (!v6 || IsMapped)
        {
            BinaryPrimitives.WriteUInt32BigEndian(to, (uint)low);
            return 4;
        }
        BinaryPrimitives.WriteUInt64BigEndian(to, high);
        BinaryPrimitives.WriteUInt64BigEndian(to[8..], low);
        return 16;
    }

    public IPEndPoint ToEndPoint()
    {
        Span<byte> bytes = stackalloc byte[16];
        if (!v6)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)low);
            return new(new IPAddress(bytes[..4]), port);
        }
        BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], low);
        return new(new IPAddress(bytes, scope), port);
    }

    public override string ToString() => IsSet ? ToEndPoint().ToString() : "none";

    private static PeerAddress ReadV4(ReadOnlySpan<byte> sockaddr)
        => new(0, BinaryPrimitives.ReadUInt32BigEndian(sockaddr[4..]), 0, BinaryPrimitives.ReadUInt16BigEndian(sockaddr[2..]), v6: false);

    private static PeerAddress ReadV6(ReadOnlySpan<byte> sockaddr)
        => new(BinaryPrimitives.ReadUInt64BigEndian(sockaddr[8..]), BinaryPrimitives.ReadUInt64BigEndian(sockaddr[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(sockaddr[24..]), BinaryPrimitives.ReadUInt16BigEndian(sockaddr[2..]), v6: true);
}
