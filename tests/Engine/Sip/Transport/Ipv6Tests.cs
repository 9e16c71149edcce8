using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tccc.Sip.Tests;

/// <summary>Signalling over IPv6, on ::1 (RFC 3261 §25.1, RFC 5118); TLS in <see cref="TlsTests"/>.</summary>
[Trait("Case", "F-B8")]
public sealed class Ipv6Tests : EndpointTests
{
    private readonly EndpointUser us = new(), carrier = new();

    [Theory]
    [InlineData(SipTransport.Udp, "::1")]
    [InlineData(SipTransport.Tcp, "::1")]
    [InlineData(SipTransport.Udp, "127.0.0.1")]
    [InlineData(SipTransport.Tcp, "127.0.0.1")]
    public async Task An_endpoint_for_both_families_is_called_and_calls_over_each(SipTransport transport, string host)
    {
        var called = await Start(us, bind: IPAddress.IPv6Any);
        var calling = await Start(carrier, bind: IPAddress.IPv6Any);
        var caller = Call(calling, called.Port, transport, host);
        await Until(() => caller.Saw<SessionEvent.Answered>() && us.Calls.Any(c => c.Saw<SessionEvent.Established>()));
        var session = us.Calls[0].Session;
        // IPv4 is never seen in the form of the socket
        Assert.Equal(IPAddress.Parse(host), session.Source!.Address);
        session.Hangup();
        await Until(() => caller.Saw<SessionEvent.Ended>());
        Assert.Equal(SipEndingKind.Hangup, caller.Ending!.Kind);
    }

    [Fact]
    public async Task Via_and_Contact_have_the_address_in_brackets_and_an_answer_says_where_it_was_seen_without_them()
    {
        var endpoint = await Start(us, bind: IPAddress.IPv6Any);
        using var peer = new UdpClient(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        var own = (IPEndPoint)peer.Client.LocalEndPoint!;
        await peer.SendAsync(Encoding.ASCII.GetBytes(
            $"INVITE sip:1@[::1] SIP/2.0\r\nVia: SIP/2.0/UDP {own};branch=z9hG4bK6;rport\r\nMax-Forwards: 70\r\nFrom: <sip:9@[::1]>;tag=1\r\n"
            + $"To: <sip:1@[::1]>\r\nCall-ID: six\r\nCSeq: 1 INVITE\r\nContact: <sip:9@{own}>\r\nContent-Length: 0\r\n\r\n"),
            new IPEndPoint(IPAddress.IPv6Loopback, endpoint.Port));
        var answer = "";
        while (!answer.StartsWith("SIP/2.0 200", StringComparison.Ordinal))
            answer = Encoding.ASCII.GetString((await peer.ReceiveAsync().WaitAsync(Patience)).Buffer);
        Assert.Contains($"Contact: <sip:[::1]:{endpoint.Port}>\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"Via: SIP/2.0/UDP {own};branch=z9hG4bK6;received=::1;rport={own.Port}\r\n", answer, StringComparison.Ordinal);
        us.Calls[0].Session.Info("text/plain", Recorder.Bytes("x"));
        await peer.SendAsync(Encoding.ASCII.GetBytes(
            $"ACK sip:[::1]:{endpoint.Port} SIP/2.0\r\nVia: SIP/2.0/UDP {own};branch=z9hG4bK6a\r\nFrom: <sip:9@[::1]>;tag=1\r\n"
            + $"To: {RawPeer.Header(answer, "To")}\r\nCall-ID: six\r\nCSeq: 1 ACK\r\nContent-Length: 0\r\n\r\n"),
            new IPEndPoint(IPAddress.IPv6Loopback, endpoint.Port));
        us.Calls[0].Session.Hangup();
        var bye = "";
        while (!bye.StartsWith("BYE", StringComparison.Ordinal))
            bye = Encoding.ASCII.GetString((await peer.ReceiveAsync().WaitAsync(Patience)).Buffer);
        Assert.StartsWith($"BYE sip:9@{own} SIP/2.0\r\nVia: SIP/2.0/UDP [::1]:{endpoint.Port};branch=", bye, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2001:db8::5", "[2001:db8::5]")]
    [InlineData("203.0.113.5", "[::1]")]
    public async Task The_advertised_address_is_for_peers_of_its_family(string advertised, string expected)
    {
        var endpoint = await Start(us, new SipOptions { AdvertisedAddress = advertised }, bind: IPAddress.IPv6Any);
        using var peer = new UdpClient(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        var probe = endpoint.Probe(new(new SipUri(null, "::1"), new("[::1]", ((IPEndPoint)peer.Client.LocalEndPoint!).Port)));
        var question = Encoding.ASCII.GetString((await peer.ReceiveAsync().WaitAsync(Patience)).Buffer);
        Assert.StartsWith("OPTIONS sip:[::1] SIP/2.0\r\n", question, StringComparison.Ordinal);
        Assert.Contains($"Via: SIP/2.0/UDP {expected}:{endpoint.Port};", question, StringComparison.Ordinal);
        Assert.Contains($"Contact: <sip:{expected}:{endpoint.Port}>", question, StringComparison.Ordinal);
        probe.Stop();
    }

    [Theory]
    [InlineData("[2001:DB8:0::1]", "2001:db8::1", true)]
    [InlineData("[::ffff:10.0.0.1]", "10.0.0.1", true)]
    [InlineData("[2001:db8::2]", "2001:db8::1", false)]
    [InlineData("phone.example", "10.0.0.1", false)]
    [InlineData("[::1", "::1", false)]
    public void An_address_is_known_in_every_spelling(string written, string address, bool same) =>
        Assert.Equal(same, Addresses.IsWritten(written, IPAddress.Parse(address)));

    [Fact]
    public void A_zone_is_not_written() => Assert.Equal("[fe80::1]", Addresses.Literal(IPAddress.Parse("fe80::1%1")));
}
