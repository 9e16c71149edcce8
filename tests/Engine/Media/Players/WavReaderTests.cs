using Tccc.Media.Players;

namespace Tccc.Media.Tests.Players;

public class WavReaderTests
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
        var samples = WavReader.Read(Wavs.Of(rate, channels, bits, rate)).Value;
        Assert.InRange(samples.Length, 7990, 8010);
        Assert.InRange(Level.At(samples.AsSpan(800, 6400), 500), 7800, 8200);
    }

    [Theory]
    [InlineData(5000)]
    [InlineData(7500)]
    [InlineData(9000)]
    public void What_a_telephone_cannot_carry_does_not_fold_back(double hertz)
    {
        var samples = WavReader.Read(Wavs.Of(48000, 1, 16, 48000, hertz)).Value;
        Assert.True(samples.Skip(400).Take(7000).Max(s => Math.Abs((int)s)) < 30);
    }

    [Fact]
    public void The_band_up_to_3400_Hz_passes()
    {
        var samples = WavReader.Read(Wavs.Of(44100, 1, 16, 44100, 3400)).Value;
        Assert.InRange(Level.At(samples.AsSpan(800, 6400), 3400), 7600, 8200);
    }

    [Fact]
    public void Two_channels_are_mixed()
    {
        var wav = Wavs.Of(8000, 2, 16, 100, level: 0);
        for (var i = 44; i < wav.Length; i += 4) BitConverter.TryWriteBytes(wav.AsSpan(i), (short)1000);
        Assert.All(WavReader.Read(wav).Value, s => Assert.Equal(500, s));
    }

    [Fact]
    public void Other_chunks_are_passed_over()
    {
        var wav = Wavs.Of(8000, 1, 16, 100);
        byte[] with = [.. wav[..12], .. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0, .. wav[12..]];
        Assert.Equal(100, WavReader.Read(with).Value.Length);
    }

    [Fact]
    public void Files_that_cannot_be_played_say_why()
    {
        string Why(byte[] wav) => Assert.IsType<BadWav>(WavReader.Read(wav).Error).Why;
        Assert.Contains("no RIFF", Why([]), StringComparison.Ordinal);
        Assert.Contains("no RIFF", Why("ID3 something that is an MP3"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("not PCM", Why(Wavs.Of(8000, 1, 16, 10, tag: 85)), StringComparison.Ordinal);
        Assert.Contains("24 bits", Why(Wavs.Of(8000, 1, 24, 10)), StringComparison.Ordinal);
        Assert.Contains("channels", Why(Wavs.Of(8000, 9, 16, 10)), StringComparison.Ordinal);
        Assert.Contains("1000 Hz", Why(Wavs.Of(1000, 1, 16, 10)), StringComparison.Ordinal);
        Assert.Contains("empty", Why(Wavs.Of(8000, 1, 16, 0)), StringComparison.Ordinal);
        Assert.Contains("no data", Why(Wavs.Of(8000, 1, 16, 0)[..36]), StringComparison.Ordinal);
    }
}
