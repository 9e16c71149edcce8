using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tccc.Sip.Tests;

/// <summary>Whole endpoints on real loopback sockets.</summary>
public sealed class SocketTests : EndpointTests
{
    private readonly EndpointUser us = new(), carrier = new();

    [Theory]
    [InlineData(SipTransport.Udp)]
    [InlineData(SipTransport.Tcp)]
    public async Task Many_calls_are_made_changed_and_ended(SipTransport transport)
    {
        var called = await Start(us);
        var calling = await Start(carrier);
        var callers = Enumerable.Range(0, 50).Select(_ => Call(calling, called.Port, transport)).ToList();
        await Until(
            () => callers.All(c => c.Saw<SessionEvent.Answered>()) && us.Calls.Count == 50
                && us.Calls.All(c => c.Saw<SessionEvent.Established>()));
        foreach (var caller in callers) caller.Session.Modify(Recorder.Bytes("hold"));
        await Until(() => callers.All(c => c.Saw<SessionEvent.Modified>()));
        foreach (var (i, caller) in callers.Index())
        {
            if (i % 2 == 0) caller.Session.Hangup();
            else us.Calls.Single(c => c.Session.SipCallId == caller.Session.SipCallId).Session.Hangup();
        }
        await Until(() => callers.Concat(us.Calls).All(c => c.Saw<SessionEvent.Ended>()));
    }

    [Fact]
    public async Task A_stopping_endpoint_says_goodbye()
    {
        var called = await Start(us);
        var calling = await Start(carrier);
        var caller = Call(calling, called.Port, SipTransport.Udp);
        await Until(() => caller.Saw<SessionEvent.Answered>());
        await called.DisposeAsync();
        Forget(called);
        await Until(() => caller.Saw<SessionEvent.Ended>());
        Assert.Equal(SipEndingKind.Hangup, caller.Ending!.Kind);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_one_sentence()
    {
        var first = await Start(us);
        await using var second =
            new SipEndpoint(
                new SipOptions { Port = first.Port, Bind = IPAddress.Loopback }, carrier, TimeProvider.System, new SystemRandomness());
        var failure = await Assert.ThrowsAsync<SipStartException>(second.Start);
        Assert.Contains($"SIP UDP port {first.Port} on 127.0.0.1 is taken", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_TCP_connection_ends_the_call_at_once()
    {
        var calling = await Start(carrier);
        using var reserved = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var caller = Call(calling, ((IPEndPoint)reserved.LocalEndPoint!).Port, SipTransport.Tcp);
        await Until(() => caller.Saw<SessionEvent.Ended>());
        Assert.Equal(SipEndingKind.TransportFailed, caller.Ending!.Kind);
    }

    [Fact]
    public async Task A_double_CRLF_is_answered_by_one_over_TCP()
    {
        var endpoint = await Start(us);
        using var client = await Connect(endpoint.Port);
        await client.SendAsync("\r\n\r\n"u8.ToArray());
        Assert.Equal("\r\n", await Receive(client));
    }

    [Theory]
    [InlineData("Content-Length: nonsense\r\n")]
    [InlineData("")]
    public async Task A_TCP_message_without_a_good_length_gets_400_and_the_connection_is_closed(string line)
    {
        var endpoint = await Start(us);
        using var client = await Connect(endpoint.Port);
        await client.SendAsync(Encoding.ASCII.GetBytes($"OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP a;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n{line}\r\n"));
        Assert.StartsWith("SIP/2.0 400", await Receive(client), StringComparison.Ordinal);
        Assert.Equal("", await Receive(client));
    }

    [Fact]
    public async Task A_half_read_message_and_an_idle_connection_are_given_up()
    {
        var time = new FakeTimeProvider();
        var endpoint = await Start(us, time: time);
        using var half = await Connect(endpoint.Port);
        using var idle = await Connect(endpoint.Port);
        await half.SendAsync("OPTIONS sip:a@b"u8.ToArray());
        await idle.SendAsync("\r\n\r\n"u8.ToArray());
        Assert.Equal("\r\n", await Receive(idle));
        var closed = Receive(half);
        await Until(() => { time.Advance(TimeSpan.FromSeconds(2)); return closed.IsCompleted; });
        Assert.Equal("", await closed);
        closed = Receive(idle);
        await Until(() => { time.Advance(TimeSpan.FromSeconds(60)); return closed.IsCompleted; });
        Assert.Equal("", await closed);
    }

    [Fact]
    public async Task Connections_past_the_limit_are_closed()
    {
        var endpoint = await Start(us, new SipOptions { MaxConnections = 1 });
        using var first = await Connect(endpoint.Port);
        await first.SendAsync("\r\n\r\n"u8.ToArray());
        Assert.Equal("\r\n", await Receive(first));
        using var second = await Connect(endpoint.Port);
        Assert.Equal("", await Receive(second));
    }

    [Fact]
    public async Task Noise_and_an_oversized_datagram_leave_the_endpoint_well()
    {
        var endpoint = await Start(us);
        using var noise = new UdpClient();
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var bytes = new byte[random.Next(0, 1400)];
            random.NextBytes(bytes);
            await noise.SendAsync(bytes, new IPEndPoint(IPAddress.Loopback, endpoint.Port));
        }
        await noise.SendAsync(new byte[65_507], new IPEndPoint(IPAddress.Loopback, endpoint.Port));
        var caller = Call(await Start(carrier), endpoint.Port, SipTransport.Udp);
        await Until(() => caller.Saw<SessionEvent.Answered>());
    }
}
