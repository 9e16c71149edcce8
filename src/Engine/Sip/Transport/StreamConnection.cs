using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Channels;

namespace Tccc.Sip;

/// <summary>One thing that was read from a stream: a message, a keep-alive, or where the stream broke.</summary>
internal readonly record struct Framed(FrameResult Kind, byte[] Bytes, ParseError Error);

/// <summary>
/// One TCP or TLS connection, made by either side: cuts the stream into messages, writes what is queued in order. It reads on only while
/// the loop takes what was read (back-pressure), and the loop takes only while the peer reads what it is answered.
/// </summary>
#pragma warning disable CA1001 // a cancellation source without a timer holds nothing to dispose of
internal sealed class StreamConnection
#pragma warning restore CA1001
{
    /// <summary>
    /// Places for messages that were read and wait for the loop; past it reading stops. A message takes one for each 8 KB of it that began.
    /// </summary>
    public const int MaxWaiting = 8;

    /// <summary>Bytes of answers that the peer has not read; past it nothing more is taken from it.</summary>
    public const int MaxUnread = 64 << 10;

    /// <summary>Bytes that wait to be written; past it the connection is cut.</summary>
    public const int MaxQueuedBytes = 1 << 20;

    private const int ReadSize = 8192;
    private const int PlaceSize = 8192;

    private static readonly byte[] Pong = "\r\n"u8.ToArray();

    private readonly StreamTransport transport;
    private readonly Channel<Framed> incoming = Channel.CreateUnbounded<Framed>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly SemaphoreSlim places = new(MaxWaiting);
    private readonly Channel<byte[]> outgoing = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly StreamFramer framer = new();
    private readonly CancellationTokenSource stop = new();
    private volatile bool cutOff;
    private int queued, closed, scheduled;
    private long lastSeen, lastRequest, halfSince = -1, writingSince = -1;

    public StreamConnection(StreamTransport transport, Hop hop)
    {
        (this.transport, Hop) = (transport, hop);
        lastSeen = lastRequest = transport.Clock();
    }

    /// <summary>Its own id and the peer's address.</summary>
    public Hop Hop { get; }

    /// <summary>A request of ours went over it: who waits for its answer must hear when it closes. The loop's.</summary>
    public bool Asked { get; set; }

    /// <summary>Milliseconds of the loop's clock, as all that follow.</summary>
    public long LastSeen => Volatile.Read(ref lastSeen);

    /// <summary>When a whole message last came, or the connection was made.</summary>
    public long LastMessage => Volatile.Read(ref lastRequest);

    /// <summary>Since when a message has been half read; -1 when none is.</summary>
    public long HalfSince => Volatile.Read(ref halfSince);

    /// <summary>Since when the peer has taken nothing of what is written to it; -1 when all is taken.</summary>
    public long WritingSince => Volatile.Read(ref writingSince);

    public bool IsClosed => Volatile.Read(ref closed) != 0;

    /// <summary>The peer reads what it is answered.</summary>
    public bool Keeps => Volatile.Read(ref queued) <= MaxUnread;

    public void Send(ReadOnlySpan<byte> message)
    {
        if (Interlocked.Add(ref queued, message.Length) > MaxQueuedBytes) Close("SlowConnection");
        else outgoing.Writer.TryWrite(message.ToArray());
    }

    public void SendPong() => Send(Pong);

    /// <summary>The next thing that was read. On the loop.</summary>
    public bool TryTake(out Framed framed)
    {
        if (!incoming.Reader.TryRead(out framed)) return false;
        places.Release(PlacesOf(framed));
        return true;
    }

    /// <summary>After a take: false when nothing is left, and the connection will come to the loop again by itself.</summary>
    public bool HasMore()
    {
        if (incoming.Reader.TryPeek(out _)) return true;
        Volatile.Write(ref scheduled, 0);
        return incoming.Reader.TryPeek(out _) && Interlocked.Exchange(ref scheduled, 1) == 0;
    }

    /// <summary>
    /// Reads and writes until either side ends it. What goes wrong while it is opened is the reason in <paramref name="open"/>'s exception.
    /// </summary>
    public async Task Run(Socket socket, Func<Socket, CancellationToken, Task<Stream>> open)
    {
        try
        {
            await Serve(socket, open);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A bug, or what TLS was never seen to throw: the connection must not stay in the tables.
            transport.Fault(e);
            socket.Dispose();
            Close("Fault");
        }
    }

    private async Task Serve(Socket socket, Func<Socket, CancellationToken, Task<Stream>> open)
    {
        Stream opened;
        try
        {
            opened = await open(socket, stop.Token);
        }
        catch (StreamRefusedException e)
        {
            Close(e.Counted, e.Message);
            return;
        }
        await using (opened)
        {
            var writing = Write(opened);
            // A stream that broke or ended in good order is finished by the loop, once what came is answered.
            if (!await Read(opened)) Finish();
            await writing;
            Close(null);
            // Cut off: what the peer did not take would else stay in the kernel for minutes.
            if (cutOff) socket.LingerState = new LingerOption(true, 0);
        }
    }

    /// <summary>Ends it after what is queued has been written.</summary>
    public void Finish() => outgoing.Writer.TryComplete();

    /// <summary>Ends it, at once; what is queued is lost. The reason is counted; <paramref name="why"/> is for people.</summary>
    public void Close(string? reason, string? why = null)
    {
        if (Interlocked.Exchange(ref closed, 1) != 0) return;
        cutOff = reason is not null;
        outgoing.Writer.TryComplete();
        stop.Cancel();
        transport.Closed(this, reason, why);
    }

    private static bool IsEnd(Exception e) =>
        e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or AuthenticationException;

    /// <returns>True when the loop finishes the connection.</returns>
    private async Task<bool> Read(Stream stream)
    {
        try
        {
            while (true)
            {
                // A silent connection holds no buffer: it waits with an empty one.
                _ = await stream.ReadAsync(Memory<byte>.Empty, stop.Token);
                if (!await ReadSome(stream))
                {
                    await Offer(new(FrameResult.Ended, [], ParseError.None));
                    return true;
                }
                Volatile.Write(ref lastSeen, transport.Clock());
                if (!await Deliver()) return true;
                framer.Rest();
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            return false;
        }
    }

    private async ValueTask<bool> ReadSome(Stream stream)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
        try
        {
            var count = await stream.ReadAsync(buffer.AsMemory(0, ReadSize), stop.Token);
            framer.Feed(buffer.AsSpan(0, count));
            return count > 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <returns>False when the stream cannot be followed any further.</returns>
    private async ValueTask<bool> Deliver()
    {
        while (true)
        {
            var kind = framer.Next(out var message);
            if (kind == FrameResult.Incomplete)
            {
                if (!framer.HalfRead) Volatile.Write(ref halfSince, -1);
                else if (HalfSince < 0) Volatile.Write(ref halfSince, transport.Clock());
                return true;
            }
            Volatile.Write(ref halfSince, -1);
            if (kind == FrameResult.Message) Volatile.Write(ref lastRequest, transport.Clock());
            await Offer(new(kind, message, framer.Error));
            if (kind == FrameResult.Broken) return false;
        }
    }

    private static int PlacesOf(Framed framed) => 1 + (framed.Bytes.Length / PlaceSize);

    private async ValueTask Offer(Framed framed)
    {
        for (var i = PlacesOf(framed); i > 0; i--) await places.WaitAsync(stop.Token);
        incoming.Writer.TryWrite(framed);
        if (Interlocked.Exchange(ref scheduled, 1) == 0) transport.Schedule(this);
    }

    private async Task Write(Stream stream)
    {
        try
        {
            await foreach (var message in outgoing.Reader.ReadAllAsync(stop.Token))
            {
                Volatile.Write(ref writingSince, transport.Clock());
                await stream.WriteAsync(message, stop.Token);
                Volatile.Write(ref writingSince, -1);
                Interlocked.Add(ref queued, -message.Length);
                Volatile.Write(ref lastSeen, transport.Clock());
            }
            Volatile.Write(ref writingSince, transport.Clock());
            // not for ever: who takes nothing any more takes this neither
            if (stream is SslStream tls) await tls.ShutdownAsync().WaitAsync(stop.Token);
        }
        catch (Exception e) when (IsEnd(e))
        {
            Close(null);
        }
    }
}

/// <summary>A connection that could not be made: under what it is counted, and in words for people.</summary>
internal sealed class StreamRefusedException(string counted, string why) : Exception(why)
{
    public string Counted => counted;
}
