using Tccc.Media.Codecs;
using Tccc.Media.Players;

namespace Tccc.Media.Tests.Players;

public class SoundFileTests
{
    [Theory]
    [InlineData(8000, 1, 16)]
    [InlineData(8000, 2, 8)]
    [InlineData(16000, 1, 16)]
    [InlineData(22050, 1, 16)]
    [InlineData(44100, 2, 16)]
    [InlineData(48000, 1, 8)]
    [InlineData(11025, 1, 16)]
    [InlineData(7999, 1, 16)]
    public void A_tone_keeps_its_pitch_level_and_length(int rate, int channels, int bits)
    {
        var samples = SoundFile.Read(Wavs.Of(rate, channels, bits, rate)).Value;
        Assert.InRange(samples.Length, 7990, 8010);
        Assert.InRange(Level.At(samples.AsSpan(800, 6400), 500), 7800, 8200);
    }

    [Theory]
    [InlineData(5000)]
    [InlineData(7500)]
    [InlineData(9000)]
    public void What_a_telephone_cannot_carry_does_not_fold_back(double hertz)
    {
        var samples = SoundFile.Read(Wavs.Of(48000, 1, 16, 48000, hertz)).Value;
        Assert.True(samples.Skip(400).Take(7000).Max(s => Math.Abs((int)s)) < 30);
    }

    [Fact]
    public void The_band_up_to_3400_Hz_passes()
    {
        var samples = SoundFile.Read(Wavs.Of(44100, 1, 16, 44100, 3400)).Value;
        Assert.InRange(Level.At(samples.AsSpan(800, 6400), 3400), 7600, 8200);
    }

    [Fact]
    public void Two_channels_are_mixed()
    {
        var wav = Wavs.Of(8000, 2, 16, 100, level: 0);
        for (var i = 44; i < wav.Length; i += 4) BitConverter.TryWriteBytes(wav.AsSpan(i), (short)1000);
        Assert.All(SoundFile.Read(wav).Value, s => Assert.Equal(500, s));
    }

    [Fact]
    public void Other_chunks_are_passed_over()
    {
        var wav = Wavs.Of(8000, 1, 16, 100);
        byte[] with = [.. wav[..12], .. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0, .. wav[12..]];
        Assert.Equal(100, SoundFile.Read(with).Value.Length);
    }

    [Fact]
    public void Files_that_cannot_be_played_say_why()
    {
        string Why(byte[] wav) => Assert.IsType<BadSound>(SoundFile.Read(wav).Error).Why;
        Assert.Contains("neither", Why([]), StringComparison.Ordinal);
        Assert.Contains("no sound", Why("ID3 something that is no MP3"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("encoding 85", Why(Wavs.Of(8000, 1, 16, 10, tag: 85)), StringComparison.Ordinal);
        Assert.Contains("4 bits", Why(Wavs.Of(8000, 2, 4, 10)), StringComparison.Ordinal);
        Assert.Contains("9 channels", Why(Wavs.Of(8000, 9, 16, 10)), StringComparison.Ordinal);
        Assert.Contains("0 channels", Why(Wavs.Of(8000, 0, 16, 10)), StringComparison.Ordinal);
        Assert.Contains(" 0 Hz", Why(Wavs.Of(0, 1, 16, 10)), StringComparison.Ordinal);
        Assert.Contains("1000 Hz", Why(Wavs.Of(1000, 1, 16, 10)), StringComparison.Ordinal);
        Assert.Contains("384000 Hz", Why(Wavs.Of(384_000, 1, 16, 10)), StringComparison.Ordinal);
        var frames = Wavs.Of(8000, 1, 16, 10);
        frames[32] = 4;
        Assert.Contains("do not fit", Why(frames), StringComparison.Ordinal);
        var form = Wavs.Of(8000, 1, 16, 10);
        form[16] = 14;
        Assert.Contains("too short", Why(form), StringComparison.Ordinal);
        Assert.Contains("empty", Why(Wavs.Of(8000, 1, 16, 0)), StringComparison.Ordinal);
        Assert.Contains("no data", Why(Wavs.Of(8000, 1, 16, 0)[..36]), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Case", "F-C8")]
    [InlineData(1, 24)]
    [InlineData(1, 32)]
    [InlineData(3, 32)]
    [InlineData(3, 64)]
    [InlineData(6, 8)]
    [InlineData(7, 8)]
    public void Every_common_encoding_keeps_its_level(int tag, int bits)
    {
        var wav = Wavs.Of(8000, 1, bits, 8000, tag: tag);
        for (var i = 0; i < 8000; i++)
        {
            var sample = (short)(8000 * Math.Sin(2 * Math.PI * 500 * i / 8000));
            var at = wav.AsSpan(44 + (i * bits / 8));
            switch (tag, bits)
            {
                case (1, 24): BitConverter.GetBytes(sample << 8).AsSpan(0, 3).CopyTo(at); break;
                case (1, _): BitConverter.TryWriteBytes(at, sample << 16); break;
                case (3, 32): BitConverter.TryWriteBytes(at, sample / 32768f); break;
                case (3, _): BitConverter.TryWriteBytes(at, sample / 32768.0); break;
                default: at[0] = G711.Encode(tag == 6 ? AudioCodec.Pcma : AudioCodec.Pcmu, sample); break;
            }
        }
        var samples = SoundFile.Read(wav).Value;
        Assert.Equal(8000, samples.Length);
        Assert.InRange(Level.At(samples.AsSpan(800, 6400), 500), 7800, 8200);
    }

    [Fact]
    [Trait("Case", "F-C8")]
    public void Numbers_that_are_none_are_silence_and_those_too_large_are_full_scale()
    {
        var wav = Wavs.Of(8000, 1, 32, 4, tag: 3);
        foreach (var (value, i) in new[] { float.NaN, float.PositiveInfinity, -1e30f, 0.5f }.Select((v, i) => (v, i)))
            BitConverter.TryWriteBytes(wav.AsSpan(44 + (4 * i)), value);
        Assert.Equal(new short[] { 0, short.MaxValue, short.MinValue, 16384 }, SoundFile.Read(wav).Value);
    }

    [Fact]
    [Trait("Case", "F-C8")]
    public void Sizes_that_lie_are_believed_only_as_far_as_there_are_bytes()
    {
        var lying = Wavs.Of(8000, 1, 16, 100);
        BitConverter.TryWriteBytes(lying.AsSpan(40), uint.MaxValue);
        Assert.Equal(100, SoundFile.Read(lying).Value.Length);
        "RF64"u8.CopyTo(lying);
        Assert.Equal(100, SoundFile.Read(lying).Value.Length);
        Assert.Equal(50, SoundFile.Read(Wavs.Of(8000, 1, 16, 100).AsMemory(..^100)).Value.Length);
        Assert.Equal(100, SoundFile.Read((byte[])[.. Wavs.Of(8000, 1, 16, 100), 1, 2, 3]).Value.Length);
    }

    [Theory]
    [Trait("Case", "F-C8")]
    [InlineData(4000)]
    [InlineData(8000)]
    public void A_file_that_unfolds_beyond_a_quarter_of_an_hour_is_given_up_where_the_limit_is(int rate)
    {
        var file = Wavs.Of(rate, 1, 8, 5000, level: 0);
        // as the largest upload would be: more than an hour
        byte[] hour = [.. file[..40], .. BitConverter.GetBytes(20_000_000), .. new byte[20_000_000]];
        Assert.IsType<SoundTooLong>(SoundFile.Read(hour).Error);
        Assert.IsType<BadSound>(SoundFile.Read(Wavs.Of(500, 1, 8, 10_000_000, level: 0)).Error);
    }

    [Fact]
    [Trait("Case", "F-C8")]
    public void A_reading_that_takes_too_long_ends_when_it_is_told_to()
    {
        using var over = new CancellationTokenSource();
        over.Cancel();
        Assert.Throws<OperationCanceledException>(() => SoundFile.Read(Wavs.Of(48000, 1, 16, 48000), over.Token));
    }

    [Fact]
    [Trait("Case", "F-C8")]
    public async Task More_uploads_than_may_wait_are_told_so_and_the_others_are_read()
    {
        var file = Wavs.Of(48000, 1, 16, 48000 * 20);
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Clips.Readable(file))));
        Assert.Contains(all, r => r.Ok);
        Assert.All(all.Where(r => !r.Ok), r => Assert.IsType<SoundsBusy>(r.Error));
        Assert.True((await Clips.Readable(file)).Ok);
    }

    [Fact]
    [Trait("Case", "F-C8")]
    public async Task What_is_kept_of_a_file_is_8_kHz_and_reads_the_same()
    {
        var kept = (await Clips.Readable(Wavs.Of(44100, 2, 16, 44100))).Value;
        Assert.InRange(kept.Length, 16_000, 16_100);
        Assert.InRange(Level.At(SoundFile.Read(kept).Value.AsSpan(800, 6400), 500), 7800, 8200);
    }
}
