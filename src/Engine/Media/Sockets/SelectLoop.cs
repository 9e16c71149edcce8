using System.Net;
using System.Net.Sockets;

namespace Tccc.Media.Sockets;

/// <summary>
/// Systems other than 64-bit Linux: the same with select and one datagram a call. It allocates; Linux is where many calls run.
/// </summary>
internal sealed class SelectLoop : PacketLoop
{
    private const int MostAtOnce = 32;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(10);

    private readonly Lock table = new();
    private readonly Dictionary<Socket, UdpPort> ports = [];
    private readonly List<Socket> ready = [];
    private readonly byte[] buffer = new byte[2048];
    private readonly AutoResetEvent woken = new(false);
    private readonly SocketSendBatch batch = new();

    public SelectLoop(MediaClock clock) : base(clock) { }

    public override SendBatch Batch => batch;

    public override SendBatch NewBatch() => new SocketSendBatch();

    public override UdpPort? Bind(int number, bool dual, bool shared = false) => SocketPort.TryBind(number, dual, shared);

    public override void Add(UdpPort port)
    {
        lock (table) ports[((SocketPort)port).Socket] = port;
    }

    public override void Dispose()
    {
        base.Dispose();
        woken.Dispose();
        batch.Dispose();
    }

    protected override void Forget(UdpPort port)
    {
        lock (table) ports.Remove(((SocketPort)port).Socket);
    }

    protected override void Wake() => woken.Set();

    protected override void Round()
    {
        ready.Clear();
        lock (table) ready.AddRange(ports.Keys);
        if (ready.Count == 0) woken.WaitOne(LongestWait);
        else Socket.Select(ready, null, null, LongestWait);
        foreach (var socket in ready) Receive(socket);
    }

    private void Receive(Socket socket)
    {
        UdpPort? port;
        lock (table)
            if (!ports.TryGetValue(socket, out port)) return;
        var from = new SocketAddress(socket.AddressFamily);
        for (var i = 0; i < MostAtOnce && socket.Available > 0; i++)
        {
            try
            {
                var length = socket.ReceiveFrom(buffer, SocketFlags.None, from);
                port.Handler?.On(port, buffer.AsSpan(0, length), PeerAddress.From(from), Clock.Now, batch);
                Count(1);
            }
            catch (SocketException)
            {
                // an ICMP answer to something we sent shows up here on some systems
            }
        }
    }
}

/// <summary>Sends one by one.</summary>
internal sealed class SocketSendBatch : SendBatch
{
    private readonly byte[] room = new byte[Room];

    public override Span<byte> Next(UdpPort port) => room;

    public override void Commit(UdpPort port, PeerAddress to, int length)
    {
        if (port.SendNow(room.AsSpan(0, length), to)) Count(1, 0);
        else Count(0, 1);
    }

    public override void Flush() { }

    public override void Dispose() { }
}
