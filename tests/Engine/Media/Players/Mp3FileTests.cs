using System.Diagnostics;
using Tccc.Media.Players;

namespace Tccc.Media.Tests.Players;

/// <summary>MP3 files as another program writes them, and what strangers make of them.</summary>
[Trait("Case", "F-C8")]
public sealed class Mp3FileTests
{
    private static readonly byte[] Tag = [(byte)'I', (byte)'D', (byte)'3', 4, 0, 0];

    /// <summary>Two seconds of a tone, written by sox, which nothing but tests needs.</summary>
    private static byte[] Mp3(int rate, int channels, string compression)
    {
        var folder = Directory.CreateTempSubdirectory("tccc-mp3-").FullName;
        try
        {
            var file = Path.Combine(folder, "tone.mp3");
            using var sox =
                Process.Start(
                    "sox", ["-n", "-r", $"{rate}", "-c", $"{channels}", "-C", compression, file, "synth", "2", "sine", "500", "gain",
                        "-6"]);
            sox.WaitForExit();
            Assert.Equal(0, sox.ExitCode);
            return File.ReadAllBytes(file);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(44100, 2, "128.2")]
    [InlineData(48000, 1, "64.2")]
    [InlineData(44100, 2, "-4.2")]
    [InlineData(16000, 1, "24.2")]
    [InlineData(8000, 1, "8.2")]
    public void A_tone_keeps_its_pitch_and_length_at_any_rate_and_with_a_rate_that_varies(int rate, int channels, string compression)
    {
        var samples = SoundFile.Read(Mp3(rate, channels, compression)).Value;
        Assert.InRange(samples.Length, 15_500, 17_500);
        Assert.True(Level.At(samples.AsSpan(4000, 8000), 500) > 10_000);
    }

    [Fact]
    public void A_tag_that_claims_more_than_there_is_and_files_cut_off_or_spoilt_do_no_harm()
    {
        var mp3 = Mp3(44100, 2, "128.2");
        byte[][] files =
        [
            [.. Tag, 0x7F, 0x7F, 0x7F, 0x7F, .. mp3], [.. Tag, 0, 1, 0, 0, .. new byte[16384], .. mp3], mp3[..(mp3.Length / 2)], mp3[..10],
            [0xFF, 0xFB],
            [.. Enumerable.Repeat((byte)0xFF, 100_000)], [.. Enumerable.Range(0, 10_000).SelectMany(_ => (byte[])[.. Tag, 0, 0, 0, 0])],
        ];
        foreach (var file in files) Assert.True(SoundFile.Read(file) is { Ok: true, Value.Length: < 20_000 } or { Error: BadSound });
        Assert.InRange(SoundFile.Read(files[1]).Value.Length, 15_500, 17_500);
        var random = new Random(7);
        for (var i = 0; i < 40; i++)
        {
            var spoilt = (byte[])mp3.Clone();
            for (var j = 0; j < 60; j++) spoilt[random.Next(spoilt.Length)] = (byte)random.Next(256);
            Assert.True(SoundFile.Read(spoilt) is { Ok: true, Value.Length: < 200_000 } or { Error: BadSound });
        }
    }

    [Fact]
    public void Low_rates_unfold_no_further_than_a_quarter_of_an_hour()
    {
        var frames = Mp3(8000, 1, "8.2");
        byte[] hour = [.. Enumerable.Repeat(frames, 600).SelectMany(f => f)];
        Assert.IsType<SoundTooLong>(SoundFile.Read(hour).Error);
    }
}
