namespace Tccc.Media;

/// <summary>
/// What can be played: encoded once, kept in memory, shared by all legs. <paramref name="folder"/> keeps spoken texts as WAV files; null: no speech.
/// Safe to call from any thread.
/// </summary>
public sealed class Clips(string? folder = null)
{
    /// <summary>Quiet music of some seconds, made to loop.</summary>
    public static ClipId HoldMusic => new(1);

    /// <summary>450 Hz, 1 s on and 4 s off, made to loop.</summary>
    public static ClipId RingBack => new(2);

    /// <summary>The short tone in an agent's ear before an automatic answer.</summary>
    public static ClipId AnswerBeep => new(3);

    /// <summary>Adds a WAV (PCM 8 or 16 bit, any rate and channels) under a name; the same name again takes the old one's place for players that start later. Fails with <see cref="BadWav"/>.</summary>
    public Result<ClipId> Add(string name, ReadOnlySpan<byte> wav) => throw new NotImplementedException(folder);

    /// <summary>The clip added under this name.</summary>
    public ClipId? Find(string name) => throw new NotImplementedException();

    /// <summary>How long it plays; null when there is none.</summary>
    public TimeSpan? DurationOf(ClipId clip) => throw new NotImplementedException();

    /// <summary>
    /// Speaks a text by espeak-ng and keeps the sound in the folder, so that the same text costs nothing next time. To be called when a text is saved, never in a call.
    /// <paramref name="voice"/>: «en», «cmn» and so on. Fails with <see cref="NoSpeech"/>.
    /// </summary>
    public Task<Result<ClipId>> Speak(string text, string voice, CancellationToken stop = default) => throw new NotImplementedException();
}
