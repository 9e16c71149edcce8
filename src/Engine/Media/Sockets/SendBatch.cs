namespace Tccc.Media.Sockets;

/// <summary>
/// Datagrams that one thread is about to send; they leave when it flushes, many in one system call where they share a port.
/// Each thread that sends has its own.
/// </summary>
internal abstract class SendBatch : IDisposable
{
    /// <summary>Room of one datagram.</summary>
    public const int Room = 1600;

    private long sent;
    private long failed;

    public long Sent => Volatile.Read(ref sent);

    /// <summary>Refused by the system: full buffer, no route.</summary>
    public long Failed => Volatile.Read(ref failed);

    /// <summary>Room for the next datagram from this port; stays the same until <see cref="Commit"/>.</summary>
    public abstract Span<byte> Next(UdpPort port);

    public abstract void Commit(UdpPort port, PeerAddress to, int length);

    public abstract void Flush();

    public abstract void Dispose();

    protected void Count(int good, int bad)
    {
        Volatile.Write(ref sent, sent + good);
        if (bad > 0) Volatile.Write(ref failed, failed + bad);
    }
}
