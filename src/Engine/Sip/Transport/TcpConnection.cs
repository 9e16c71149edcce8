using System.Net.Sockets;
using System.Threading.Channels;

namespace Tccc.Sip;

/// <summary>One TCP connection, made by either side: cuts the stream into messages, writes what is queued in order.</summary>
#pragma warning disable CA1001 // a cancellation source without a timer holds nothing to dispose of
internal sealed class TcpConnection
#pragma warning restore CA1001
{
    /// <summary>A peer that reads so slowly is cut off.</summary>
    private const int MaxQueuedBytes = 1 << 20;

    private static readonly byte[] Pong = "\r\n"u8.ToArray();

    private readonly TcpTransport transport;
    private readonly Channel<byte[]> outgoing = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly StreamFramer framer = new();
    private readonly CancellationTokenSource stop = new();
    private int queued, closed;
    private long lastSeen, halfSince = -1;

    public TcpConnection(TcpTransport transport, Hop hop)
    {
        (this.transport, Hop) = (transport, hop);
        lastSeen = transport.Clock();
    }

    /// <summary>Its own id and the peer's address.</summary>
    public Hop Hop { get; }

    /// <summary>Milliseconds of the loop's clock.</summary>
    public long LastSeen => Volatile.Read(ref lastSeen);

    /// <summary>Since when a message has been half read; -1 when none is.</summary>
    public long HalfSince => Volatile.Read(ref halfSince);

    public void Send(ReadOnlySpan<byte> message)
    {
        if (Interlocked.Add(ref queued, message.Length) > MaxQueuedBytes) Close("SlowConnection");
        else outgoing.Writer.TryWrite(message.ToArray());
    }

    public async Task Run(Socket socket)
    {
        // TLS will wrap this stream.
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        var writing = Write(stream);
        // A broken stream is finished by the loop, once its 400 is queued.
        if (!await Read(stream)) Finish();
        await writing;
        Close(null);
    }

    /// <summary>Ends it after what is queued has been written.</summary>
    public void Finish() => outgoing.Writer.TryComplete();

    /// <summary>Ends it, at once; what is queued is lost. The reason is counted.</summary>
    public void Close(string? reason)
    {
        if (Interlocked.Exchange(ref closed, 1) != 0) return;
        outgoing.Writer.TryComplete();
        stop.Cancel();
        transport.Closed(this, reason);
    }

    /// <returns>True when the stream broke and a last answer is on its way.</returns>
    private async Task<bool> Read(NetworkStream stream)
    {
        var buffer = new byte[8192];
        try
        {
            while (true)
            {
                var count = await stream.ReadAsync(buffer, stop.Token);
                if (count == 0) return false;
                Volatile.Write(ref lastSeen, transport.Clock());
                framer.Feed(buffer.AsSpan(0, count));
                if (!Deliver()) return true;
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <returns>False when the stream cannot be followed any further.</returns>
    private bool Deliver()
    {
        while (true)
        {
            switch (framer.Next(out var message))
            {
                case FrameResult.Message:
                    transport.Deliver(Hop, message);
                    break;
                case FrameResult.Ping:
                    Send(Pong);
                    break;
                case FrameResult.Broken:
                    transport.DeliverBroken(this, message, framer.Error);
                    return false;
                default:
                    if (!framer.HalfRead) Volatile.Write(ref halfSince, -1);
                    else if (HalfSince < 0) Volatile.Write(ref halfSince, transport.Clock());
                    return true;
            }
            Volatile.Write(ref halfSince, -1);
        }
    }

    private async Task Write(NetworkStream stream)
    {
        try
        {
            await foreach (var message in outgoing.Reader.ReadAllAsync(stop.Token))
            {
                await stream.WriteAsync(message, stop.Token);
                Interlocked.Add(ref queued, -message.Length);
                Volatile.Write(ref lastSeen, transport.Clock());
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Close(null);
        }
    }
}
