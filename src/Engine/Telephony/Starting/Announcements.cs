using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using Tccc.Media;

namespace Tccc.Telephony;

/// <summary>What callers are told before a call ends without an agent. Spoken once and kept as WAV; without a speech synthesiser there is none, and the call just ends.</summary>
internal sealed class Announcements(Clips clips)
{
    private static readonly Dictionary<CallEndReason, string> Texts = new()
    {
        [CallEndReason.NobodySignedIn] = "Nobody is here to take your call at the moment. Please call again later.",
        [CallEndReason.WaitedTooLong] = "All our agents are still busy. Please call again later.",
        [CallEndReason.Closed] = "We are closed at the moment. Please call again during our opening hours.",
    };

    private readonly ConcurrentDictionary<CallEndReason, ClipId> spoken = new();

    /// <summary>The clip for a reason; none when there is no text for it, or it could not be spoken.</summary>
    public ClipId? Of(CallEndReason reason) => spoken.TryGetValue(reason, out var clip) ? clip : null;

    /// <summary>Speaks all texts in one language. Gives why it could not, or null.</summary>
    public async Task<Error?> Speak(CultureInfo language, CancellationToken stop)
    {
        var translations = new ResourceManager(typeof(Texts));
        var chinese = language.TwoLetterISOLanguageName == "zh";
        foreach (var (reason, text) in Texts)
        {
            var clip = await clips.Speak((chinese ? translations.GetString(text, language) : null) ?? text, chinese ? "cmn" : "en", stop);
            if (!clip.Ok) return clip.Error;
            spoken[reason] = clip.Value;
        }

        return null;
    }
}
