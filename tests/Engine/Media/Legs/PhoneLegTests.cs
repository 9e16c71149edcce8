using System.Net;
using Tccc.Media.Codecs;
using Tccc.Media.Sdp;
using Tccc.Media.Tests.Players;

namespace Tccc.Media.Tests.Legs;

/// <summary>Plain RTP legs over real sockets on the loopback.</summary>
public sealed class PhoneLegTests : IAsyncLifetime, IDisposable
{
    private const double Loud = 6000;
    private readonly Studio studio = new();
    private readonly Phone alice = new();
    private readonly Phone bob = new() { Ssrc = 99 };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await studio.DisposeAsync();

    public void Dispose()
    {
        alice.Dispose();
        bob.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Two_bridged_phones_hear_each_other_whatever_law_they_speak(bool bobSpeaksAlaw)
    {
        bob.Codec = bobSpeaksAlaw ? AudioCodec.Pcma : AudioCodec.Pcmu;
        studio.Bridge(studio.Call(alice), studio.Call(bob));
        alice.Talk(440);
        bob.Talk(1000);
        Until.True(() => bob.Hears(440) > Loud && alice.Hears(1000) > Loud, "tones both ways");
        Assert.True(alice.Hears(440) < 200);
        Assert.All(bob.Heard.TakeLast(20), d => Assert.Equal(bobSpeaksAlaw ? 8 : 0, d[1] & 0x7F));
    }

    [Fact]
    public void Hold_gives_the_customer_music_and_the_agent_silence_and_resume_both_tones()
    {
        var (customer, agent) = (studio.Call(alice), studio.Call(bob));
        studio.Bridge(customer, agent);
        alice.Talk(440);
        bob.Talk(1000);
        Until.True(() => bob.Hears(440) > Loud && alice.Hears(1000) > Loud, "tones both ways");
        studio.Endpoint.Hear(customer, new Heard.Clip(Clips.HoldMusic, Loop: true));
        studio.Endpoint.Hear(agent, new Heard.Nothing());
        Until.True(() => bob.HearsSilence(), "silence for the agent");
        Until.True(() => alice.Hears(1000) is >= 0 and < 100 && !alice.HearsSilence(), "music for the customer");
        studio.Bridge(customer, agent);
        Until.True(() => bob.Hears(440) > Loud && alice.Hears(1000) > Loud, "tones again");
    }

    [Fact]
    public void Mute_is_real_silence_at_the_pace_of_speech_and_the_agent_still_hears()
    {
        var (customer, agent) = (studio.Call(alice), studio.Call(bob));
        studio.Bridge(customer, agent);
        alice.Talk(440);
        bob.Talk(1000);
        Until.True(() => alice.Hears(1000) > Loud, "the agent's tone");
        studio.Endpoint.Hear(customer, new Heard.Nothing());
        Until.True(() => alice.HearsSilence(), "silence");
        Until.True(() => bob.Hears(440) > Loud, "the customer's tone");
        // one stream with no gap and no repetition, whoever spoke
        var packets = alice.Heard.Select(d => (Read(d).Ssrc, Read(d).Sequence)).ToList();
        Assert.Single(packets.Select(p => p.Ssrc).Distinct());
        Assert.All(packets.Zip(packets.Skip(1)), pair => Assert.Equal(1, (ushort)(pair.Second.Sequence - pair.First.Sequence)));
    }

    [Fact]
    public void A_source_that_sends_nothing_is_filled_with_silence()
    {
        var (customer, agent) = (studio.Call(alice), studio.Call(bob));
        studio.Bridge(customer, agent);
        Until.True(() => alice.HearsSilence(), "silence before the agent speaks");
        bob.Talk(1000);
        Until.True(() => alice.Hears(1000) > Loud, "the agent's tone");
        bob.BeQuiet();
        Until.True(() => alice.HearsSilence(), "silence after");
    }

    [Fact]
    public void A_leg_may_be_ordered_to_hear_one_that_opens_later()
    {
        var customer = studio.Call(alice);
        var agent = studio.NewLeg();
        studio.Endpoint.Hear(customer, new Heard.Leg(agent));
        bob.Take(studio.Endpoint.Answer(agent, LegKind.Rtp, bob.Sdp()).Value);
        bob.Talk(1000);
        Until.True(() => alice.Hears(1000) > Loud, "the agent's tone");
        studio.Endpoint.Close(agent);
        Until.True(() => alice.HearsSilence(), "silence when the agent is gone");
    }

    [Fact]
    public void A_stranger_is_dropped_and_counted()
    {
        var (customer, agent) = (studio.Call(alice), studio.Call(bob));
        studio.Bridge(customer, agent);
        alice.Talk(440);
        Until.True(() => bob.Hears(440) > Loud, "the tone");
        using var mallory = new Phone { Ssrc = 666, Server = alice.Server };
        mallory.Talk(1000);
        Until.True(() => studio.Endpoint.Stats(customer)!.Strangers >= 20, "strangers counted");
        Assert.True(bob.Hears(1000) < 200);
        Assert.True(bob.Hears(440) > Loud);
        Assert.True(studio.Endpoint.Counters.Stranger >= 20);
        Assert.Empty(mallory.Heard);
    }

    [Fact]
    public void Noise_and_formats_not_agreed_on_are_dropped_and_counted()
    {
        var leg = studio.Call(alice);
        alice.Send("hello"u8);
        alice.Send([]);
        alice.Send(Rtp.Packets.Of(1, 1, payloadType: 18));
        alice.SendReport("noise that is no report"u8);
        Until.True(() => studio.Endpoint.Counters.Malformed >= 3 && studio.Endpoint.Counters.UnknownFormat == 1, "counts");
        Assert.Equal(0, studio.Endpoint.Stats(leg)!.PacketsReceived);
    }

    [Fact]
    public async Task The_first_packet_connects_and_silence_of_the_peer_loses_the_leg()
    {
        using var phone = new Phone();
        await using var other = new Studio(new MediaOptions { NoRtpSeconds = 1 });
        var leg = other.Call(phone);
        other.Endpoint.Hear(leg, new Heard.Nothing());
        phone.Say(440);
        Until.True(() => other.Events.OfType<MediaEvent.Connected>().Any(e => e.Leg == leg), "connected");
        Assert.True(other.Endpoint.Stats(leg)!.Connected);
        Until.True(() => other.Events.OfType<MediaEvent.Lost>().Any(e => e is { Reason: LostReason.NoRtp }), "lost");
        Assert.False(other.Endpoint.Stats(leg)!.Connected);
        phone.Say(440);
        Until.True(() => other.Events.OfType<MediaEvent.Connected>().Count() == 2, "back again");
        Assert.Single(other.Events.OfType<MediaEvent.Lost>());
    }

    [Fact]
    public void The_peers_hold_stops_what_we_send_and_its_resume_brings_it_back()
    {
        var (customer, agent) = (studio.Call(alice), studio.Call(bob));
        studio.Bridge(customer, agent);
        bob.Talk(1000);
        Until.True(() => alice.Hears(1000) > Loud, "the tone");
        var answer = studio.Endpoint.Answer(customer, LegKind.Rtp, alice.Sdp(direction: "inactive")).Value;
        Assert.Contains("a=inactive\r\n", answer, StringComparison.Ordinal);
        Assert.Contains(" 2 IN IP4", answer, StringComparison.Ordinal);
        var before = bob.Sent;
        var heard = alice.Heard.Count;
        Until.True(() => bob.Sent > before + 20, "the other goes on");
        Assert.InRange(alice.Heard.Count, heard, heard + 5);
        Assert.Contains("a=sendrecv\r\n", studio.Endpoint.Answer(customer, LegKind.Rtp, alice.Sdp()).Value, StringComparison.Ordinal);
        Until.True(() => alice.Heard.Count > heard + 20 && alice.Hears(1000) > Loud, "the tone again");
    }

    [Fact]
    public void Our_offer_is_answered_and_offered_anew()
    {
        var leg = studio.NewLeg();
        var offer = studio.Endpoint.Offer(leg, new FarEnd(IPAddress.Loopback)).Value;
        Assert.Contains("c=IN IP4 127.0.0.1\r\n", offer, StringComparison.Ordinal);
        alice.Take(offer).Codec = AudioCodec.Pcma;
        Assert.True(studio.Endpoint.Apply(leg, alice.Sdp("8 101")).Ok);
        Assert.True(studio.Endpoint.Apply(leg, alice.Sdp("8 101")).Ok);
        Assert.Equal("PCMA", studio.Endpoint.Stats(leg)!.Codec);
        studio.Endpoint.Hear(leg, new Heard.Leg(leg));
        alice.Talk(440);
        Until.True(() => alice.Hears(440) > Loud, "an echo");
        var again = studio.Endpoint.Offer(leg).Value;
        Assert.Contains(" 2 IN IP4 127.0.0.1\r\n", again, StringComparison.Ordinal);
        Assert.Equal(SdpReader.Read(offer, out _)!.Audio!.Port, SdpReader.Read(again, out _)!.Audio!.Port);
        Assert.IsType<NoAudio>(studio.Endpoint.Apply(leg, Tests.Sdp.Offers.Phone(port: 0)).Error);
        Assert.IsType<UnknownLeg>(studio.Endpoint.Apply(new LegId(777), alice.Sdp()).Error);
    }

    [Fact]
    public void An_offer_that_cannot_be_answered_opens_no_leg()
    {
        var leg = studio.NewLeg();
        Assert.IsType<NoCommonCodec>(studio.Endpoint.Answer(leg, LegKind.Rtp, alice.Sdp("18")).Error);
        Assert.IsType<BadSdp>(studio.Endpoint.Answer(leg, LegKind.Rtp, "nonsense").Error);
        Assert.Null(studio.Endpoint.Stats(leg));
        studio.Endpoint.Hear(leg, new Heard.Nothing());
        studio.Endpoint.Close(leg);
        Assert.IsType<UnknownLeg>(studio.Endpoint.SendDigits(leg, "1").Error);
    }

    [Fact]
    public void Keys_of_the_party_are_told_once_each_and_are_not_relayed()
    {
        var (customer, agent) = (studio.Call(alice), studio.Call(bob, bob.Sdp("0 97", more: "a=rtpmap:97 telephone-event/8000\r\n")));
        studio.Bridge(customer, agent);
        alice.Say(440);
        alice.Press('1');
        alice.Press('9', lost: [0, 1, 2]);
        alice.Press('#', lost: [4, 5, 6]);
        alice.Say(440);
        Until.True(() => studio.Digits(customer) == "19#" && bob.Hears(440, frames: 2) > 0, "three digits, and audio after them");
        Assert.DoesNotContain(bob.Heard, d => (d[1] & 0x7F) == 97);
    }

    [Fact]
    public void Keys_for_a_listener_that_takes_none_leave_no_gap()
    {
        var (customer, agent) = (studio.Call(alice), studio.Call(bob, bob.Sdp("0")));
        studio.Bridge(customer, agent);
        alice.Say(440);
        alice.Press('1');
        alice.Say(440);
        Until.True(() => studio.Digits(customer) == "1" && bob.Hears(440, frames: 2) > 0, "audio after the digit");
        Assert.DoesNotContain(bob.Heard, d => (d[1] & 0x7F) == 101);
        Assert.IsType<NoTelephoneEvents>(studio.Endpoint.SendDigits(agent, "1").Error);
    }

    [Fact]
    public void Digits_of_ours_arrive_and_speech_goes_on_after_them()
    {
        var (customer, agent) = (studio.Call(alice), studio.Call(bob));
        studio.Bridge(customer, agent);
        bob.Talk(1000);
        Until.True(() => alice.Hears(1000) > Loud, "speech before");
        Assert.True(studio.Endpoint.SendDigits(customer, "12").Ok);
        Assert.True(studio.Endpoint.SendDigits(customer, "#d").Ok);
        Assert.IsType<BadDigits>(studio.Endpoint.SendDigits(customer, "1 2").Error);
        var detector = new Media.Rtp.DigitDetector();
        Until.True(() => Events(alice).Select(e => e.Timestamp).Distinct().Count() == 4, "four presses");
        Until.True(() => (alice.Heard[^1][1] & 0x7F) == 0 && alice.Hears(1000) > Loud, "speech after");
        Assert.Equal("12#D", string.Concat(alice.Heard.Where(d => (d[1] & 0x7F) == 101).Select(d => detector.On(Read(d), TimeSpan.Zero))));
        Assert.All(Events(alice).GroupBy(e => e.Timestamp), press => Assert.Equal((8, 3), (press.Count(), press.Count(e => e.End))));
    }

    [Fact]
    public void A_comma_between_digits_is_a_second_in_which_speech_is_heard()
    {
        var (customer, agent) = (studio.Call(alice), studio.Call(bob));
        studio.Bridge(customer, agent);
        bob.Talk(1000);
        Until.True(() => alice.Hears(1000) > Loud, "speech before");
        Assert.True(studio.Endpoint.SendDigits(customer, "1,2").Ok);
        Until.True(() => Events(alice).Select(e => e.Timestamp).Distinct().Count() == 2, "two presses");
        var begins = Events(alice).Select(e => e.Timestamp).Distinct().ToList();
        Assert.InRange(begins[1] - begins[0], 9000u, 11000u);
        var kinds = alice.Heard.Select(d => d[1] & 0x7F).ToList();
        Assert.InRange(kinds[kinds.IndexOf(101)..kinds.LastIndexOf(101)].Count(kind => kind == 0), 25, 60);
    }

    [Fact]
    public void A_clip_ends_once_then_silence_and_can_be_played_again()
    {
        var leg = studio.Call(alice);
        var clip = studio.Clips.Add("short", Players.Wavs.Of(8000, 1, 16, 3200, hertz: 700)).Value;
        for (var time = 1; time <= 2; time++)
        {
            studio.Endpoint.Hear(leg, new Heard.Clip(clip));
            Until.True(
                () => studio.Events.OfType<MediaEvent.ClipEnded>().Count(e => e.Leg == leg && e.Clip == clip) == time, $"end {time}");
            Until.True(() => alice.HearsSilence(), "silence");
        }
        Assert.True(Math.Abs(alice.Heard.Count(d => !IsSilent(d)) - 40) <= 1);
        static bool IsSilent(byte[] d) => d.AsSpan(12).IndexOfAnyExcept(G711.UlawSilence) < 0;
    }

    [Fact]
    public void Before_the_first_order_a_phone_gets_neither_sound_nor_reports()
    {
        var (unanswered, bystander) = (studio.Call(alice), studio.Call(bob));
        alice.Talk(440);
        studio.Endpoint.Hear(bystander, new Heard.Nothing());
        // the bystander's first report comes after 1.25 s at the earliest, so the other leg's would have come by the second
        Until.True(() => bob.Heard.Count > 100 && bob.Reports.Count > 0 && alice.Sent > 100, "the other phone hears silence");
        Assert.Empty(alice.Heard);
        studio.Endpoint.Close(unanswered);
        studio.Endpoint.Hear(bystander, new Heard.Clip(Clips.HoldMusic));
        Until.True(() => !bob.HearsSilence(), "time goes on");
        Assert.Empty(alice.Reports);
    }

    [Fact]
    public void Music_that_a_clip_interrupts_goes_on_where_it_stopped()
    {
        // one second low, one second high: what follows the clip tells where the music is
        var (low, high) = (Wavs.Tone(500, 8000), Wavs.Tone(900, 8000 * 60));
        var music = studio.Clips.Add("music", Wavs.Of([.. low, .. high])).Value;
        var word = studio.Clips.Add("word", Wavs.Of(Wavs.Tone(2000, 3200))).Value;
        var leg = studio.Call(alice);
        studio.Endpoint.Hear(leg, new Heard.Clip(music, Loop: true));
        Until.True(() => alice.Hears(900) > Loud / 2, "the second part of the music");
        studio.Endpoint.Hear(leg, new Heard.Clip(word));
        Until.True(() => studio.Events.OfType<MediaEvent.ClipEnded>().Any(e => e.Clip == word), "the end of the word");
        var spoken = alice.Heard.Count;
        studio.Endpoint.Hear(leg, new Heard.Clip(music, Loop: true));
        Until.True(() => alice.Heard.Count > spoken + 20 && alice.Hears(900) > Loud / 2, "the music");
        Assert.True(alice.Hears(500, alice.Heard.Count - spoken - 5) < 200, "it did not begin anew");

        studio.Endpoint.Hear(leg, new Heard.Nothing());
        studio.Endpoint.Hear(leg, new Heard.Clip(music, Loop: true));
        Until.True(() => alice.Hears(500) > Loud / 2, "after anything else it begins anew");
    }

    [Fact]
    public void A_removed_clip_is_heard_to_its_end_by_who_plays_it_and_then_its_memory_is_free()
    {
        var leg = studio.Call(alice);
        var memory = Play(leg, out var clip);
        Until.True(() => alice.Hears(700) > Loud / 2, "the clip");
        studio.Clips.Remove("gone");
        Assert.Null(studio.Clips.Find("gone"));
        Collect();
        Assert.True(memory.IsAlive, "it plays");
        var heard = alice.Heard.Count;
        Until.True(() => alice.Heard.Count > heard + 20 && alice.Hears(700) > Loud / 2, "the clip still");

        studio.Endpoint.Hear(leg, new Heard.Nothing());
        Until.True(() =>
        {
            Collect();
            return !memory.IsAlive;
        }, "its memory is free");
        // who was about to play it is not left waiting for an end
        studio.Endpoint.Hear(leg, new Heard.Clip(clip));
        Until.True(() => studio.Events.OfType<MediaEvent.ClipEnded>().Any(e => e.Clip == clip), "the end of what is gone");
        Assert.NotEqual(clip, studio.Clips.Add("new", Wavs.Of(8000, 1, 16, 800)).Value);

        static void Collect()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    // apart, so that no local of the test keeps the clip alive
    private WeakReference Play(LegId leg, out ClipId clip)
    {
        clip = studio.Clips.Add("gone", Wavs.Of(Wavs.Tone(700, 8000 * 30))).Value;
        studio.Endpoint.Hear(leg, new Heard.Clip(clip, Loop: true));
        return new WeakReference(studio.Clips.Get(clip));
    }

    [Fact]
    public void The_same_order_again_changes_nothing()
    {
        var leg = studio.Call(alice);
        var clip = studio.Clips.Add("mark", Players.Wavs.Of(8000, 1, 16, 8000, hertz: 700)).Value;
        studio.Endpoint.Hear(leg, new Heard.Clip(clip, Loop: true));
        Until.True(() => alice.Heard.Count > 30, "some frames");
        studio.Endpoint.Hear(leg, new Heard.Clip(clip, Loop: true));
        Until.True(() => alice.Heard.Count > 60, "more frames");
        Assert.Equal(1, alice.Heard.Skip(2).Count(d => Read(d).Marker) + 1);
    }

    [Fact]
    public void Reports_tell_loss_jitter_and_round_trip_both_ways()
    {
        var leg = studio.Call(alice);
        studio.Endpoint.Hear(leg, new Heard.Nothing());
        alice.Talk(440);
        Until.True(() => alice.Reports.Count > 0 && studio.Endpoint.Stats(leg)!.PacketsReceived > 10, "our first report");
        Assert.True(Media.Rtp.Rtcp.TryRead(alice.Reports[0], alice.Ssrc, out var ours));
        Assert.True(ours is { HasSenderInfo: true, HasBlock: true, FractionLost: 0 });
        var report = new byte[Media.Rtp.Rtcp.MaxLength];
        var length =
            Media.Rtp.Rtcp.Write(report, alice.Ssrc, null, new(ours.SenderSsrc, 64, 7, 1000, 80, ours.SenderNtp, 0), "alice", bye: false);
        alice.SendReport(report.AsSpan(0, length));
        Until.True(() => studio.Endpoint.Stats(leg)!.RoundTripMs is not null, "the round trip");
        var stats = studio.Endpoint.Stats(leg)!;
        Assert.Equal((7, 0.25, 10.0), (stats.RemotePacketsLost, stats.RemoteFractionLost, stats.RemoteJitterMs));
        Assert.InRange(stats.RoundTripMs!.Value, 0, 10_000);
        Assert.Equal(0, stats.PacketsLost);
        Assert.True(stats.PacketsSent > 10);
        studio.Endpoint.Close(leg);
        Until.True(() => Media.Rtp.Rtcp.TryRead(alice.Reports[^1], alice.Ssrc, out var last) && last.Bye, "goodbye");
    }

    [Fact]
    public void Reports_on_the_port_of_RTP_are_answered_there()
    {
        var leg = studio.Call(alice, alice.Sdp(more: "a=rtcp-mux\r\n"));
        Assert.Equal(alice.Server, alice.ServerReports);
        studio.Endpoint.Hear(leg, new Heard.Nothing());
        alice.Talk(440);
        Until.True(() => alice.Reports.Count > 0, "a report");
        Assert.NotNull(studio.Endpoint.Stats(leg));
    }

    private static Media.Rtp.RtpPacket Read(byte[] datagram) => Rtp.Packets.Read(datagram);

    private static List<(uint Timestamp, bool End)> Events(Phone phone) =>
        [.. phone.Heard.Where(d => (d[1] & 0x7F) == 101).Select(d => (Read(d).Timestamp, (d[13] & 0x80) != 0))];
}
