using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Tccc.Media.Sockets;

namespace Tccc.Media.Tests.Sockets;

/// <summary>The ports of this system's loop, and those of the loop of other systems.</summary>
public class UdpPortTests
{
    private static readonly byte[] Hello = "hello"u8.ToArray();

    private static PacketLoop New(bool portable) => PacketLoop.New(new MediaClock(TimeProvider.System), portable);

    private static Socket Listener(IPAddress address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 5000 };
        socket.Bind(new IPEndPoint(address, 0));
        return socket;
    }

    private static IPEndPoint At(Socket socket) => (IPEndPoint)socket.LocalEndPoint!;

    private static (string Text, int From) Next(Socket listener)
    {
        var room = new byte[100];
        EndPoint from = At(listener);
        var length = listener.ReceiveFrom(room, ref from);
        return (System.Text.Encoding.ASCII.GetString(room, 0, length), ((IPEndPoint)from).Port);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_taken_port_is_none_until_it_is_closed(bool portable, bool dual)
    {
        using var loop = New(portable);
        var first = loop.Bind(0, dual)!;
        Assert.InRange(first.Number, 1, 65535);
        Assert.Null(loop.Bind(first.Number, dual));
        first.Dispose();
        using var second = loop.Bind(first.Number, dual)!;
        Assert.Equal((first.Number, dual), (second.Number, second.IsV6));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_port_of_all_addresses_reaches_IPv4_and_IPv6(bool portable)
    {
        using var loop = New(portable);
        using var port = loop.Bind(0, dual: true)!;
        foreach (var address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
        {
            using var listener = Listener(address);
            Assert.True(port.SendNow(Hello, port.Reach(At(listener))));
            Assert.Equal(("hello", port.Number), Next(listener));
        }
        using var bare = Listener(IPAddress.Loopback);
        Assert.True(port.SendNow(Hello, PeerAddress.From(At(bare))));
        Assert.Equal(("hello", port.Number), Next(bare));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_port_of_IPv4_reaches_IPv4_alone(bool portable)
    {
        using var loop = New(portable);
        using var port = loop.Bind(0, dual: false)!;
        using Socket listener = Listener(IPAddress.Loopback), other = Listener(IPAddress.IPv6Loopback);
        Assert.False(port.IsV6);
        Assert.False(port.Reach(At(other)).IsSet);
        Assert.False(port.SendNow(Hello, default));
        Assert.False(port.SendNow(Hello, PeerAddress.From(At(other))));
        Assert.True(port.SendNow(Hello, port.Reach(At(listener))));
        Assert.Equal(("hello", port.Number), Next(listener));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_closed_port_sends_nothing_and_closes_no_other(bool portable)
    {
        using var loop = New(portable);
        using var listener = Listener(IPAddress.Loopback);
        var to = PeerAddress.From(At(listener));
        var closed = loop.Bind(0, dual: false)!;
        closed.Dispose();
        using var next = loop.Bind(0, dual: false)!;
        Assert.False(closed.SendNow("late"u8, to));
        closed.Dispose();
        Assert.True(next.SendNow(Hello, to));
        Assert.Equal(("hello", next.Number), Next(listener));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_sent_while_a_port_closes_leaves_by_no_other(bool portable)
    {
        using var loop = New(portable);
        using var listener = Listener(IPAddress.Loopback);
        var to = PeerAddress.From(At(listener));
        var current = loop.Bind(0, dual: false)!;
        var over = false;
        var sender = Task.Run(() =>
        {
            var number = new byte[4];
            while (!Volatile.Read(ref over))
            {
                var port = Volatile.Read(ref current);
                BinaryPrimitives.WriteInt32BigEndian(number, port.Number);
                while (port.SendNow(number, to)) { }
            }
        });
        var room = new byte[100];
        EndPoint from = At(listener);
        try
        {
            for (var i = 0; i < 1000; i++)
            {
                current.Dispose();
                Volatile.Write(ref current, loop.Bind(0, dual: false)!);
                for (var j = 0; j < 20; j++)
                {
                    listener.ReceiveFrom(room, ref from);
                    Assert.Equal(((IPEndPoint)from).Port, BinaryPrimitives.ReadInt32BigEndian(room));
                }
            }
        }
        finally
        {
            Volatile.Write(ref over, true);
            current.Dispose();
            await sender;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_browsers_port_has_more_room_in_the_kernel(bool portable)
    {
        if (!OperatingSystem.IsLinux()) return;
        using var loop = New(portable);
        using UdpPort shared = loop.Bind(0, dual: true, shared: true)!, own = loop.Bind(0, dual: true)!;
        Assert.True(shared.Shared);
        Assert.False(own.Shared);
        using Socket wide = SocketOf(shared), usual = SocketOf(own);
        Assert.True(wide.ReceiveBufferSize > usual.ReceiveBufferSize);
        Assert.True(wide.SendBufferSize > usual.SendBufferSize);
    }

    private static Socket SocketOf(UdpPort port) =>
        port is LinuxPort { Fd: var fd } ? new Socket(new SafeSocketHandle(fd, ownsHandle: false)) : ((SocketPort)port).Socket;
}
