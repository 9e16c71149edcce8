using Tccc.Media.Codecs;
using Tccc.Media.Mixing;
using Tccc.Media.Tests.Players;
using Tccc.Media.Tests.Rtp;

namespace Tccc.Media.Tests.Mixing;

/// <summary>What a mix gets of a source whose line and clock are not ours.</summary>
public class VoiceTests
{
    private const int Minute = 50 * 60;
    private readonly Line line = new();

    // how many packets later than the last one that came each heard one is, at the end of a run
    private int BehindAtTheEnd(int newest) => (Line.Of(newest) - line.Heard[^1]!.Value + 100) % 100;

    private void AssertInOrder(int from)
    {
        var packets = line.Heard.Skip(from).Where(p => p is not null).Select(p => p!.Value).ToList();
        Assert.All(packets.Zip(packets.Skip(1)), pair => Assert.InRange((pair.Second - pair.First + 100) % 100, 1, 10));
    }

    [Fact]
    public void Each_packet_of_a_steady_source_is_heard_at_the_tick_after_it_and_none_is_missed()
    {
        for (var i = 0; i < 1000; i++) line.Arrives(i, (i * 20) + 5);
        line.Run(1000);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (int?)Line.Of(i)), line.Heard);
        Assert.Equal((0, 0, 0), (line.Counters.MixDry, line.Counters.MixLate, line.Counters.MixOverflow));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Packets_up_to_60_ms_late_are_heard_all_once_the_buffer_is_deep_enough(bool inOrder)
    {
        const int Packets = Minute, Settled = 200;
        var random = new Random(7);
        double last = 0;
        for (var i = 0; i < Packets; i++)
        {
            var at = (i * 20) + (random.NextDouble() * 60);
            last = inOrder ? Math.Max(last, at) : at;
            line.Arrives(i, last);
        }
        line.Run(Packets);
        AssertInOrder(Settled);
        Assert.InRange(line.Heard.Skip(Settled).Count(p => p is null), 0, Packets / 500);
        Assert.InRange(BehindAtTheEnd(Packets - 1), 0, 5);
    }

    [Fact]
    public void What_is_lost_is_silence_of_its_length_and_makes_nothing_later()
    {
        for (var i = 0; i < 1000; i++)
            if (i % 10 != 9) line.Arrives(i, (i * 20) + 5);
        line.Run(1000);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => i % 10 == 9 ? null : (int?)Line.Of(i)), line.Heard);
        Assert.Equal(100, line.Counters.MixDry);
    }

    [Fact]
    public void What_comes_twice_is_heard_once_and_makes_nothing_later()
    {
        for (var i = 0; i < 500; i++)
        {
            line.Arrives(i, (i * 20) + 5);
            line.Arrives(i, (i * 20) + 45);
        }
        line.Run(500);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => (int?)Line.Of(i)), line.Heard);
        Assert.InRange(line.Counters.MixLate, 490, 500);
    }

    [Theory]
    [InlineData(+200)]
    [InlineData(-200)]
    public void A_clock_200_ppm_off_costs_a_frame_in_100_seconds_and_no_delay_that_grows(int ppm)
    {
        const int Ticks = 20 * Minute;
        var each = 20 / (1 + (ppm / 1e6));
        var packets = (int)(Ticks * 20 / each);
        var random = new Random(3);
        for (var i = 0; i < packets; i++) line.Arrives(i, (i * each) + 5 + random.NextDouble());
        line.Run(Ticks);
        // 20 minutes at 200 ppm are 240 ms
        var heard = line.Heard.Count(p => p is not null);
        Assert.InRange(heard, Math.Min(Ticks, packets) - 16, Ticks);
        Assert.InRange(line.Counters.MixDry + line.Counters.MixOverflow, 8, 16);
        Assert.InRange(BehindAtTheEnd(packets - 1), 0, 3);
        AssertInOrder(0);
    }

    [Fact]
    public void Of_more_than_may_wait_the_oldest_are_dropped()
    {
        for (var i = 0; i < 60; i++) line.Arrives(i, 1000);
        line.Run(49);
        Assert.All(line.Heard, p => Assert.Null(p));
        for (var tick = 50; tick < 60; tick++)
        {
            if (tick == 50)
                for (var i = 0; i < 60; i++) line.Put(i);
            Assert.Equal(Line.Of(tick), line.Hear(tick));
        }
        Assert.Null(line.Hear(60));
        Assert.Equal(50, line.Counters.MixOverflow);
    }

    [Fact]
    public void Delay_that_a_burst_left_is_cut_again_when_it_was_not_needed()
    {
        for (var i = 0; i < 2 * Minute; i++) line.Arrives(i, i is > 100 and < 106 ? 106 * 20 : (i * 20) + 5);
        line.Run(2 * Minute);
        Assert.InRange(line.Counters.MixDry, 1, 6);
        Assert.InRange(line.Counters.MixOverflow, 3, 6);
        Assert.InRange(BehindAtTheEnd((2 * Minute) - 1), 0, 2);
    }

    [Fact]
    public void A_source_that_begins_anew_is_heard_at_once()
    {
        for (var i = 0; i < 10; i++)
        {
            line.Put(i);
            Assert.Equal(Line.Of(i), line.Hear(i));
        }
        line.Put(10, ssrc: 2, origin: 77);
        Assert.Equal(10, line.Hear(10));
        line.Put(11, ssrc: 2, origin: 4_000_000);
        Assert.Equal(11, line.Hear(11));
        line.Put(12, ssrc: 2, origin: 90);
        Assert.Equal(12, line.Hear(12));
    }

    [Fact]
    public void After_a_pause_it_is_heard_as_late_as_before_it()
    {
        for (var i = 0; i < 50; i++) line.Arrives(i, (i * 20) + (i == 3 ? 45 : 5));
        for (var i = 400; i < 450; i++) line.Arrives(i, (i * 20) + 5);
        line.Run(450);
        Assert.Equal(Line.Of(48), line.Heard[49]);
        Assert.Equal(Line.Of(448), line.Heard[449]);
        Assert.All(line.Heard.Skip(51).Take(350), p => Assert.Null(p));
        Assert.Equal(Line.Of(400), line.Heard[401]);
    }

    [Fact]
    public void Ticks_at_which_nobody_asked_are_not_made_up_for()
    {
        Assert.Null(line.Hear(0));
        for (var i = 0; i < 8; i++) line.Put(i);
        Assert.Equal(0, line.Hear(1));
        Assert.Equal(4, line.Hear(5));
        Assert.Equal(5, line.Hear(6));
    }

    [Fact]
    public void What_came_before_the_first_who_asked_makes_nothing_later_but_one_packet()
    {
        for (var i = 0; i < 100; i++) line.Put(i);
        for (var tick = 1; tick < 10; tick++)
        {
            Assert.Equal(Line.Of(97 + tick), line.Hear(tick));
            line.Put(99 + tick);
        }
    }

    [Theory]
    [InlineData(80)]
    [InlineData(240)]
    [InlineData(480)]
    public void Packets_of_another_length_are_one_sound_too(int samples)
    {
        List<short> heard = [];
        var said = 0;
        for (var tick = 1; tick <= 300; tick++)
        {
            for (; (said + samples) <= (tick * 160) - 40; said += samples) Say(said, samples);
            var frame = line.Voice.Take(tick);
            heard.AddRange(frame.IsEmpty ? new short[160] : frame.ToArray());
        }
        Assert.InRange(Level.At([.. heard.TakeLast(200 * 160)], 440), 7900, 8100);
        Assert.InRange(line.Counters.MixDry, 0, 3);
    }

    [Fact]
    public void A_voice_that_stops_or_comes_back_does_not_click()
    {
        short before = 0;
        for (var tick = 1; tick <= 200; tick++)
        {
            if (tick % 20 is < 9 or 11 or > 13) Say(tick * 160, 160);
            foreach (var sample in line.Voice.Take(tick))
            {
                // the tone itself steps by 2765, and a slope of 4 ms by 250 at most
                Assert.InRange(Math.Abs(sample - before), 0, 3100);
                before = sample;
            }
        }
    }

    [Fact]
    public void Neither_putting_nor_taking_costs_an_allocation()
    {
        var packet = Packets.Of(1, 0);
        Run(0, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(100, 10_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run(int from, int ticks)
        {
            for (var tick = from; tick < from + ticks; tick++)
            {
                if (tick % 7 != 0)
                {
                    Media.Rtp.RtpPacket.WriteHeader(packet, 0, false, (ushort)tick, (uint)(tick * 160), 1);
                    Assert.True(Media.Rtp.RtpPacket.TryRead(packet, out var read));
                    line.Voice.Put(read, AudioCodec.Pcma);
                }
                line.Voice.Take(tick);
            }
        }
    }

    private void Say(int from, int samples)
    {
        var packet = Packets.Of(0, (uint)from, size: samples);
        for (var i = 0; i < samples; i++)
            packet[12 + i] = G711.Encode(AudioCodec.Pcmu, (short)(8000 * Math.Sin(2 * Math.PI * 440 * (from + i) / 8000)));
        line.Voice.Put(Packets.Read(packet), AudioCodec.Pcmu);
    }
}
