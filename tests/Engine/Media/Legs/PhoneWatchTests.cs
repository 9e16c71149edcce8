using System.Net;
using Tccc.Media.Codecs;

namespace Tccc.Media.Tests.Legs;

/// <summary>Who is alive, who is a stranger, and what an address must do to get a stream.</summary>
public sealed class PhoneWatchTests : IAsyncLifetime, IDisposable
{
    private readonly Studio studio = new(new MediaOptions { NoRtpSeconds = 1, LatchSilenceSeconds = 1 });
    private readonly Phone alice = new();
    private readonly Phone bob = new() { Ssrc = 99 };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await studio.DisposeAsync();

    public void Dispose()
    {
        alice.Dispose();
        bob.Dispose();
    }

    private bool IsLost(LegId leg) => studio.Events.OfType<MediaEvent.Lost>().Any(e => e.Leg == leg);

    // a leg opened and ordered now, which sends nothing: when it is lost, so would be any other that had been silent since
    private void OneSilenceLater()
    {
        using var silent = new Phone();
        var leg = studio.Call(silent);
        studio.Endpoint.Hear(leg, new Heard.Nothing());
        Until.True(() => IsLost(leg), "the time of a silence");
        studio.Endpoint.Close(leg);
    }

    [Fact]
    [Trait("Case", "F-A3")]
    public void A_phone_that_never_sends_is_lost_counted_from_its_first_order_and_one_that_rings_is_not()
    {
        var (answered, ringing) = (studio.Call(alice), studio.Call(bob));
        studio.Endpoint.Hear(answered, new Heard.Clip(Clips.HoldMusic, Loop: true));
        Until.True(() => IsLost(answered), "lost without a single packet");
        OneSilenceLater();
        Assert.False(IsLost(ringing));
        studio.Endpoint.Hear(ringing, new Heard.Nothing());
        Until.True(() => IsLost(ringing), "counted from the order");
        Assert.Equal(2, studio.Events.OfType<MediaEvent.Lost>().Count(e => e.Leg == answered || e.Leg == ringing));
    }

    [Fact]
    [Trait("Case", "F-A3")]
    public void A_phone_that_spoke_and_stops_is_lost_whatever_it_hears()
    {
        var leg = studio.Call(alice);
        studio.Endpoint.Hear(leg, new Heard.Clip(Clips.HoldMusic, Loop: true));
        alice.Talk(440);
        OneSilenceLater();
        Assert.False(IsLost(leg));
        studio.Endpoint.Hear(leg, new Heard.Leg(studio.Call(bob)));
        alice.BeQuiet();
        Until.True(() => IsLost(leg), "lost");
    }

    [Theory]
    [Trait("Case", "F-A3")]
    [InlineData("sendonly")]
    [InlineData("inactive")]
    [InlineData("recvonly")]
    public void A_peer_that_holds_owes_no_sound_and_one_that_resumes_does_from_then_on(string direction)
    {
        var leg = studio.Call(alice);
        studio.Endpoint.Hear(leg, new Heard.Nothing());
        alice.Say(440);
        Assert.True(studio.Endpoint.Answer(leg, LegKind.Rtp, alice.Sdp(direction: direction)).Ok);
        OneSilenceLater();
        OneSilenceLater();
        Assert.False(IsLost(leg));
        Assert.True(studio.Endpoint.Answer(leg, LegKind.Rtp, alice.Sdp()).Ok);
        Until.True(() => IsLost(leg), "lost after the resume");
    }

    [Theory]
    [Trait("Case", "F-A4")]
    [InlineData(13)]
    [InlineData(126)]
    [InlineData(20)]
    public void Any_RTP_of_the_peer_is_life_and_what_is_no_sound_is_heard_as_silence_without_a_gap(byte payloadType)
    {
        var (customer, agent) = (studio.Call(alice), studio.Call(bob));
        studio.Bridge(customer, agent);
        bob.Talk(1000);
        alice.Talk(440);
        Until.True(() => bob.Hears(440) > 6000, "speech");
        alice.BeQuiet();
        using var keepAlive = new Timer(_ => alice.Pause(payloadType), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
        OneSilenceLater();
        OneSilenceLater();
        Assert.False(IsLost(customer));
        Assert.True(bob.HearsSilence());
        alice.Talk(440);
        Until.True(() => bob.Hears(440) > 6000, "speech again");
        var packets = bob.Heard.Select(d => (Rtp.Packets.Read(d).PayloadType, Rtp.Packets.Read(d).Sequence)).ToList();
        Assert.All(packets, p => Assert.Equal(0, p.PayloadType));
        Assert.All(packets.Zip(packets.Skip(1)), pair => Assert.Equal(1, (ushort)(pair.Second.Sequence - pair.First.Sequence)));
        Assert.InRange(studio.Endpoint.Stats(customer)!.PacketsLost, -2, 2);
    }

    [Fact]
    [Trait("Case", "F-A4")]
    public void Reports_alone_are_life()
    {
        var leg = studio.Call(alice);
        studio.Endpoint.Hear(leg, new Heard.Nothing());
        var report = new byte[Media.Rtp.Rtcp.MaxLength];
        var length = Media.Rtp.Rtcp.Write(report, alice.Ssrc, null, null, "alice", bye: false);
        using var reports = new Timer(_ => alice.SendReport(report.AsSpan(0, length)), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
        OneSilenceLater();
        OneSilenceLater();
        Assert.False(IsLost(leg));
    }

    [Fact]
    [Trait("Case", "F-C15")]
    public void An_address_that_neither_confirmed_nor_sent_anything_gets_a_few_packets_and_then_the_sound_from_where_it_was()
    {
        var clip = studio.Clips.Add("word", Players.Wavs.Of(Players.Wavs.Tone(700, 8000))).Value;
        foreach (var confirms in new[] { true, false })
        {
            using var victim = new Phone();
            var leg = studio.NewLeg();
            victim.Take(studio.Endpoint.Answer(leg, LegKind.Rtp, victim.Sdp()).Value);
            studio.Endpoint.Hear(leg, new Heard.Clip(clip));
            OneSilenceLater();
            Assert.InRange(victim.Heard.Count, 1, Media.Legs.RtpLeg.MostUnconfirmed);
            Assert.Empty(victim.Reports);
            if (confirms) studio.Endpoint.Confirm(leg);
            else victim.Say(440);
            Until.True(() => studio.Events.OfType<MediaEvent.ClipEnded>().Any(e => e.Leg == leg), "the clip to its end");
            Until.True(() => victim.Heard.Count(d => d.AsSpan(12).IndexOfAnyExcept(G711.UlawSilence) >= 0) is >= 49 and <= 51, "all of it");
        }
    }

    [Fact]
    [Trait("Case", "F-C5")]
    public void Another_host_is_no_phone_before_its_first_packet_nor_after_its_silence()
    {
        using Phone mallory = new(IPAddress.Parse("127.0.0.66")) { Ssrc = 666 }, moved = new() { Ssrc = 7 };
        var (customer, agent) = (studio.Call(alice), studio.Call(bob));
        studio.Bridge(customer, agent);
        bob.Talk(1000);
        mallory.Server = moved.Server = alice.Server;
        mallory.Talk(1700);
        Until.True(() => studio.Endpoint.Stats(customer)!.Strangers >= 10, "a first comer from elsewhere");
        alice.Talk(440);
        Until.True(() => bob.Hears(440) > 6000, "the phone");
        alice.BeQuiet();
        var strangers = studio.Endpoint.Stats(customer)!.Strangers;
        Until.True(() => studio.Endpoint.Stats(customer)!.Strangers >= strangers + 100, "a silence longer than the latch keeps");
        Assert.Empty(mallory.Heard);
        moved.Talk(440);
        Until.True(() => bob.Hears(440) > 6000 && moved.Hears(1000) > 6000, "the phone from another port of its own");
        Assert.Empty(mallory.Heard);
        Assert.True(bob.Hears(1700) < 300);
    }

    [Fact]
    [Trait("Case", "F-C5")]
    public void Where_a_trunk_says_so_any_host_may_be_first_and_the_announced_one_takes_it_back()
    {
        using var elsewhere = new Phone(IPAddress.Parse("127.0.0.66")) { Ssrc = 666 };
        var customer = studio.Call(alice, far: new FarEnd(IPAddress.Parse("127.0.0.5"), AnyHost: true));
        studio.Endpoint.Hear(customer, new Heard.Leg(customer));
        elsewhere.Server = alice.Server;
        elsewhere.Talk(1700);
        Until.True(() => elsewhere.Hears(1700) > 6000, "an echo for the first");
        alice.Talk(440);
        Until.True(() => alice.Hears(440) > 6000, "an echo for the announced");
    }

    [Fact]
    [Trait("Case", "F-C5")]
    public void The_host_of_the_signalling_counts_as_the_phone()
    {
        using var behindNat = new Phone(IPAddress.Parse("127.0.0.5"));
        behindNat.Take(
            studio.Endpoint.Answer(
                studio.NewLeg(), LegKind.Rtp, Tests.Sdp.Offers.Phone(address: "10.9.8.7"), new FarEnd(IPAddress.Parse("127.0.0.5"))).Value);
        var leg = new LegId(1);
        studio.Endpoint.Hear(leg, new Heard.Leg(leg));
        behindNat.Talk(440);
        Until.True(() => behindNat.Hears(440) > 6000, "an echo where its packets come from");
    }

    [Fact]
    [Trait("Case", "F-B7")]
    public void A_peer_that_sends_the_other_law_than_it_named_first_is_heard_and_so_after_a_re_offer_of_one_law()
    {
        var (customer, agent) = (studio.Call(alice, alice.Sdp("0 8 101")), studio.Call(bob));
        studio.Bridge(customer, agent);
        bob.Talk(1000);
        alice.Codec = AudioCodec.Pcma;
        alice.Talk(440);
        Until.True(() => bob.Hears(440) > 6000 && alice.Hears(1000) > 6000, "both laws");
        Assert.Contains("RTP/AVP 8\r\n", studio.Endpoint.Answer(customer, LegKind.Rtp, alice.Sdp("8")).Value, StringComparison.Ordinal);
        Until.True(() => (alice.Heard[^1][1] & 0x7F) == 8 && alice.Hears(1000) > 6000, "the law of the re-offer");
        alice.Codec = AudioCodec.Pcmu;
        Until.True(() => bob.Hears(440) > 6000, "what was heard before is heard still");
        Assert.Contains("RTP/AVP 8 0 101\r\n", studio.Endpoint.Offer(customer).Value, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Case", "F-B8")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sound_and_reports_pass_over_IPv6_and_from_one_family_to_the_other(bool portable)
    {
        await using var both = new Studio(portable: portable);
        using Phone six = new(IPAddress.IPv6Loopback), other = new(IPAddress.IPv6Loopback) { Ssrc = 5 }, four = new() { Ssrc = 6 };
        var answer = both.Endpoint.Answer(both.NewLeg(), LegKind.Rtp, six.Sdp()).Value;
        Assert.Contains("c=IN IP6 ::1\r\n", answer, StringComparison.Ordinal);
        var a = new LegId(1);
        six.Take(answer);
        var (b, c) = (both.Call(other), both.Call(four));
        both.Bridge(a, b);
        six.Talk(440);
        other.Talk(1000);
        Until.True(() => other.Hears(440) > 6000 && six.Hears(1000) > 6000, "tones over IPv6");
        both.Bridge(a, c);
        four.Talk(1700);
        Until.True(() => four.Hears(440) > 6000 && six.Hears(1700) > 6000, "tones from one family to the other");
        Until.True(() => six.Reports.Count > 0 && four.Reports.Count > 0, "reports");
        Assert.Contains(
            "c=IN IP6 ::1\r\n", both.Endpoint.Offer(both.NewLeg(), new FarEnd(IPAddress.IPv6Loopback)).Value, StringComparison.Ordinal);
        Assert.Contains(
            "c=IN IP4 127.0.0.1\r\n", both.Endpoint.Offer(both.NewLeg(), new FarEnd(IPAddress.Loopback.MapToIPv6())).Value,
            StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "F-B8")]
    public async Task A_phone_may_move_from_one_family_to_the_other()
    {
        await using var both = new Studio();
        using Phone four = new(), six = new(IPAddress.IPv6Loopback);
        var leg = both.Call(four);
        both.Endpoint.Hear(leg, new Heard.Leg(leg));
        four.Talk(440);
        Until.True(() => four.Hears(440) > 6000, "an echo");
        var answer = both.Endpoint.Answer(leg, LegKind.Rtp, six.Sdp()).Value;
        Assert.Contains("c=IN IP6 ::1\r\n", answer, StringComparison.Ordinal);
        six.Take(answer).Talk(1000);
        Until.True(() => six.Hears(1000) > 6000, "an echo over IPv6");
    }

    [Fact]
    [Trait("Case", "F-B8")]
    public void Browsers_get_candidates_of_both_families_also_after_a_phone_was_answered()
    {
        studio.Endpoint.Offer(studio.NewLeg());
        var answer = studio.Endpoint.Answer(studio.NewLeg(), LegKind.WebRtc, Tests.Sdp.Offers.Chromium()).Value;
        Assert.Contains($" 127.0.0.1 {studio.Endpoint.WebRtcPort} typ host", answer, StringComparison.Ordinal);
        Assert.Contains($" ::1 {studio.Endpoint.WebRtcPort} typ host", answer, StringComparison.Ordinal);
    }
}
