using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tccc.Sip.Tests;

/// <summary>SIP over TLS with a certificate of this test (RFC 3261 §26, RFC 5630, RFC 5922).</summary>
[Trait("Case", "F-B9")]
public sealed class TlsTests : EndpointTests
{
    private static readonly X509Certificate2 Good = Make("127.0.0.1", "::1", "localhost"), OfAnother = Make("192.0.2.1");

    private readonly EndpointUser us = new(), carrier = new();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1"), Trait("Case", "F-B8")]
    public async Task Calls_are_made_changed_and_ended_by_either_side(string host)
    {
        var address = IPAddress.Parse(host);
        var called = await Start(us, With(Good), bind: address);
        var calling = await Start(carrier, With(Good), bind: address);
        var callers = Enumerable.Range(0, 10).Select(_ => Call(calling, called.TlsPort, SipTransport.Tls, host)).ToList();
        await Until(() => callers.All(c => c.Saw<SessionEvent.Answered>()) && us.Calls.Count(c => c.Saw<SessionEvent.Established>()) == 10);
        foreach (var caller in callers) caller.Session.Modify(Recorder.Bytes("hold"));
        await Until(() => callers.All(c => c.Saw<SessionEvent.Modified>()));
        foreach (var (i, caller) in callers.Index())
        {
            if (i % 2 == 0) caller.Session.Hangup();
            else us.Calls.Single(c => c.Session.SipCallId == caller.Session.SipCallId).Session.Hangup();
        }
        await Until(() => callers.Concat(us.Calls).All(c => c.Saw<SessionEvent.Ended>()));
    }

    [Theory]
    [InlineData(false, "The carrier's certificate is not from an authority that this server trusts")]
    [InlineData(true, "The carrier's certificate is for another name")]
    public async Task A_carrier_with_a_wrong_certificate_is_not_spoken_to_and_it_is_said_why(bool wrongName, string why)
    {
        var called = await Start(us, With(wrongName ? OfAnother : Good));
        var calling = await Start(carrier, With(Good) with { Authorities = wrongName ? [Good, OfAnother] : [OfAnother] });
        var caller = Call(calling, called.TlsPort, SipTransport.Tls);
        var probe = calling.Probe(new(new SipUri(null, "127.0.0.1"), new("127.0.0.1", called.TlsPort, SipTransport.Tls)));
        await Until(() => caller.Saw<SessionEvent.Ended>() && probe.Current.State == TrunkProbeState.Silent);
        Assert.Equal(SipEndingKind.TransportFailed, caller.Ending!.Kind);
        Assert.Equal(why, probe.Current.Reason);
        Assert.Empty(us.Calls);
    }

    [Theory]
    [InlineData("sip:1@127.0.0.1", 200)]
    [InlineData("sips:1@127.0.0.1", 200)]
    public async Task A_client_of_its_own_is_answered_over_its_connection(string uri, int status)
    {
        var endpoint = await Start(us, With(Good));
        await using var client = await Client(endpoint.TlsPort);
        await client.WriteAsync(Encoding.ASCII.GetBytes(Options("TLS", "t1", uri: uri)));
        var answer = await Read(client);
        Assert.StartsWith($"SIP/2.0 {status}", answer, StringComparison.Ordinal);
        Assert.Contains("Via: SIP/2.0/TLS 127.0.0.9:5060;branch=z9hG4bKt1;received=127.0.0.1;rport=", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sip", "Contact: <sip:127.0.0.1:{0};transport=tls>")]
    [InlineData("sips", "Contact: <sips:127.0.0.1:{0}>")]
    public async Task The_Contact_of_a_dialog_over_TLS_is_as_secure_as_its_request(string scheme, string contact)
    {
        var endpoint = await Start(us, With(Good));
        await using var client = await Client(endpoint.TlsPort);
        await client.WriteAsync(Encoding.ASCII.GetBytes(
            $"INVITE {scheme}:1@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.1:5999;branch=z9hG4bKc;rport\r\nMax-Forwards: 70\r\n"
            + "From: <sip:9@127.0.0.1>;tag=1\r\nTo: <sip:1@127.0.0.1>\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\n"
            + $"Contact: <{scheme}:9@127.0.0.1:5999>\r\nContent-Length: 0\r\n\r\n"));
        var text = await Read(client);
        while (!text.Contains("SIP/2.0 200", StringComparison.Ordinal)) text += await Read(client);
        Assert.Contains(string.Format(null, contact, endpoint.TlsPort), text, StringComparison.Ordinal);

        // what we send in the dialog comes by the same connection, though the Contact names a port that nobody listens on
        us.Calls[0].Session.Info("text/plain", Recorder.Bytes("x"));
        while (!text.Contains("INFO ", StringComparison.Ordinal)) text += await Read(client);
        Assert.Contains($"Via: SIP/2.0/TLS 127.0.0.1:{endpoint.TlsPort};", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sips_request_that_did_not_come_over_TLS_is_refused()
    {
        var endpoint = await Start(us, With(Good));
        using var client = await Connect(endpoint.Port);
        await client.SendAsync(Encoding.ASCII.GetBytes(Options("TCP", "s1", uri: "sips:1@127.0.0.1")));
        Assert.StartsWith("SIP/2.0 416", await Receive(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_speaks_no_TLS_or_stops_in_the_handshake_is_closed()
    {
        var time = new FakeTimeProvider();
        var endpoint = await Start(us, With(Good), time);
        using var plain = await Connect(endpoint.TlsPort);
        await plain.SendAsync(Encoding.ASCII.GetBytes(Options("TCP", "p")));
        Assert.DoesNotContain("SIP/2.0", await Receive(plain), StringComparison.Ordinal);

        using var counted = new Counted();
        using var stops = await Connect(endpoint.TlsPort);
        await stops.SendAsync(new byte[] { 0x16, 0x03, 0x01 });
        // the limit is on the system's timers, which a clock of ours does not move: the peer ends it
        stops.Shutdown(SocketShutdown.Send);
        Assert.Equal("", await Receive(stops));
        await Until(() => counted["HandshakeFailed"] > 0);
        await using var good = await Client(endpoint.TlsPort);
    }

    [Fact, Trait("Case", "F-C1")]
    public async Task A_stranger_has_few_handshakes_at_once_and_a_carrier_still_gets_in()
    {
        us.Carriers = address => address.Equals(IPAddress.Loopback);
        using var counted = new Counted();
        var endpoint = await Start(us, With(Good));
        var open = new List<Socket>();
        for (var i = 0; i < Sources.StrangerHandshakes + 3; i++) open.Add(await Connect(endpoint.TlsPort, from: 8));
        await Until(() => counted["TooManyHandshakes"] >= 3);
        await using var client = await Client(endpoint.TlsPort);
        await client.WriteAsync(Encoding.ASCII.GetBytes(Options("TLS", "h")));
        Assert.StartsWith("SIP/2.0 200", await Read(client), StringComparison.Ordinal);
        foreach (var socket in open) socket.Dispose();
    }

    [Fact]
    public async Task A_TLS_port_that_is_taken_is_said_in_one_sentence()
    {
        var first = await Start(us, With(Good));
        var options = With(Good) with { Port = 0, TlsPort = first.TlsPort, Bind = IPAddress.Loopback };
        await using var second = new SipEndpoint(options, carrier, TimeProvider.System, new SystemRandomness());
        var failure = await Assert.ThrowsAsync<SipStartException>(second.Start);
        var sentence =
            $"SIP TLS port {first.TlsPort} on 127.0.0.1 is taken by another program; stop that one or set Sip:TlsPort to a free port.";
        Assert.Equal(sentence, failure.Message);
    }

    private static SipOptions With(X509Certificate2 certificate)
    {
        var context = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        return new() { Certificate = () => context, Authorities = [Good] };
    }

    private static async Task<SslStream> Client(int port)
    {
        var stream = new SslStream(new NetworkStream(await Connect(port), ownsSocket: true));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "127.0.0.1",
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.GetCertHashString() == Good.GetCertHashString(),
        });
        return stream;
    }

    private static async Task<string> Read(SslStream stream)
    {
        var buffer = new byte[8192];
        var count = await stream.ReadAsync(buffer).AsTask().WaitAsync(Patience);
        Assert.NotEqual(0, count);
        return Encoding.ASCII.GetString(buffer, 0, count);
    }

    private static X509Certificate2 Make(params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Tccc test", key, HashAlgorithmName.SHA256);
        var san = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address)) san.AddIpAddress(address);
            else san.AddDnsName(name);
        }
        request.CertificateExtensions.Add(san.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
