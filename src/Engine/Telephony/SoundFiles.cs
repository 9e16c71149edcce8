using Microsoft.Extensions.Logging;
using Tccc.Directory;
using Tccc.Media;
using Tccc.Platform;

namespace Tccc.Telephony;

/// <summary>
/// The recordings of all centers: kept as WAV files in the data folder, by their id, and played from memory. The rows are Directory's.
/// </summary>
public sealed partial class SoundFiles
{
    /// <summary>Bytes of an uploaded file.</summary>
    public const int LargestUpload = 20 * 1024 * 1024;

    private readonly Clips clips;
    private readonly DataFolder data;
    private readonly Centers centers;
    private readonly ILogger<SoundFiles> log;

    internal SoundFiles(Clips clips, DataFolder data, Centers centers, ILogger<SoundFiles> log) =>
        (this.clips, this.data, this.centers, this.log) = (clips, data, centers, log);

    /// <summary>
    /// Keeps an uploaded WAV or MP3 in place of what was there; callers hear it from now on. Gives how long it plays.
    /// Fails with <see cref="NoSound"/>, <see cref="TooLongSound"/> or <see cref="BusyWithSounds"/>.
    /// </summary>
    public async Task<Result<TimeSpan>> Keep(SoundId id, byte[] file, CancellationToken stop = default)
    {
        var wav = await Clips.Readable(file, stop);
        if (wav.Ok) return await Store(id, wav.Value);
        return wav.Error switch { SoundTooLong => new TooLongSound(), SoundsBusy => new BusyWithSounds(), _ => new NoSound() };
    }

    /// <summary>Speaks a text and keeps it likewise; <paramref name="voice"/>: «cmn» or «en». Fails with <see cref="NoVoice"/>.</summary>
    public async Task<Result<TimeSpan>> Speak(SoundId id, string text, string voice, CancellationToken stop = default)
    {
        var wav = await clips.Spoken(text, voice, stop);
        return wav.Ok ? await Store(id, wav.Value) : new NoVoice();
    }

    /// <summary>The WAV file; null when there is none.</summary>
    public string? FileOf(SoundId id) => PathOf(id) is var path && File.Exists(path) ? path : null;

    /// <summary>Deletes the file and frees its memory. A call that plays it now goes on to.</summary>
    public void Forget(SoundId id)
    {
        clips.Remove(NameOf(id));
        File.Delete(PathOf(id));
    }

    /// <summary>What a call plays; null when nothing was chosen, or the file is gone.</summary>
    internal ClipId? ClipOf(SoundId? id) => id is { } chosen ? clips.Find(NameOf(chosen)) : null;

    /// <summary>Reads all files, at start.</summary>
    internal async Task Load(CancellationToken stop)
    {
        foreach (var sound in centers.All.SelectMany(center => center.Sounds.Values))
        {
            if (FileOf(sound.Id) is { } path && clips.Add(NameOf(sound.Id), await File.ReadAllBytesAsync(path, stop)).Ok) continue;
            LogMissing(log, sound.Name, PathOf(sound.Id));
        }
    }

    private async Task<Result<TimeSpan>> Store(SoundId id, byte[] wav)
    {
        var clip = clips.Add(NameOf(id), wav);
        if (!clip.Ok) return new NoSound();
        await File.WriteAllBytesAsync(PathOf(id), wav);
        return clips.DurationOf(clip.Value) ?? TimeSpan.Zero;
    }

    private string PathOf(SoundId id) => data["sounds", NameOf(id)];

    private static string NameOf(SoundId id) => $"{id}.wav";

    [LoggerMessage(LogLevel.Warning, "The recording {Name} can't be played: {Path} is missing or broken; upload it anew")]
    private static partial void LogMissing(ILogger log, string name, string path);
}

public sealed record NoSound() : Error(ErrorKind.Invalid, "This file can't be played. Upload a WAV or an MP3 with sound of 4 to 192 kHz.");

public sealed record TooLongSound() : Error(ErrorKind.Invalid, "This file would play longer than 15 minutes. Upload a shorter one.");

public sealed record BusyWithSounds() : Error(ErrorKind.Unavailable, "The server is reading other recordings. Try again in a minute.");

public sealed record NoVoice()
    : Error(ErrorKind.Unavailable,
        "The text could not be spoken: espeak-ng is not installed on the server, or knows no such voice. Upload a recording instead.");
