using System.Collections.Concurrent;
using Tccc.Media.Players;

namespace Tccc.Media;

/// <summary>
/// What can be played: encoded once, kept in memory, shared by all legs. Safe to call from any thread.
/// </summary>
public sealed class Clips
{
    private readonly ConcurrentDictionary<int, Clip> clips = new();
    private readonly Dictionary<string, ClipId> names = [];
    private readonly Speech? speech;
    private int lastId;

    /// <param name="folder">Keeps spoken texts as WAV files; null: no speech.</param>
    public Clips(string? folder = null)
    {
        speech = folder is null ? null : new Speech(folder);
        Put("hold-music", BuiltInClips.HoldMusic());
        Put("ring-back", BuiltInClips.RingBack());
        Put("answer-beep", BuiltInClips.AnswerBeep());
    }

    /// <summary>Quiet music of some seconds, made to loop.</summary>
    public static ClipId HoldMusic => new(1);

    /// <summary>450 Hz, 1 s on and 4 s off, made to loop.</summary>
    public static ClipId RingBack => new(2);

    /// <summary>The short tone in an agent's ear before an automatic answer.</summary>
    public static ClipId AnswerBeep => new(3);

    /// <summary>
    /// Adds a WAV under a name; the same name again takes the old one's place, and its id, for players that start later.
    /// Fails with <see cref="BadSound"/> or <see cref="SoundTooLong"/>.
    /// </summary>
    public Result<ClipId> Add(string name, ReadOnlyMemory<byte> wav)
    {
        var samples = SoundFile.Read(wav);
        return samples.Ok ? Put(name, Clip.From(samples.Value)) : samples.Error;
    }

    /// <summary>
    /// A file as people have it: a WAV or an MP3. Gives the WAV that is kept: 8 kHz, one channel, PCM of 16 bit. One file is read at a
    /// time.
    /// Fails with <see cref="BadSound"/>, <see cref="SoundTooLong"/> or <see cref="SoundsBusy"/>.
    /// </summary>
    public static async Task<Result<byte[]>> Readable(byte[] file, CancellationToken stop = default)
    {
        var samples = await Uploads.Read(file, stop);
        return samples.Ok ? WavWriter.Write(samples.Value) : samples.Error;
    }

    /// <summary>A text as a WAV, spoken as by <see cref="Speak"/>. Fails as it does.</summary>
    public async Task<Result<byte[]>> Spoken(string text, string voice, CancellationToken stop = default)
    {
        if (speech is null) return new NoSpeech("there is no folder for spoken texts");
        var file = await speech.FileFor(text, voice, stop);
        return file.Ok ? await File.ReadAllBytesAsync(file.Value, stop) : file.Error;
    }

    /// <summary>The clip added under this name.</summary>
    public ClipId? Find(string name)
    {
        lock (names) return names.TryGetValue(name, out var id) ? id : null;
    }

    /// <summary>
    /// Forgets the clip of this name, if there is one. Who plays it now hears it to its end, and its memory is free after the last; who
    /// was about to
    /// play it hears a moment of silence.
    /// </summary>
    public void Remove(string name)
    {
        lock (names)
        {
            if (names.Remove(name, out var id)) clips[id.Value] = Clip.Gone;
        }
    }

    /// <summary>How long a WAV would play. Fails as <see cref="Add"/> fails.</summary>
    public static Result<TimeSpan> LengthOf(ReadOnlyMemory<byte> wav)
    {
        var samples = SoundFile.Read(wav);
        return samples.Ok ? Clip.From(samples.Value).Duration : samples.Error;
    }

    /// <summary>How long it plays; null when there is none.</summary>
    public TimeSpan? DurationOf(ClipId clip) => Get(clip)?.Duration;

    /// <summary>
    /// Speaks a text by espeak-ng and keeps the sound in the folder, so that the same text costs nothing next time. To be called when a
    /// text is saved or at start, never in a call. <paramref name="voice"/>: «en», «cmn» and so on. Fails with <see cref="NoSpeech"/>, or
    /// as <see cref="Add"/> fails.
    /// </summary>
    public async Task<Result<ClipId>> Speak(string text, string voice, CancellationToken stop = default)
    {
        if (speech is null) return new NoSpeech("there is no folder for spoken texts");
        var file = await speech.FileFor(text, voice, stop);
        if (!file.Ok) return file.Error;
        var name = Path.GetFileName(file.Value);
        return Find(name) is { } known ? known : Add(name, await File.ReadAllBytesAsync(file.Value, stop));
    }

    internal Clip? Get(ClipId id) => clips.GetValueOrDefault(id.Value);

    private ClipId Put(string name, Clip clip)
    {
        lock (names)
        {
            if (!names.TryGetValue(name, out var id)) names[name] = id = new ClipId(++lastId);
            clips[id.Value] = clip;
            return id;
        }
    }
}
