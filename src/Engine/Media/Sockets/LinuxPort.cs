using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using static Tccc.Media.Sockets.LinuxSockets;

namespace Tccc.Media.Sockets;

/// <summary>
/// A port of <see cref="EpollLoop"/>. Each call opens and closes four of them, which by <see cref="Socket"/> takes half as long again.
/// </summary>
internal sealed unsafe class LinuxPort : UdpPort
{
    private readonly Lock gate = new();
    private bool closed;

    private LinuxPort(int fd, int number, bool v6, bool shared) : base(number, v6, shared) => Fd = fd;

    /// <summary>For who knows that the port is open: after <see cref="Dispose"/> the number may be another socket.</summary>
    public int Fd { get; }

    /// <summary>Place in the loop's table.</summary>
    public int Slot { get; set; }

    /// <summary>As <see cref="PacketLoop.Bind"/>.</summary>
    public static LinuxPort? TryBind(int number, bool dual, bool shared)
    {
        var fd = dual ? OpenDual() : -1;
        var v6 = fd >= 0;
        if (!v6) fd = NewSocket(Inet);
        if (fd < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        var name = stackalloc byte[PeerAddress.MaxSockaddrLength];
        var length = (uint)PeerAddress.Any(number, v6).WriteSockaddr(new Span<byte>(name, PeerAddress.MaxSockaddrLength));
        if (Bind(fd, name, length) < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            _ = Close(fd);
            return error is AddressInUse or AccessDenied ? null : throw new Win32Exception(error);
        }
        if (number == 0)
        {
            _ = GetName(fd, name, &length);
            number = PeerAddress.FromSockaddr(new ReadOnlySpan<byte>(name, (int)length)).Port;
        }
        if (shared)
        {
            Set(fd, SocketLevel, ReceiveBuffer, SharedBuffer);
            Set(fd, SocketLevel, SendBuffer, SharedBuffer);
        }
        return new LinuxPort(fd, number, v6, shared);
    }

    public override bool SendNow(ReadOnlySpan<byte> datagram, PeerAddress to)
    {
        var name = stackalloc byte[PeerAddress.MaxSockaddrLength];
        var length = (uint)to.WriteSockaddr(new Span<byte>(name, PeerAddress.MaxSockaddrLength));
        fixed (byte* bytes = datagram)
        lock (gate)
            return !closed && SendTo(Fd, bytes, (nuint)datagram.Length, DontWait, name, length) == datagram.Length;
    }

    public override void Dispose()
    {
        lock (gate)
        {
            if (closed) return;
            closed = true;
        }
        _ = Close(Fd);
    }

    // -1 where IPv6 is missing, or compiled in and switched off, as in many containers
    private static int OpenDual()
    {
        var fd = Socket.OSSupportsIPv6 ? NewSocket(Inet6) : -1;
        if (fd < 0 || Set(fd, Ipv6Level, Ipv6Only, 0)) return fd;
        _ = Close(fd);
        return -1;
    }

    private static int NewSocket(int family) => Open(family, Datagrams | NonBlocking | CloseOnExec, 0);

    private static bool Set(int fd, int level, int option, int value) => SetOption(fd, level, option, &value, sizeof(int)) == 0;
}
