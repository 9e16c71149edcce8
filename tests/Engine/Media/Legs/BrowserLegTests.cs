using Tccc.Media.Codecs;
using Tccc.Media.Tests.Players;

namespace Tccc.Media.Tests.Legs;

/// <summary>WebRTC legs, whole: ICE, DTLS and SRTP over real sockets, against a peer in this process.</summary>
public sealed class BrowserLegTests : IAsyncLifetime, IDisposable
{
    private const double Loud = 6000;
    private readonly Studio studio = new();
    private readonly Phone alice = new();
    private readonly Browser browser = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await studio.DisposeAsync();

    public void Dispose()
    {
        alice.Dispose();
        browser.Dispose();
    }

    private LegId Open(Browser peer, bool wait = true)
    {
        var leg = studio.NewLeg();
        var answer = studio.Endpoint.Answer(leg, LegKind.WebRtc, peer.Offer());
        Assert.True(answer.Ok, answer.Error?.ToString());
        peer.Take(answer.Value);
        if (wait) Until.True(() => peer.Connected && studio.Endpoint.Stats(leg)!.Connected, "connection");
        return leg;
    }

    private static double Hears(Browser peer, double hertz)
    {
        var samples = peer.Heard.TakeLast(10).SelectMany(d => d.Skip(12)).Select(b => G711.Decode(AudioCodec.Pcmu, b)).ToArray();
        return samples.Length < 1600 ? -1 : Level.At(samples, hertz);
    }

    private int Lost(LegId leg, LostReason reason) =>
        studio.Events.OfType<MediaEvent.Lost>().Count(e => e.Leg == leg && e.Reason == reason);

    [Theory]
    [InlineData("actpass")]
    [InlineData("passive")]
    public void A_browser_and_a_phone_hear_each_other(string setup)
    {
        using var peer = new Browser { Setup = setup };
        var (customer, agent) = (studio.Call(alice), Open(peer));
        Assert.Contains(new MediaEvent.Connected(agent), studio.Events);
        studio.Bridge(customer, agent);
        alice.Talk(440);
        peer.Talk(1000);
        Until.True(() => Hears(peer, 440) > Loud && alice.Hears(1000) > Loud, "tones both ways");
        var stats = studio.Endpoint.Stats(agent)!;
        Assert.True(stats is { Kind: LegKind.WebRtc, Codec: "PCMU", TelephoneEvents: true, PacketsLost: 0 });
    }

    [Fact]
    public void A_warm_line_gets_silence_at_the_pace_of_speech()
    {
        Open(browser);
        Until.True(() => browser.Heard.Count > 50, "frames");
        Assert.All(browser.Heard, d => Assert.True(d.AsSpan(12).IndexOfAnyExcept(G711.UlawSilence) < 0));
        Assert.Single(browser.Heard.Select(d => Rtp.Packets.Read(d).Ssrc).Distinct());
    }

    [Fact]
    public void Closing_the_page_is_told_at_once()
    {
        var leg = Open(browser);
        browser.Close();
        Until.True(() => Lost(leg, LostReason.ClosedByPeer) == 1, "lost");
        Assert.False(studio.Endpoint.Stats(leg)!.Connected);
    }

    [Fact]
    public void Closing_the_leg_tells_the_page()
    {
        var leg = Open(browser);
        studio.Endpoint.Close(leg);
        Until.True(() => browser.State == DtlsState.Closed, "close_notify");
        Until.True(() => browser.Reports.Count > 0, "goodbye in RTCP");
        Assert.DoesNotContain(studio.Events, e => e is MediaEvent.Lost);
    }

    [Fact]
    public void Another_certificate_than_the_offer_named_is_refused()
    {
        using var impostor = new Browser { FalseFingerprint = $"sha-256 {Tests.Sdp.Offers.Fingerprint}" };
        var leg = Open(impostor, wait: false);
        Until.True(() => Lost(leg, LostReason.HandshakeFailed) == 1, "refusal");
        Assert.Equal(1, studio.Endpoint.Counters.WebRtc.DtlsFingerprintMismatch);
    }

    [Fact]
    public void Checks_with_a_wrong_password_open_nothing()
    {
        var leg = studio.NewLeg();
        var answer = studio.Endpoint.Answer(leg, LegKind.WebRtc, browser.Offer()).Value;
        browser.Take(answer, wrongPassword: "not the right password at all");
        Until.True(() => studio.Endpoint.Counters.WebRtc.StunWrongPassword >= 3, "refusals counted");
        Assert.Equal(0, browser.ChecksAnswered);
        Assert.False(studio.Endpoint.Stats(leg)!.Connected);
    }

    [Fact]
    public void Bent_and_repeated_packets_are_dropped_and_counted()
    {
        var leg = Open(browser);
        var packet = browser.Press('7');
        Until.True(() => studio.Digits(leg) == "7", "the digit");
        var counters = studio.Endpoint.Counters;
        browser.SendRaw(packet);
        Until.True(() => counters.WebRtc.SrtpReplayed == 1, "the replay");
        packet[^1] ^= 1;
        packet[3] += 50;
        browser.SendRaw(packet);
        Until.True(() => counters.WebRtc.SrtpAuthFailed == 1, "the wrong tag");
        browser.SendRaw([100, 1, 2, 3]);
        Until.True(() => counters.Malformed == 1, "noise");
        Assert.Equal(7, studio.Endpoint.Stats(leg)!.PacketsReceived);
    }

    [Fact]
    public void What_comes_from_an_address_that_no_check_vouches_for_is_dropped()
    {
        Open(browser);
        using var stranger = new Phone { Server = new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, studio.Endpoint.WebRtcPort) };
        stranger.Say(440);
        stranger.Send([22, 254, 253, 0, 0]);
        stranger.Send([0, 1, 0, 0]);
        Until.True(() => studio.Endpoint.Counters is { UnknownBrowser: 2, WebRtc.StunMalformed: 1 }, "counts");
    }

    [Fact]
    public void A_browser_that_changes_its_network_is_followed()
    {
        var (customer, agent) = (studio.Call(alice), Open(browser));
        studio.Bridge(customer, agent);
        alice.Talk(440);
        browser.Talk(1000);
        Until.True(() => Hears(browser, 440) > Loud && alice.Hears(1000) > Loud, "tones both ways");
        browser.Move();
        var heard = browser.Heard.Count;
        Until.True(() => browser.Heard.Count > heard + 20 && Hears(browser, 440) > Loud, "tone at the new address");
        Assert.Equal(0, Lost(agent, LostReason.ConsentExpired));
    }

    [Fact]
    public void ICE_may_restart_and_the_keys_stay()
    {
        var leg = Open(browser);
        browser.RestartedUfrag = "again123";
        var answer = studio.Endpoint.Answer(leg, LegKind.WebRtc, browser.Offer());
        Assert.Contains(" 2 IN IP4", answer.Value, StringComparison.Ordinal);
        browser.Take(answer.Value);
        var (checks, heard) = (browser.ChecksAnswered, browser.Heard.Count);
        Until.True(() => browser.ChecksAnswered > checks + 2 && browser.Heard.Count > heard + 20, "checks and sound go on");
    }

    [Fact]
    public void Another_certificate_in_a_new_offer_is_refused_and_the_leg_stays()
    {
        var leg = Open(browser);
        using var other = new Browser();
        Assert.IsType<BadSdp>(studio.Endpoint.Answer(leg, LegKind.WebRtc, other.Offer()).Error);
        Assert.True(studio.Endpoint.Stats(leg)!.Connected);
    }

    [Fact]
    public void A_browser_that_only_speaks_is_sent_nothing()
    {
        var leg = studio.NewLeg();
        browser.Take(studio.Endpoint.Answer(leg, LegKind.WebRtc, browser.Offer("sendonly")).Value);
        Until.True(() => browser.Connected, "connection");
        browser.Talk(1000);
        Until.True(() => studio.Endpoint.Stats(leg)!.PacketsReceived > 30, "its speech");
        Assert.Empty(browser.Heard);
    }

    [Fact]
    public void Forty_browsers_connect_at_once()
    {
        var peers = Enumerable.Range(0, 40).Select(_ => new Browser()).ToList();
        foreach (var peer in peers) Open(peer, wait: false);
        Until.True(() => peers.TrueForAll(p => p.Connected && p.Heard.Count > 5), "all connected and hearing");
        Assert.Equal(0, studio.Endpoint.Counters.WebRtc.SrtpAuthFailed);
        foreach (var peer in peers) peer.Dispose();
    }
}
