using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tccc.Sip.Tests;

/// <summary>One connection over a stream of the test, on a loop that the test turns by hand.</summary>
[Trait("Case", "F-C1")]
public sealed class StreamConnectionTests : IDisposable
{
    private readonly EndpointUser us = new();
    private readonly SipMetrics metrics = new();
    private readonly FakeTimeProvider time = new();
    private readonly SipLoop loop;
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public StreamConnectionTests() =>
        loop = new(new SipOptions { OnFault = e => us.Fault = e }, us, time, new SystemRandomness(), metrics);

    public void Dispose()
    {
        socket.Dispose();
        metrics.Dispose();
    }

    [Theory]
    [InlineData(300, StreamConnection.MaxWaiting + 1)]
    [InlineData(60_000, 2)]
    public async Task What_waits_for_the_loop_is_bounded_in_messages_and_in_bytes(int size, int messages)
    {
        var stream = new Endless(Message(size));
        var connection = Made();
        var running = connection.Run(socket, (_, _) => Task.FromResult<Stream>(stream));
        await Settled(() => stream.Taken);
        Assert.InRange(stream.Taken, size, (size * messages) + Endless.Piece);
        // it reads on once something is taken
        var before = stream.Taken;
        for (var i = 0; i < messages; i++)
        {
            await Until(() => connection.TryTake(out _));
        }
        await Until(() => stream.Taken > before);
        connection.Close(null);
        await running;
    }

    [Fact]
    public async Task A_connection_that_is_cut_off_with_answers_unread_leaves_nothing_behind_on_the_loop()
    {
        var connection = Made();
        var running = connection.Run(socket, (_, _) => Task.FromResult<Stream>(new Endless(Message(300))));
        connection.Send(new byte[StreamConnection.MaxUnread + 1]);
        await Until(() => loop.Streams.HasWork);
        loop.Streams.Turn();
        Assert.Equal(1, loop.Core.Timers.Count);
        connection.Close("SlowConnection");
        await running;
        for (var i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            loop.Core.Advance(loop.Clock());
            loop.Streams.Turn();
        }
        Assert.Equal(0, loop.Core.Timers.Count);
        Assert.False(loop.Streams.HasWork);
    }

    [Fact]
    public async Task What_nobody_expected_while_it_is_opened_closes_it_and_is_reported()
    {
        var connection = Made();
        await connection.Run(socket, (_, _) => throw new InvalidOperationException("no stream"));
        Assert.True(connection.IsClosed);
        Assert.IsType<InvalidOperationException>(us.Fault);
    }

    private static byte[] Message(int size)
    {
        var body = size - 52;
        var text = $"OPTIONS sip:1@a SIP/2.0\r\nContent-Length: {body,9}\r\n\r\n" + new string('x', body);
        return Encoding.ASCII.GetBytes(text)[..size];
    }

    private static async Task Settled(Func<long> value)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var (last, same) = (-1L, 0); same < 5;)
        {
            await every.WaitForNextTickAsync();
            (last, same) = value() is var now && now == last && now > 0 ? (now, same + 1) : (now, 0);
        }
    }

    private static async Task Until(Func<bool> holds)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!holds()) await every.WaitForNextTickAsync(limit.Token);
    }

    private StreamConnection Made() =>
        new(loop.Streams, new Hop(SipTransport.Tcp, new IPEndPoint(IPAddress.Loopback, 5999), 1)
        {
            Source = new Source(Share.Carrier), JudgedAt = loop.Clock(),
        });

    /// <summary>The same message over and over; takes nothing that is written.</summary>
    private sealed class Endless(byte[] message) : Stream
    {
        public const int Piece = 8192;

        private long taken;

        public long Taken => Volatile.Read(ref taken);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // who never stops reading is told apart, not waited for
            if (Taken > 1 << 20) return new(0);
            var at = (int)(Taken % message.Length);
            var count = Math.Min(Math.Min(buffer.Length, Piece), message.Length - at);
            message.AsSpan(at, count).CopyTo(buffer.Span);
            Volatile.Write(ref taken, Taken + count);
            return new(count);
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
