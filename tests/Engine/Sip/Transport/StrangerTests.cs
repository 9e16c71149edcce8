using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tccc.Sip.Tests;

/// <summary>
/// The carrier is 127.0.0.1; whoever else comes from 127.0.0.0/8 is a stranger. Nobody's packets may cost the carrier its calls.
/// </summary>
[Trait("Case", "F-C1")]
public sealed class StrangerTests : EndpointTests
{
    private const byte Stranger = 9;
    private const int MoreThanAnyBuffer = 8 << 20;

    private readonly EndpointUser us = new() { Carriers = address => address.Equals(IPAddress.Loopback) };
    private readonly EndpointUser carrier = new();
    private readonly Counted dropped = new();

    [Fact]
    public async Task A_stranger_who_floods_one_connection_is_held_back_and_the_carriers_calls_are_answered()
    {
        var endpoint = await Start(us);
        var calling = await Start(carrier);
        using var stranger = await Connect(endpoint.Port, Stranger);
        using var stop = new CancellationTokenSource();
        var flooding = Flood(stranger, reads: true, stop.Token);
        var callers = new List<LockedRecorder>();
        for (var i = 0; i < 20; i++)
        {
            callers.Add(Call(calling, endpoint.Port, i % 2 == 0 ? SipTransport.Udp : SipTransport.Tcp));
            await Until(() => callers[^1].Saw<SessionEvent.Answered>());
        }
        await stop.CancelAsync();
        // what is not taken stays with the sender, so it could not send much
        Assert.InRange(await flooding, 1, MoreThanAnyBuffer);
        Assert.Null(us.Fault);
    }

    [Fact]
    public async Task One_who_sends_and_reads_no_answer_is_read_no_further_and_cut_off()
    {
        var time = new FakeTimeProvider();
        var endpoint = await Start(us, time: time);
        // even a carrier
        using var deaf = await Connect(endpoint.Port);
        deaf.ReceiveBufferSize = 4096;
        using var stop = new CancellationTokenSource();
        var flooding = Flood(deaf, reads: false, stop.Token);
        await Until(() =>
        {
            // not much faster than the machine: a message that is half read for long is another reason to cut off
            time.Advance(TimeSpan.FromMilliseconds(20));
            return flooding.IsCompleted;
        });
        Assert.InRange(await flooding, 1, MoreThanAnyBuffer);
        // what it sent last may stand half read for as long as it took no answer; the socket is gone a moment before it is counted
        await Until(() => dropped["SlowConnection"] + dropped["HalfReadMessage"] > 0);
    }

    [Fact]
    public async Task A_carriers_flood_over_one_connection_leaves_the_others_their_turns()
    {
        var endpoint = await Start(us);
        var calling = await Start(carrier);
        using var mad = await Connect(endpoint.Port);
        using var stop = new CancellationTokenSource();
        var flooding = Flood(mad, reads: true, stop.Token);
        for (var i = 0; i < 20; i++)
        {
            var caller = Call(calling, endpoint.Port, SipTransport.Udp);
            await Until(() => caller.Saw<SessionEvent.Answered>());
        }
        await stop.CancelAsync();
        await flooding;
    }

    [Fact]
    public async Task A_stranger_who_floods_by_UDP_is_told_once_and_then_not_heard()
    {
        var endpoint = await Start(us);
        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        stranger.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.9"), 0));
        var place = new IPEndPoint(IPAddress.Loopback, endpoint.Port);
        for (var i = 0; i < Sources.StrangerBurst * 10; i++)
        {
            stranger.SendTo(Encoding.ASCII.GetBytes(Options("UDP", $"{i}")), place);
            // the socket between must not be what drops them
            if (i % 50 == 49) await Until(() => dropped["SourceTooFast"] > 0 || Answers(stranger) == 0);
        }
        await Until(() => dropped["SourceTooFast"] > Sources.StrangerBurst && Answers(stranger) == 0);
        Assert.Equal(1, told);

        var calling = await Start(carrier);
        var caller = Call(calling, endpoint.Port, SipTransport.Udp);
        await Until(() => caller.Saw<SessionEvent.Answered>());
    }

    [Fact]
    public async Task A_stranger_has_so_many_connections_and_a_carrier_still_gets_in()
    {
        var endpoint = await Start(us);
        var open = new List<Socket>();
        for (var i = 0; i < Sources.StrangerConnections + 5; i++) open.Add(await Connect(endpoint.Port, Stranger));
        foreach (var (i, client) in open.Index())
        {
            await Send(client, "\r\n\r\n");
            Assert.Equal(i < Sources.StrangerConnections ? "\r\n" : "", await Receive(client));
        }
        using var carriers = await Connect(endpoint.Port);
        await carriers.SendAsync("\r\n\r\n"u8.ToArray());
        Assert.Equal("\r\n", await Receive(carriers));
        Assert.True(dropped["TooManyConnectionsOfAddress"] >= 5);
        foreach (var client in open) client.Dispose();
    }

    [Fact]
    public async Task A_bug_in_letting_one_connection_in_does_not_close_the_door()
    {
        var first = true;
        us.Carriers = _ => first ? throw new InvalidOperationException("planted") : true;
        var endpoint = await Start(us);
        using var unlucky = await Connect(endpoint.Port);
        await Until(() => us.Fault is not null);
        first = false;
        using var next = await Connect(endpoint.Port);
        await next.SendAsync("\r\n\r\n"u8.ToArray());
        Assert.Equal("\r\n", await Receive(next));
    }

    [Fact]
    public async Task A_strangers_connection_without_a_request_is_closed_though_it_pings_and_a_carriers_stays()
    {
        var time = new FakeTimeProvider();
        var endpoint = await Start(us, time: time);
        using var idle = await Connect(endpoint.Port, Stranger);
        using var carriers = await Connect(endpoint.Port);
        for (var i = 0; i < 5; i++)
        {
            await idle.SendAsync("\r\n\r\n"u8.ToArray());
            Assert.Equal("\r\n", await Receive(idle));
            time.Advance(TimeSpan.FromSeconds(5));
        }
        var closed = Receive(idle);
        await Until(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return closed.IsCompleted;
        });
        Assert.Equal("", await closed);
        Assert.True(dropped["IdleStranger"] > 0);
        await carriers.SendAsync("\r\n\r\n"u8.ToArray());
        Assert.Equal("\r\n", await Receive(carriers));
    }

    [Fact]
    public async Task An_answer_whose_connection_is_gone_is_brought_to_the_port_in_Via_of_a_carrier()
    {
        us.Answers = false;
        var endpoint = await Start(us);
        using var listening = Listening();
        await CallAndHangUp(endpoint.Port, from: 1, PortOf(listening));
        us.Calls[0].Session.Accept(Recorder.Bytes("answer"));
        using var dialled = await listening.AcceptAsync().WaitAsync(Patience);
        Assert.StartsWith("SIP/2.0 200", await Receive(dialled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_a_carrier_that_cannot_be_reached_is_dialled_once()
    {
        us.Answers = false;
        var time = new FakeTimeProvider();
        var endpoint = await Start(us, time: time);
        int port;
        using (var listening = Listening()) port = PortOf(listening);
        await CallAndHangUp(endpoint.Port, from: 1, port);
        us.Calls[0].Session.Accept(Recorder.Bytes("answer"));
        // the 200 is repeated until the ACK comes: T1, 2·T1, 4·T1 … and only the first is worth a connection
        await Until(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return dropped["AnswerWithoutConnection"] >= 3;
        });
        Assert.Equal(1, dropped["ConnectFailed"]);
    }

    [Fact]
    public async Task An_answer_to_a_stranger_whose_connection_is_gone_is_dropped()
    {
        us.Answers = false;
        var endpoint = await Start(us);
        using var listening = Listening();
        await CallAndHangUp(endpoint.Port, Stranger, PortOf(listening));
        us.Calls[0].Session.Accept(Recorder.Bytes("answer"));
        await Until(() => dropped["AnswerWithoutConnection"] > 0);
        Assert.False(listening.Poll(0, SelectMode.SelectRead));
    }

    private int told;

    // reads what came; the 503s among it are counted
    private int Answers(Socket socket)
    {
        var buffer = new byte[2048];
        var left = socket.Available;
        while (socket.Available > 0)
        {
            var text = Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer));
            if (!text.StartsWith("SIP/2.0 503", StringComparison.Ordinal)) continue;
            Assert.Contains("Retry-After: 10\r\n", text, StringComparison.Ordinal);
            told++;
        }
        return left;
    }

    private static Socket Listening()
    {
        var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Any, 0));
        listening.Listen();
        return listening;
    }

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    private static async Task Send(Socket client, string text)
    {
        try
        {
            await client.SendAsync(Encoding.ASCII.GetBytes(text));
        }
        catch (SocketException)
        {
            // closed by the other side: that is what is looked for
        }
    }

    // an INVITE whose connection is closed while it waits for its answer
    private static async Task CallAndHangUp(int port, byte from, int listening)
    {
        using var client = await Connect(port, from);
        await client.SendAsync(Encoding.ASCII.GetBytes(
            $"INVITE sip:1@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.{from}:{listening};branch=z9hG4bKi{listening}\r\nMax-Forwards: 70\r\n"
            + $"From: <sip:9@127.0.0.{from}>;tag=1\r\nTo: <sip:1@127.0.0.1>\r\nCall-ID: i{listening}\r\nCSeq: 1 INVITE\r\n"
            + $"Contact: <sip:9@127.0.0.{from}:{listening};transport=tcp>\r\nContent-Length: 0\r\n\r\n"));
        Assert.StartsWith("SIP/2.0 180", await Receive(client), StringComparison.Ordinal);
        client.Shutdown(SocketShutdown.Both);
        Assert.Equal("", await Receive(client));
    }

    // sends OPTIONS as fast as the socket takes them until it is stopped or cut off; gives how many bytes were taken
    private static async Task<long> Flood(Socket socket, bool reads, CancellationToken stop)
    {
        socket.SendBufferSize = 32 << 10;
        var many = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 50).Select(i => Options("TCP", $"f{i}"))));
        var reading = reads ? Drain(socket, stop) : Task.CompletedTask;
        long sent = 0;
        try
        {
            while (true) sent += await socket.SendAsync(many, stop);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await reading;
            return sent;
        }
    }

    private static async Task Drain(Socket socket, CancellationToken stop)
    {
        var buffer = new byte[65536];
        try
        {
            while (await socket.ReceiveAsync(buffer, stop) > 0) { }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // stopped, or cut off
        }
    }
}
