namespace Tccc.Media.Tests.Players;

public sealed class SpeechTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tccc-speech").FullName;
    private readonly Clips clips;

    public SpeechTests() => clips = new Clips(folder);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("Welcome. Please press one.", "en")]
    [InlineData("欢迎致电", "cmn")]
    [InlineData("--help; $(touch x) `touch y` | -w z", "en")]
    public async Task A_text_is_spoken_and_kept(string text, string voice)
    {
        var clip = await clips.Speak(text, voice);
        Assert.True(clip.Ok, clip.Error?.ToString());
        Assert.InRange(clips.DurationOf(clip.Value)!.Value.TotalSeconds, 0.5, 30);
        var file = Assert.Single(Directory.GetFiles(folder));
        Assert.Matches("^[0-9a-f]{64}\\.wav$", Path.GetFileName(file));
        // as a telephone hears it, so that the next start has nothing to resample
        Assert.Equal(8000, BitConverter.ToInt32(await File.ReadAllBytesAsync(file), 24));
        var written = File.GetLastWriteTimeUtc(file);
        Assert.Equal(clip.Value, (await clips.Speak(text, voice)).Value);
        var again = await new Clips(folder).Speak(text, voice);
        Assert.True(again.Ok);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Assert.Single(Directory.GetFiles(folder))));
    }

    [Theory]
    [InlineData("", "en")]
    [InlineData("   ", "en")]
    [InlineData("hello", "")]
    [InlineData("hello", "--help")]
    [InlineData("hello", "../../etc/passwd")]
    [InlineData("hello", "en -w x")]
    [InlineData("hello", "zzzz")]
    public async Task What_cannot_be_spoken_says_so_and_leaves_no_file(string text, string voice)
    {
        Assert.IsType<NoSpeech>((await clips.Speak(text, voice)).Error);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task Without_a_folder_nothing_is_spoken() => Assert.IsType<NoSpeech>((await new Clips().Speak("hello", "en")).Error);
}
