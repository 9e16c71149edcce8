using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using Tccc.Media;

namespace Tccc.Telephony;

/// <summary>
/// What a voice announces to callers: their place in the queue, and, as a farewell, why a call ends without an agent. Spoken once, at
/// start, and kept as WAV, so that no call waits for it. Without a speech synthesiser there is none: the music goes on, the call just ends.
/// product.md §4.
/// </summary>
internal sealed class Announcements(Clips clips)
{
    private const string NotReached = "The person you are calling can't take your call at the moment. Please call again later.";
    private const string Next = "Your call is next.";
    private const string Place = "You are number {0} in the queue. Please hold the line.";
    private const string FarBehind = "There are at least {0} callers ahead of you. Please hold the line.";

    private static readonly Dictionary<CallEndReason, string> Farewells = new()
    {
        [CallEndReason.NobodySignedIn] = "Nobody is here to take your call at the moment. Please call again later.",
        [CallEndReason.WaitedTooLong] = "All our agents are still busy. Please call again later.",
        [CallEndReason.Closed] = "We are closed at the moment. Please call again during our opening hours.",
        [CallEndReason.GroupGone] = "Your call can't be taken at the moment. Please call again later.",
        [CallEndReason.Busy] = "The person you are calling is in another call. Please call again later.",
        [CallEndReason.NoAnswer] = NotReached,
        [CallEndReason.Rejected] = NotReached,
        [CallEndReason.Unreachable] = NotReached,
    };

    private readonly ConcurrentDictionary<CallEndReason, ClipId> farewells = new();
    private readonly ConcurrentDictionary<int, ClipId> places = new();

    /// <summary>The clip for a reason; none when there is no text for it, or it could not be spoken.</summary>
    public ClipId? Farewell(CallEndReason reason) => farewells.TryGetValue(reason, out var clip) ? clip : null;

    /// <summary>The clip that announces this place in a queue; none when it could not be spoken.</summary>
    public ClipId? OfPlace(int place) => places.TryGetValue(Math.Min(place, Call.PlacesAnnounced + 1), out var clip) ? clip : null;

    /// <summary>Speaks all texts in one language. Gives why it could not, or null.</summary>
    public async Task<Error?> Speak(CultureInfo language, CancellationToken stop)
    {
        var translations = new ResourceManager(typeof(Texts));
        var chinese = language.TwoLetterISOLanguageName == "zh";
        foreach (var (reason, text) in Farewells)
        {
            if (await SpeakOne(farewells, reason, text) is { } error) return error;
        }

        for (var place = 1; place <= Call.PlacesAnnounced + 1; place++)
        {
            var text = place switch { 1 => Next, <= Call.PlacesAnnounced => Place, _ => FarBehind };
            if (await SpeakOne(places, place, text, Math.Min(place, Call.PlacesAnnounced)) is { } error) return error;
        }

        return null;

        async Task<Error?> SpeakOne<T>(ConcurrentDictionary<T, ClipId> spoken, T what, string text, int number = 0) where T : notnull
        {
            var words = (chinese ? translations.GetString(text, language) : null) ?? text;
            var clip = await clips.Speak(string.Format(language, words, number), chinese ? "cmn" : "en", stop);
            if (clip.Ok) spoken[what] = clip.Value;
            return clip.Error;
        }
    }
}
