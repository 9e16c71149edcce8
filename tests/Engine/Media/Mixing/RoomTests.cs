using System.Collections.Immutable;
using Tccc.Media.Codecs;
using Tccc.Media.Mixing;
using Tccc.Media.Tests.Rtp;

namespace Tccc.Media.Tests.Mixing;

/// <summary>The sum of many without the one who listens.</summary>
public class RoomTests
{
    private static readonly LegId A = new(1), B = new(2), C = new(3);
    private readonly MediaCounters counters = new();
    private readonly Room room = new([A, B, C]);
    private readonly Dictionary<LegId, Voice> voices = [];
    private int said;

    public RoomTests()
    {
        foreach (var leg in room.Everybody)
        {
            voices[leg] = new Voice(counters);
            room.Enter(leg, voices[leg]);
        }
    }

    // a level each, over some ticks so that no slope is left
    private short Heard(LegId listener, AudioCodec codec, params (LegId Leg, short Level)[] levels)
    {
        byte heard = 0;
        for (var i = 0; i < 3; i++, said++)
        {
            foreach (var (leg, level) in levels)
            {
                var fill = G711.Encode(AudioCodec.Pcma, level);
                voices[leg].Put(Packets.Read(Packets.Of(said, (uint)(said * 160), payloadType: 8, fill: fill)), AudioCodec.Pcma);
            }
            heard = room.Frame(listener, codec, said)[^1];
        }
        return G711.Decode(codec, heard);
    }

    [Theory]
    [InlineData(1, -2000 + 1200)]
    [InlineData(2, 5500 + 1200)]
    [InlineData(3, 5500 - 2000)]
    public void Everybody_hears_the_sum_of_the_others(long listener, int sum)
    {
        foreach (var codec in Enum.GetValues<AudioCodec>())
            Assert.InRange(Heard(new LegId(listener), codec, (A, 5500), (B, -2000), (C, 1200)) - sum, -300, 300);
    }

    [Fact]
    public void A_sum_that_is_too_loud_saturates_and_does_not_wrap()
    {
        Assert.InRange(Heard(A, AudioCodec.Pcmu, (A, 0), (B, 30000), (C, 30000)), 31000, short.MaxValue);
        Assert.InRange(Heard(A, AudioCodec.Pcma, (A, 0), (B, -30000), (C, -30000)), short.MinValue, -31000);
    }

    [Fact]
    public void One_s_own_loudness_takes_nothing_from_the_others()
    {
        Assert.InRange(Heard(A, AudioCodec.Pcmu, (A, 32000), (B, 20000), (C, -14000)), 5700, 6400);
        Assert.InRange(Heard(A, AudioCodec.Pcmu, (A, 32000), (B, 8000), (C, 8000)), 15400, 16600);
    }

    [Fact]
    public void A_stranger_hears_all_and_who_left_is_not_heard()
    {
        var supervisor = new LegId(9);
        Assert.InRange(Heard(supervisor, AudioCodec.Pcmu, (A, 4000), (B, 4000), (C, 4000)), 11400, 12600);
        room.Leave(C);
        Assert.InRange(Heard(supervisor, AudioCodec.Pcmu, (A, 4000), (B, 4000), (C, 4000)), 7600, 8400);
        room.Leave(A);
        room.Leave(B);
        Assert.Equal(0, Heard(supervisor, AudioCodec.Pcma, (A, 4000)) / 16);
    }

    [Fact]
    public void Frames_of_silence_come_while_nobody_speaks()
    {
        Assert.Equal(-1, room.Frame(A, AudioCodec.Pcmu, 1).IndexOfAnyExcept(G711.UlawSilence));
        Assert.Equal(-1, room.Frame(B, AudioCodec.Pcma, 1).IndexOfAnyExcept(G711.AlawSilence));
        // one's own voice is no sound for oneself
        voices[A].Put(Packets.Read(Packets.Of(1, 160, fill: 0x10)), AudioCodec.Pcmu);
        Assert.Equal(-1, room.Frame(A, AudioCodec.Pcmu, 2).IndexOfAnyExcept(G711.UlawSilence));
        Assert.NotEqual(-1, room.Frame(B, AudioCodec.Pcmu, 2).IndexOfAnyExcept(G711.UlawSilence));
    }

    [Fact]
    public void The_order_names_a_set()
    {
        var order = new Heard.Legs([A, B, C]);
        Assert.Equal(order, new Heard.Legs([C, A, B]));
        Assert.Equal(order.GetHashCode(), new Heard.Legs([B, C, A]).GetHashCode());
        Assert.NotEqual<Heard>(order, new Heard.Legs([A, B]));
        Assert.True((Heard)order == new Heard.Legs([C, B, A]));
        Assert.Throws<ArgumentException>(() => new Heard.Legs([]));
        Assert.Throws<ArgumentException>(() => new Heard.Legs(default));
        Assert.Throws<ArgumentException>(() => new Heard.Legs([A]));
        Assert.Throws<ArgumentException>(() => new Heard.Legs([A, B, A]));
        Assert.Equal(Mix.SourcesAtMost, new Heard.Legs(Many(Mix.SourcesAtMost)).Sources.Length);
        Assert.Throws<ArgumentException>(() => new Heard.Legs(Many(Mix.SourcesAtMost + 1)));

        static ImmutableArray<LegId> Many(int count) => [.. Enumerable.Range(1, count).Select(i => new LegId(i))];
    }
}
