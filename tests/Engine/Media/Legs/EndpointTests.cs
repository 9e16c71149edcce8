using System.Net;
using System.Net.Sockets;
using Tccc.Media.Sdp;

namespace Tccc.Media.Tests.Legs;

public class EndpointTests
{
    private sealed class Nobody : IMediaEvents
    {
        public void On(MediaEvent e) { }
    }

    private static MediaEndpoint New(MediaOptions options) =>
        new(options, new Nobody(), new Clips(), TimeProvider.System, new SystemRandomness());

    [Fact]
    public async Task A_browser_port_that_is_taken_is_said_in_one_sentence()
    {
        using var other = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp) { DualMode = true };
        other.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
        var port = ((IPEndPoint)other.LocalEndPoint!).Port;
        await using var endpoint = New(new MediaOptions { WebRtcPort = port });
        var e = Assert.Throws<MediaStartException>(endpoint.Start);
        Assert.Equal($"UDP port {port} (Media:WebRtcPort) can't be opened: another program has it.", e.Message);
    }

    [Fact]
    public void Settings_that_cannot_be_are_refused()
    {
        Assert.Throws<MediaStartException>(() => New(new MediaOptions { Address = "phone.example.com" }));
        Assert.Throws<MediaStartException>(() => New(new MediaOptions { RtpPortMin = 3000, RtpPortMax = 2000 }));
        Assert.Throws<MediaStartException>(() => New(new MediaOptions { WebRtcPort = 70000 }));
    }

    [Fact]
    public async Task Taken_ports_are_skipped_and_the_last_pair_gone_is_an_error()
    {
        await using var studio = new Studio();
        using var phone = new Phone();
        var min = (studio.Options.RtpPortMin + 1) & ~1;
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        taken.Bind(new IPEndPoint(IPAddress.Any, min + 5));
        var ports = new HashSet<int>();
        for (var i = 0; i < 19; i++) ports.Add(SdpReader.Read(studio.Endpoint.Offer(studio.NewLeg()).Value, out _)!.Audio!.Port);
        Assert.Equal(19, ports.Count);
        Assert.All(ports, p => Assert.Equal(0, p % 2));
        Assert.DoesNotContain(min + 4, ports);
        Assert.IsType<NoPorts>(studio.Endpoint.Offer(studio.NewLeg()).Error);
        Assert.IsType<NoPorts>(studio.Endpoint.Answer(studio.NewLeg(), LegKind.Rtp, phone.Sdp()).Error);
        studio.Endpoint.Close(new LegId(1));
        Until.True(() => studio.Endpoint.Offer(studio.NewLeg()).Ok, "a port that was given back");
    }

    [Theory]
    [InlineData("10.9.8.7", false)]
    [InlineData("127.0.0.5", true)]
    public async Task Who_is_elsewhere_and_names_this_machine_for_its_sound_is_refused(string host, bool taken)
    {
        await using var studio = new Studio();
        var far = new FarEnd(IPAddress.Parse(host));
        var loopback = Tests.Sdp.Offers.Phone(address: "127.0.0.1");
        Assert.Equal(taken, studio.Endpoint.Answer(studio.NewLeg(), LegKind.Rtp, loopback, far).Ok);
        var leg = studio.NewLeg();
        Assert.True(studio.Endpoint.Offer(leg, far).Ok);
        Assert.Equal(taken, studio.Endpoint.Apply(leg, loopback).Ok);
    }

    [Fact]
    public async Task An_endpoint_that_never_started_gives_its_ports_back()
    {
        int port;
        await using (var endpoint = New(new MediaOptions())) port = SdpReader.Read(endpoint.Offer(new LegId(1)).Value, out _)!.Audio!.Port;
        using var next = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        next.Bind(new IPEndPoint(IPAddress.Any, port));
    }

    [Fact]
    public async Task The_advertised_address_stands_in_every_description()
    {
        await using var studio = new Studio(new MediaOptions { Address = "203.0.113.7" });
        Assert.Contains(
            "c=IN IP4 203.0.113.7\r\n", studio.Endpoint.Offer(studio.NewLeg(), new FarEnd(IPAddress.Loopback)).Value,
            StringComparison.Ordinal);
        var answer = studio.Endpoint.Answer(studio.NewLeg(), LegKind.WebRtc, Tests.Sdp.Offers.Chromium()).Value;
        Assert.Contains($" 203.0.113.7 {studio.Endpoint.WebRtcPort} typ host", answer, StringComparison.Ordinal);
        Assert.Contains($" 127.0.0.1 {studio.Endpoint.WebRtcPort} typ host", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leg_of_one_kind_is_not_one_of_the_other()
    {
        await using var studio = new Studio();
        using var phone = new Phone();
        var leg = studio.Call(phone);
        Assert.IsType<UnknownLeg>(studio.Endpoint.Answer(leg, LegKind.WebRtc, Tests.Sdp.Offers.Chromium()).Error);
        var browser = studio.NewLeg();
        Assert.True(studio.Endpoint.Answer(browser, LegKind.WebRtc, Tests.Sdp.Offers.Chromium()).Ok);
        Assert.IsType<UnknownLeg>(studio.Endpoint.Offer(browser).Error);
    }

    [Fact]
    public async Task The_sockets_of_other_systems_carry_a_call_too()
    {
        await using var studio = new Studio(portable: true);
        using Phone alice = new(), bob = new();
        studio.Bridge(studio.Call(alice), studio.Call(bob));
        alice.Talk(440);
        bob.Talk(1000);
        Until.True(() => bob.Hears(440) > 6000 && alice.Hears(1000) > 6000, "tones both ways");
    }
}
