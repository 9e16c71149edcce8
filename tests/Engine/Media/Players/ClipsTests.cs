using Tccc.Media.Codecs;
using Tccc.Media.Players;

namespace Tccc.Media.Tests.Players;

public class ClipsTests
{
    private readonly Clips clips = new();

    private short[] Samples(ClipId id)
    {
        var clip = clips.Get(id)!;
        List<short> samples = [];
        for (var i = 0; i < clip.Frames; i++)
            foreach (var b in clip.Frame(i)) samples.Add(G711.Decode(AudioCodec.Pcmu, b));
        return [.. samples];
    }

    [Fact]
    public void Hold_music_is_quiet_lasts_some_seconds_and_is_no_measuring_tone()
    {
        var music = Samples(Clips.HoldMusic);
        Assert.InRange(clips.DurationOf(Clips.HoldMusic)!.Value.TotalSeconds, 8, 30);
        Assert.InRange(music.Max(s => Math.Abs((int)s)), 2000, 9000);
        for (var second = 0; second + 1 < music.Length / 8000; second++)
        {
            var part = music.AsSpan(second * 8000, 8000);
            var all = Math.Sqrt(part.ToArray().Average(s => (double)s * s));
            Assert.True(all > 100, $"silent at {second} s");
            Assert.True(Level.At(part, 440) < 0.1 * all, $"440 Hz at {second} s");
            Assert.True(Level.At(part, 1000) < 0.1 * all, $"1 kHz at {second} s");
        }
    }

    [Fact]
    public void Hold_music_has_no_crack_where_it_begins_anew()
    {
        var music = Samples(Clips.HoldMusic);
        var steps = music.Zip(music.Skip(1), (a, b) => Math.Abs(a - b)).Max();
        Assert.True(Math.Abs(music[0] - music[^1]) <= steps);
    }

    [Fact]
    public void Ring_back_is_450_Hz_one_second_of_five()
    {
        var tone = Samples(Clips.RingBack);
        Assert.Equal(40000, tone.Length);
        Assert.InRange(Level.At(tone.AsSpan(1000, 6000), 450), 3500, 4500);
        Assert.True(Level.At(tone.AsSpan(9000, 30000), 450) < 10);
    }

    [Fact]
    public void The_answer_beep_is_short() => Assert.InRange(clips.DurationOf(Clips.AnswerBeep)!.Value.TotalMilliseconds, 100, 500);

    [Fact]
    public void A_WAV_can_be_added_found_and_replaced()
    {
        var id = clips.Add("welcome", Wavs.Of(16000, 1, 16, 16000)).Value;
        Assert.Equal(id, clips.Find("welcome"));
        Assert.Equal(1, clips.DurationOf(id)!.Value.TotalSeconds);
        Assert.Equal(id, clips.Add("welcome", Wavs.Of(16000, 1, 16, 32000)).Value);
        Assert.Equal(2, clips.DurationOf(id)!.Value.TotalSeconds);
        Assert.IsType<BadSound>(clips.Add("welcome", "no wav"u8.ToArray()).Error);
        Assert.Equal(2, clips.DurationOf(id)!.Value.TotalSeconds);
        Assert.Null(clips.Find("goodbye"));
        Assert.Null(clips.DurationOf(new ClipId(99)));
    }
}
