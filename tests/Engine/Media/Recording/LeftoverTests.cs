namespace Tccc.Media.Tests.Recording;

/// <summary>What a kill leaves plays as it is left, and the next start gives it its name.</summary>
public sealed class LeftoverTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tccc-left").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string In(string name) => Path.Combine(folder, name);

    // a recording that goes on, as a kill would leave it
    private byte[] Cut(int milliseconds)
    {
        using var deck = new Deck();
        for (var i = 0; i * 20 < milliseconds; i++) deck.Put(Tccc.Media.Recording.Channel.Said, i * 20, (uint)(i * Deck.Frame), 5000);
        deck.Write(milliseconds);
        var copy = In("copy");
        File.Copy(deck.Path + Recordings.Unfinished, copy, overwrite: true);
        var (said, _) = Deck.Read(copy);
        Assert.InRange(said.Length, (milliseconds - 2000) * 8, milliseconds * 8);
        Assert.All(said, s => Assert.Equal(Deck.As(5000), s));
        var bytes = File.ReadAllBytes(copy);
        File.Delete(copy);
        deck.Stop(milliseconds);
        return bytes;
    }

    [Fact]
    [Trait("Case", "K23")]
    public void A_kill_loses_at_most_two_seconds_and_the_next_start_tells_of_the_file()
    {
        var file = Cut(5000);
        Directory.CreateDirectory(In("7/2026"));
        File.WriteAllBytes(In("7/2026/a.wav.part"), file);
        // half a frame more than the head says
        File.WriteAllBytes(In("b.wav.part"), [.. file, 1, 2, 3]);
        // the head was not written, or only half
        byte[] torn = [.. file];
        torn.AsSpan(0, 30).Clear();
        File.WriteAllBytes(In("c.wav.part"), torn);
        File.WriteAllBytes(In("d.wav.part"), []);
        File.WriteAllBytes(In("e.wav.part"), file[..44]);
        File.WriteAllBytes(In("f.wav.part"), file[..47]);
        // somebody has the name
        File.WriteAllBytes(In("g.wav.part"), file);
        File.WriteAllText(In("g.wav"), "somebody's");
        File.WriteAllText(In("other.txt"), "no recording");

        var length = TimeSpan.FromSeconds((file.Length - 44) / 32000.0);
        Assert.Equal(
            [
                new(In("7/2026/a.wav"), In("7/2026/a.wav"), length),
                new(In("b.wav"), In("b.wav"), length),
                new(In("c.wav"), In("c.wav"), length),
                new(In("d.wav"), null, TimeSpan.Zero),
                new(In("e.wav"), null, TimeSpan.Zero),
                new(In("f.wav"), null, TimeSpan.Zero),
            ],
            Recordings.Mend(folder).OrderBy(cut => cut.Of, StringComparer.Ordinal));
        foreach (var name in (string[])["7/2026/a.wav", "b.wav", "c.wav"]) Assert.Equal(file, File.ReadAllBytes(In(name)));
        Assert.Equal("somebody's", File.ReadAllText(In("g.wav")));
        Assert.Equal(
            ["7", "b.wav", "c.wav", "g.wav", "g.wav.part", "other.txt"],
            Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Empty(Recordings.Mend(folder));
    }

    [Fact]
    public void A_folder_that_is_not_there_has_nothing_to_mend() => Assert.Empty(Recordings.Mend(In("none")));
}
