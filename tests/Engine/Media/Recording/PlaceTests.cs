using Tccc.Media.Codecs;
using Tccc.Media.Recording;
using Tccc.Media.Tests.Players;

namespace Tccc.Media.Tests.Recording;

/// <summary>Where sound stands in a recording: at the time at which it came, ±20 ms, whatever the network and the clocks do.</summary>
public sealed class PlaceTests : IDisposable
{
    private const int Tolerance = 160;
    private readonly Deck deck = new();

    public void Dispose() => deck.Dispose();

    private static byte[] Tone(double hertz, int packet, AudioCodec codec) =>
    [
        .. Enumerable.Range(packet * Deck.Frame, Deck.Frame)
            .Select(i => G711.Encode(codec, (short)(8000 * Math.Sin(2 * Math.PI * hertz * i / Deck.Rate)))),
    ];

    private void Says(Channel channel, double hertz, int from, int to, uint ssrc = 1, AudioCodec codec = AudioCodec.Pcmu)
    {
        for (var i = 0; i * 20 < to - from; i++)
            deck.Tape.Put(
                channel, codec, ssrc, uint.MaxValue - 3000 + (uint)(i * Deck.Frame), Tone(hertz, i, codec), deck.At(from + (i * 20)));
    }

    private static (int First, int Last) Span(short[] samples) =>
        (Array.FindIndex(samples, s => Math.Abs((int)s) > 200), Array.FindLastIndex(samples, s => Math.Abs((int)s) > 200));

    [Fact]
    public void Tones_of_both_channels_stand_where_they_came_and_both_are_as_long_as_the_time()
    {
        Says(Channel.Said, 500, 1000, 2000);
        Says(Channel.Heard, 1000, 1500, 3000, codec: AudioCodec.Pcma);
        var ended = deck.Stop(4010);
        var (said, heard) = deck.Sound();
        Assert.Equal(RecordingEnd.Complete, ended.How);
        Assert.Equal(deck.Path, ended.Path);
        Assert.Equal(TimeSpan.FromMilliseconds(4010), ended.Length);
        Assert.Equal(4010 * 8, said.Length);
        Assert.InRange(Span(said).First, 8000, 8000 + 8);
        Assert.InRange(Span(said).Last, 16000 - 8, 16000);
        Assert.InRange(Span(heard).First, 12000, 12000 + 8);
        Assert.InRange(Span(heard).Last, 24000 - 8, 24000);
        Assert.InRange(Level.At(said.AsSpan(8000, 8000), 500), 7800, 8200);
        Assert.InRange(Level.At(said.AsSpan(8000, 8000), 1000), 0, 50);
        Assert.InRange(Level.At(heard.AsSpan(12000, 12000), 1000), 7800, 8200);
    }

    [Fact]
    public void Jitter_loss_and_disorder_move_nothing()
    {
        const int Packets = 3000;
        var random = new Random(5);
        var arrivals = Enumerable.Range(0, Packets).Where(i => i == 0 || random.Next(20) > 0)
            .Select(i => (At: (i * 20) + (i == 0 ? 0 : random.NextDouble() * 90), Packet: i)).OrderBy(a => a.At).ToList();
        foreach (var (at, packet) in arrivals) deck.Put(Channel.Said, at, (uint)(packet * Deck.Frame), LevelOf(packet));
        deck.Stop(Packets * 20);
        var (said, heard) = deck.Sound();
        Assert.Equal(Packets * Deck.Frame, said.Length);
        Assert.All(heard, s => Assert.Equal(0, s));
        var came = arrivals.Select(a => a.Packet).ToHashSet();
        for (var i = 0; i < Packets; i++)
            Assert.Equal(came.Contains(i) ? Deck.As(LevelOf(i)) : 0, said[(i * Deck.Frame) + (Deck.Frame / 2)]);
    }

    // neighbours differ, and none is silence
    private static short LevelOf(int packet) => (short)(1000 + (packet % 50 * 500));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_pause_is_as_long_as_it_was_whether_timestamps_go_on_in_it_or_not(bool timestampsGoOn)
    {
        var timestamp = 0u;
        foreach (var from in (int[])[0, 3000, 9000])
        {
            if (timestampsGoOn) timestamp = (uint)(from * 8);
            for (var i = 0; i < 50; i++, timestamp += Deck.Frame) deck.Put(Channel.Heard, from + (i * 20), timestamp, 5000);
        }
        deck.Stop(12000);
        var heard = deck.Sound().Heard;
        for (var second = 0; second < 12; second++)
            Assert.All(
                heard[((second * 8000) + Tolerance)..(((second + 1) * 8000) - Tolerance)],
                s => Assert.Equal(second is 0 or 3 or 9 ? Deck.As(5000) : 0, s));
    }

    [Fact]
    public void Short_pauses_that_timestamps_leave_out_are_made_up_for_in_two_seconds()
    {
        int At(int packet) => (packet * 20) + (packet / 200 * 300);
        for (var i = 0; i < 1000; i++) deck.Put(Channel.Said, At(i), (uint)(i * Deck.Frame), LevelOf(i));
        deck.Stop(At(1000));
        var said = deck.Sound().Said;
        for (var i = 0; i < 1000; i++)
            if (i < 200 || i % 200 > 100) Assert.Equal(Deck.As(LevelOf(i)), said[(At(i) + 10) * 8]);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(-200)]
    // each second it says 8 ms less than there are, with no gap that anybody would see
    [InlineData(8000)]
    public void A_source_with_a_clock_of_its_own_stays_in_place_for_hours(int slowByPpm)
    {
        var (seconds, most) = (slowByPpm == 8000 ? 2231 : 3 * 3600, 0L);
        var track = new Track();
        var random = new Random(1);
        for (var i = 0; i < seconds * 50; i++)
        {
            var time = (long)(i * Deck.Frame * (1 + (slowByPpm / 1e6)));
            var place = track.Place(1, (uint)(i * Deck.Frame), Deck.Frame, time + random.Next(80), out _);
            // counted from when it has come to rest
            if (i > 500) most = Math.Max(most, Math.Abs(place!.Value - time));
        }
        Assert.InRange(most, 0, Tolerance);
    }

    [Fact]
    public void A_stream_that_is_moved_has_no_hole_where_it_was()
    {
        for (var i = 0; i < 3000; i++) deck.Put(Channel.Said, i * 20 * 1.002, (uint)(i * Deck.Frame), 5000);
        deck.Stop(60000);
        Assert.All(deck.Sound().Said, s => Assert.Equal(Deck.As(5000), s));
    }

    [Fact]
    public void A_first_packet_that_was_late_does_not_keep_the_stream_late()
    {
        for (var i = 0; i < 500; i++) deck.Put(Channel.Said, i == 0 ? 190 : Math.Max(191, 20 * i), (uint)(i * Deck.Frame), LevelOf(i));
        deck.Stop(10000);
        var said = deck.Sound().Said;
        for (var i = 150; i < 500; i++) Assert.Equal(Deck.As(LevelOf(i)), said[(i * Deck.Frame) + (Deck.Frame / 2)]);
    }

    [Fact]
    public void After_a_stall_of_the_network_sound_is_in_its_place_again()
    {
        for (var i = 0; i < 500; i++) deck.Put(Channel.Said, i is >= 100 and < 200 ? 4000 : i * 20, (uint)(i * Deck.Frame), LevelOf(i));
        deck.Stop(10000);
        var said = deck.Sound().Said;
        Assert.Equal(80000, said.Length);
        for (var i = 350; i < 500; i++)
            Assert.Equal(Deck.As(LevelOf(i)), said[(i * Deck.Frame) + (Deck.Frame / 2)]);
    }

    [Theory]
    [InlineData(1u, 0u)]
    [InlineData(2u, 0u)]
    [InlineData(1u, 0x8000_0000u)]
    [InlineData(1u, 1_000_000u)]
    public void A_source_that_begins_anew_stands_where_it_came(uint ssrc, uint firstTimestamp)
    {
        for (var i = 0; i < 100; i++) deck.Put(Channel.Said, i * 20, 500_000 + (uint)(i * Deck.Frame), 2000);
        for (var i = 0; i < 100; i++) deck.Put(Channel.Said, 3000 + (i * 20), firstTimestamp + (uint)(i * Deck.Frame), 7000, ssrc);
        deck.Stop(6000);
        var said = deck.Sound().Said;
        Assert.Equal(Deck.As(2000), said[15900]);
        Assert.Equal(0, said[20000]);
        Assert.All(said[(24000 + 480)..39900], s => Assert.Equal(Deck.As(7000), s));
        Assert.Equal(0, said[40100]);
    }

    [Fact]
    public void What_is_said_in_a_pause_of_the_recording_is_not_in_it()
    {
        for (var i = 0; i < 300; i++)
        {
            deck.Tape.Paused = i is >= 100 and < 200;
            deck.Put(Channel.Said, i * 20, (uint)(i * Deck.Frame), 5000);
            deck.Put(Channel.Heard, i * 20, (uint)(i * Deck.Frame), 6000, ssrc: 2);
        }
        deck.Stop(6000);
        var (said, heard) = deck.Sound();
        for (var i = 0; i < 300; i++)
        {
            Assert.Equal(i is >= 100 and < 200 ? 0 : Deck.As(5000), said[(i * Deck.Frame) + 80]);
            Assert.Equal(i is >= 100 and < 200 ? 0 : Deck.As(6000), heard[(i * Deck.Frame) + 80]);
        }
    }

    [Fact]
    public void Packets_of_any_length_are_laid_whole()
    {
        var at = 0;
        foreach (var samples in (int[])[80, 160, 240, 480, 1588, 1, 800])
        {
            for (var i = 0; i < 30; i++, at += samples) deck.Put(Channel.Said, at / 8.0, (uint)at, 5000, samples: samples);
        }
        deck.Stop(at / 8.0);
        Assert.All(deck.Sound().Said, s => Assert.Equal(Deck.As(5000), s));
    }

    [Fact]
    public void Random_packets_never_break_it()
    {
        var random = new Random(11);
        var at = 0.0;
        for (var i = 0; i < 20_000; i++)
        {
            at += random.NextDouble() * (random.Next(500) == 0 ? 5000 : 30);
            var channel = random.GetItems(Enum.GetValues<Channel>(), 1)[0];
            var codec = random.GetItems(Enum.GetValues<AudioCodec>(), 1)[0];
            var timestamp = random.Next(4) == 0 ? (uint)random.NextInt64(1L << 32) : (uint)(at * 8);
            deck.Put(channel, at, timestamp, 5000, (uint)random.Next(3), random.Next(1, 1588), codec);
        }
        Assert.Equal(RecordingEnd.Complete, deck.Stop(at).How);
        Assert.Equal((int)(at * 8), deck.Sound().Said.Length, 1.0);
    }
}
