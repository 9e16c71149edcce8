using System.Buffers.Binary;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Telephony;

namespace Tccc.Admin.Tests;

/// <summary>What may be uploaded as music or an announcement, and what is refused at the field; product.md §4.</summary>
[Collection(AdminSite.Name)]
public sealed class SaveSoundTests(Site site)
{
    private const string NoSound = "This file can't be played. Upload a WAV or an MP3";

    [Theory]
    [InlineData(8000, 1)]
    [InlineData(16000, 1)]
    [InlineData(48000, 2)]
    public async Task A_WAV_of_any_usual_rate_mono_or_stereo_is_kept_and_can_be_heard(int rate, int channels)
    {
        using var ada = await Administrator.Of(site, $"wav-{rate}-{channels}@test.example");
        var name = $"Wav {rate} {channels}";
        Assert.Equal("/admin/sounds?done=saved", (await Upload(ada, name, "music.wav", Wav(rate, channels, seconds: 2))).Location);
        var sound = ada.Center.Sounds.Values.Single(s => s.Name == name);
        Assert.InRange(sound.Milliseconds, 1990, 2010);
        Assert.NotNull(site.Services.GetRequiredService<SoundFiles>().FileOf(sound.Id));
    }

    [Fact]
    public async Task An_MP3_is_kept()
    {
        using var ada = await Administrator.Of(site, "mp3@test.example");
        Assert.Equal("/admin/sounds?done=saved", (await Upload(ada, "Mp3", "music.mp3", await Mp3())).Location);
        Assert.InRange(ada.Center.Sounds.Values.Single(s => s.Name == "Mp3").Milliseconds, 1900, 2200);
    }

    [Fact]
    [Trait("Case", "F-A2")]
    public async Task A_recording_that_can_not_be_kept_is_told_and_the_old_one_stays()
    {
        using var ada = await Administrator.Of(site, "no-room@test.example");
        await Upload(ada, "Stays", "music.wav", Wav(8000, 1, seconds: 2));
        var sound = ada.Center.Sounds.Values.Single(s => s.Name == "Stays");
        var file = site.Services.GetRequiredService<SoundFiles>().FileOf(sound.Id)!;
        var (before, folder) = (await File.ReadAllBytesAsync(file), Path.GetDirectoryName(file)!);
        System.IO.Directory.Move(folder, folder + ".away");
        await File.WriteAllTextAsync(folder, "no folder");
        try
        {
            var page = $"/admin/sounds/{sound.Id}";
            var version = (await ada.Visitor.Get(page)).Page.QuerySelector("input[name=Version]")!.GetAttribute("value")!;
            var refused = await ada.Visitor.Upload(
                page, page, "file", "music.wav", Wav(8000, 1, seconds: 3), ("Name", "Stays"), ("Source", "file"), ("Version", version));
            Assert.StartsWith("The server can't keep the recording", refused.At("File"), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(folder);
            System.IO.Directory.Move(folder + ".away", folder);
        }
        Assert.Equal(before, await File.ReadAllBytesAsync(file));
        Assert.Equal(sound.Milliseconds, ada.Center.Sounds[sound.Id].Milliseconds);
    }

    [Fact]
    [Trait("Case", "F-A2")]
    public async Task A_recording_whose_row_is_not_stored_leaves_nothing_behind()
    {
        using var ada = await Administrator.Of(site, "row-refused@test.example");
        await Upload(ada, "Old", "music.wav", Wav(8000, 1, seconds: 2));
        var files = site.Services.GetRequiredService<SoundFiles>();
        var (id, wav) = (ada.Center.Sounds.Values.Single(s => s.Name == "Old").Id, Wav(8000, 1, seconds: 3));
        var before = new FileInfo(files.FileOf(id)!).Length;
        using (await Read()) Assert.Equal(before, new FileInfo(files.FileOf(id)!).Length);
        Assert.Empty(System.IO.Directory.GetFiles(Path.GetDirectoryName(files.FileOf(id))!, "*.new"));
        using (var read = await Read()) read.Use();
        Assert.True(new FileInfo(files.FileOf(id)!).Length > before);
        Assert.Empty(System.IO.Directory.GetFiles(Path.GetDirectoryName(files.FileOf(id))!, "*.new"));

        async Task<NewSound> Read() => (await files.Read(id, wav)).Value;
    }

    [Fact]
    public async Task A_text_that_calls_itself_WAV_is_refused_at_the_file()
    {
        using var ada = await Administrator.Of(site, "text-wav@test.example");
        Assert.StartsWith(
            NoSound, (await Upload(ada, "Text", "music.wav", "This is no music at all, whatever its name says."u8.ToArray())).At("File"),
            StringComparison.Ordinal);
        Assert.StartsWith(NoSound, (await Upload(ada, "Cut", "music.wav", Wav(8000, 1, 1)[..30])).At("File"), StringComparison.Ordinal);
        Assert.DoesNotContain(ada.Center.Sounds.Values, s => s.Name is "Text" or "Cut");
    }

    [Fact]
    [Trait("Case", "F-D12")]
    public async Task A_file_that_a_refusal_threw_away_is_asked_for_again()
    {
        using var ada = await Administrator.Of(site, "file-again@test.example");
        var refused = await Upload(ada, "  ", "music.wav", Wav(8000, 1, 1));
        Assert.NotEqual("", refused.At("Name"));
        Assert.Equal("Choose the file again: it was not kept.", refused.Page.QuerySelector("#field-File-hint")!.TextContent);
    }

    [Fact]
    [Trait("Case", "F-C8")]
    public async Task A_file_that_unfolds_to_hours_is_refused_with_a_sentence_at_the_file()
    {
        using var ada = await Administrator.Of(site, "bomb@test.example");
        Assert.StartsWith(NoSound, (await Upload(ada, "Slow", "music.wav", Small(500, 10_000_000))).At("File"), StringComparison.Ordinal);
        var refused = (await Upload(ada, "Hours", "music.wav", Small(4000, 10_000_000))).At("File");
        Assert.Equal("This file would play longer than 15 minutes. Upload a shorter one.", refused);
        Assert.DoesNotContain(ada.Center.Sounds.Values, s => s.Name is "Slow" or "Hours");

        // one byte a sample
        static byte[] Small(int rate, int samples)
        {
            byte[] wav = [.. Wav(rate, 1, 0), .. new byte[samples]];
            (wav[32], wav[34]) = (1, 8);
            BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), samples);
            return wav;
        }
    }

    [Fact]
    public async Task An_empty_file_is_refused_at_the_file()
    {
        using var ada = await Administrator.Of(site, "empty-wav@test.example");
        Assert.Equal("Choose a WAV or MP3 file.", (await Upload(ada, "Empty", "music.wav", [])).At("File"));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_and_named_so()
    {
        using var ada = await Administrator.Of(site, "large@test.example");
        Assert.Equal(
            "The file is larger than 20 MB.", (await Upload(ada, "Large", "music.wav", new byte[SoundFiles.LargestUpload + 1])).At("File"));
        Assert.DoesNotContain(ada.Center.Sounds.Values, s => s.Name == "Large");
    }

    private static Task<Answer> Upload(Administrator ada, string name, string file, byte[] content) =>
        ada.Visitor.Upload(
            "/admin/sounds/new", "/admin/sounds", "file", file, content, ("Name", name), ("Source", "file"), ("Text", ""), ("Voice", "en"));

    private static byte[] Wav(int rate, int channels, int seconds)
    {
        var data = rate * channels * 2 * seconds;
        var wav = new byte[44 + data];
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), wav.Length - 8);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), rate * channels * 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), (short)(channels * 2));
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(34), 16);
        "data"u8.CopyTo(wav.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), data);
        for (var i = 0; i < data / 2; i++)
            BinaryPrimitives.WriteInt16LittleEndian(
                wav.AsSpan(44 + (2 * i)), (short)(8000 * Math.Sin(Math.Tau * 440 * (i / channels) / rate)));
        return wav;
    }

    /// <summary>Made by sox, which nothing but tests needs.</summary>
    private static async Task<byte[]> Mp3()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("tccc-mp3-").FullName;
        var (wav, mp3) = (Path.Combine(folder, "tone.wav"), Path.Combine(folder, "tone.mp3"));
        await File.WriteAllBytesAsync(wav, Wav(44100, 2, 2));
        using var sox = Process.Start("sox", [wav, mp3]);
        await sox.WaitForExitAsync();
        Assert.Equal(0, sox.ExitCode);
        var bytes = await File.ReadAllBytesAsync(mp3);
        System.IO.Directory.Delete(folder, recursive: true);
        return bytes;
    }
}
