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

    /// <summary>What ends the name of a file that no row knows yet.</summary>
    private const string New = ".new";

    private readonly Clips clips;
    private readonly DataFolder data;
    private readonly Centers centers;
    private readonly ILogger<SoundFiles> log;
    private int lastNew;

    internal SoundFiles(Clips clips, DataFolder data, Centers centers, ILogger<SoundFiles> log) =>
        (this.clips, this.data, this.centers, this.log) = (clips, data, centers, log);

    /// <summary>
    /// Reads an uploaded WAV or MP3 and lays it beside what callers hear, who hear it once it is used. Fails with <see cref="NoSound"/>,
    /// <see cref="TooLongSound"/>, <see cref="BusyWithSounds"/> or <see cref="NoRoomForSound"/>.
    /// </summary>
    public async Task<Result<NewSound>> Read(SoundId id, byte[] file, CancellationToken stop = default)
    {
        var wav = await Clips.Readable(file, stop);
        if (wav.Ok) return await Lay(id, wav.Value);
        return wav.Error switch { SoundTooLong => new TooLongSound(), SoundsBusy => new BusyWithSounds(), _ => new NoSound() };
    }

    /// <summary>
    /// Speaks a text and lays it there likewise; <paramref name="voice"/>: «cmn» or «en». Fails with <see cref="NoVoice"/> or
    /// <see cref="NoRoomForSound"/>.
    /// </summary>
    public async Task<Result<NewSound>> Speak(SoundId id, string text, string voice, CancellationToken stop = default)
    {
        var wav = await clips.Spoken(text, voice, stop);
        return wav.Ok ? await Lay(id, wav.Value) : new NoVoice();
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

    /// <summary>Reads all files, at start. What a server left that ended while it changed one goes.</summary>
    internal async Task Load(CancellationToken stop)
    {
        foreach (var left in System.IO.Directory.EnumerateFiles(Path.GetDirectoryName(PathOf(default))!, "*" + New)) File.Delete(left);
        foreach (var sound in centers.All.SelectMany(center => center.Sounds.Values))
        {
            if (FileOf(sound.Id) is { } path && clips.Add(NameOf(sound.Id), await File.ReadAllBytesAsync(path, stop)).Ok) continue;
            LogMissing(log, sound.Name, PathOf(sound.Id));
        }
    }

    private async Task<Result<NewSound>> Lay(SoundId id, byte[] wav)
    {
        var length = Clips.LengthOf(wav);
        if (!length.Ok) return new NoSound();
        string? path = null;
        try
        {
            // two may change one recording at once
            path = $"{PathOf(id)}.{Interlocked.Increment(ref lastNew)}{New}";
            await using (var file = new FileStream(path, FileMode.Create, FileAccess.Write))
            {
                await file.WriteAsync(wav);
                file.Flush(flushToDisk: true);
            }
            return new NewSound(length.Value, path, () => Use(id, wav, path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (path is not null) File.Delete(path);
            LogNoRoom(log, e, NameOf(id));
            return new NoRoomForSound();
        }
    }

    private void Use(SoundId id, byte[] wav, string path)
    {
        File.Move(path, PathOf(id), overwrite: true);
        clips.Add(NameOf(id), wav);
    }

    private string PathOf(SoundId id) => data["sounds", NameOf(id)];

    private static string NameOf(SoundId id) => $"{id}.wav";

    [LoggerMessage(LogLevel.Warning, "The recording {Name} can't be played: {Path} is missing or broken; upload it anew")]
    private static partial void LogMissing(ILogger log, string name, string path);

    [LoggerMessage(LogLevel.Error, "The recording {Name} could not be kept")]
    private static partial void LogNoRoom(ILogger log, Exception e, string name);
}

/// <summary>A recording that was read and lies beside the one it is to replace. Disposed without having been used, it goes.</summary>
public sealed class NewSound : IDisposable
{
    private readonly string path;
    private readonly Action use;

    internal NewSound(TimeSpan duration, string path, Action use) => (Duration, this.path, this.use) = (duration, path, use);

    public TimeSpan Duration { get; }

    /// <summary>Puts it in the place of the old one, now that its row is stored; callers hear it from now on.</summary>
    public void Use() => use();

    public void Dispose() => File.Delete(path);
}

public sealed record NoSound() : Error(ErrorKind.Invalid, "This file can't be played. Upload a WAV or an MP3 with sound of 4 to 192 kHz.");

public sealed record TooLongSound() : Error(ErrorKind.Invalid, "This file would play longer than 15 minutes. Upload a shorter one.");

public sealed record BusyWithSounds() : Error(ErrorKind.Unavailable, "The server is reading other recordings. Try again in a minute.");

public sealed record NoRoomForSound()
    : Error(ErrorKind.Unavailable,
        "The server can't keep the recording: its disk is full or can't be written. Ask whoever runs the server to make room.");

public sealed record NoVoice()
    : Error(ErrorKind.Unavailable,
        "The text could not be spoken: espeak-ng is not installed on the server, or knows no such voice. Upload a recording instead.");
