using System.Net;
using System.Net.Sockets;
using System.Text;
using EndToEnd.Peers;

namespace EndToEnd;

/// <summary>
/// What the network throws at the server gets its proper answer or is dropped and counted; nothing crashes, no call is lost.
/// </summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private const string Sales = "4000000001";

    private Server server = null!;

    public async Task InitializeAsync() => server = await Server.Start();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_number_that_leads_nowhere_is_answered_404()
    {
        using var caller = new RawSip(server.SipPort);
        caller.Send(caller.Request("INVITE", "4999999999", body: caller.Sdp()));
        Assert.Equal(404, await caller.FinalStatus("4999999999"));
    }

    [Theory]
    [InlineData("video {0} RTP/AVP 96", "a=rtpmap:96 VP8/90000\r\n")]
    [InlineData("audio {0} RTP/AVP 18", "a=rtpmap:18 G729/8000\r\n")]
    public async Task An_offer_without_audio_or_without_a_codec_of_ours_is_answered_488(string media, string attributes)
    {
        using var caller = new RawSip(server.SipPort);
        caller.Send(caller.Request("INVITE", Sales, body: caller.Sdp(media, attributes)));
        Assert.Equal(488, await caller.FinalStatus(Sales));
    }

    [Fact]
    public async Task A_source_that_no_trunk_allows_is_answered_403_and_counted()
    {
        await server.Stop();
        server.Change("update Trunks set AllowedNetworks = '127.0.0.9/32'");
        await server.Again();
        using var stranger = new RawSip(server.SipPort);
        stranger.Send(stranger.Request("INVITE", Sales, body: stranger.Sdp()));
        Assert.Equal(403, await stranger.FinalStatus(Sales));
        Assert.True(await server.Metric("tccc_sip_requests_refused_total", "403") > 0, "refused requests are counted");
    }

    [Fact]
    public async Task Noise_truncated_and_oversized_messages_are_dropped_and_counted_and_calls_go_on()
    {
        using var noise = new RawSip(server.SipPort);
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var datagram = new byte[random.Next(1, 1400)];
            random.NextBytes(datagram);
            noise.Send(datagram);
        }
        var invite = noise.Request("INVITE", Sales, body: noise.Sdp());
        for (var cut = 1; cut < invite.Length; cut += 37) noise.Send(invite[..cut]);
        noise.Send(
            Encoding.ASCII.GetBytes(
                invite.Replace("Max-Forwards: 70\r\n", "Max-Forwards: 70\r\nX-Long: " + new string('x', 64000) + "\r\n")));
        await Until.Holds("what was dropped is counted", async () => await server.Metric("tccc_sip_messages_dropped_total") >= 500);

        using var caller = new RawSip(server.SipPort);
        caller.Send(caller.Request("OPTIONS", Sales));
        Assert.Equal(200, await caller.FinalStatus(Sales, "OPTIONS"));
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("99999999999999")]
    [InlineData("zwölf")]
    public async Task A_wrong_Content_Length_over_TCP_is_answered_400_or_closed_and_the_next_connection_works(string length)
    {
        using var maker = new RawSip(server.SipPort);
        using (var wire = await Tcp())
        {
            await wire.GetStream().WriteAsync(Encoding.UTF8.GetBytes(OverTcp(maker.Request("OPTIONS", Sales, contentLength: length))));
            var answer = await ReadAll(wire);
            Assert.True(answer.Length == 0 || answer.StartsWith("SIP/2.0 400", StringComparison.Ordinal), answer);
        }
        using var next = await Tcp();
        await next.GetStream().WriteAsync(Encoding.UTF8.GetBytes(OverTcp(maker.Request("OPTIONS", Sales, cseq: 2))));
        var first = new byte[12];
        await next.GetStream().ReadExactlyAsync(first);
        Assert.Equal("SIP/2.0 200 ", Encoding.ASCII.GetString(first));
    }

    [Fact]
    public async Task Noise_and_wrong_STUN_on_the_browsers_port_is_dropped_and_counted()
    {
        using var socket = new UdpClient();
        var random = new Random(2);
        for (var i = 0; i < 300; i++)
        {
            var datagram = new byte[random.Next(1, 1400)];
            random.NextBytes(datagram);
            await socket.SendAsync(datagram, new IPEndPoint(IPAddress.Loopback, server.WebRtcPort));
        }
        await Until.Holds(
            "what was dropped is counted", async () => await server.Metric("tccc_media_packets_dropped_total") >= 300,
            seen: () => server.Log);
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(server.Address + "/health/ready"))).StatusCode);
    }

    [Fact]
    public async Task An_offer_for_a_line_from_somebody_not_signed_in_is_refused()
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var offer = new StringContent("v=0\r\n", Encoding.UTF8, "application/sdp");
        var answer = await http.PostAsync(new Uri(server.Address + "/line"), offer);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private async Task<TcpClient> Tcp()
    {
        var wire = new TcpClient();
        await wire.ConnectAsync(IPAddress.Loopback, server.SipPort);
        return wire;
    }

    private static string OverTcp(string request) => request.Replace("SIP/2.0/UDP", "SIP/2.0/TCP", StringComparison.Ordinal);

    private static async Task<string> ReadAll(TcpClient wire)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var all = new StringBuilder();
        var chunk = new byte[4096];
        try
        {
            while (await wire.GetStream().ReadAsync(chunk, limit.Token) is > 0 and var read)
                all.Append(Encoding.UTF8.GetString(chunk, 0, read));
        }
        catch (IOException)
        {
            // closed hard: as good an answer as any
        }
        return all.ToString();
    }
}
