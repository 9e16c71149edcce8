using System.Globalization;

namespace Tccc.Telephony;

/// <summary>
/// Text that strangers wrote (numbers, names, what a phone calls itself, what a carrier says), made fit for a page, a record or a line of
/// the log.
/// </summary>
internal static class Foreign
{
    /// <summary>For what is shown beside something else.</summary>
    public const int Longest = 100;

    /// <summary>
    /// Cut to <paramref name="longest"/>; what is not seen, or turns the direction of its neighbours, becomes a question mark (Unicode TR
    /// 36 §2.5).
    /// </summary>
    public static string Text(string text, int longest = Longest) =>
        string.Create(Math.Min(text.Length, longest), text, static (to, from) =>
    {
        for (var i = 0; i < to.Length; i++) to[i] = IsSeen(from[i]) ? from[i] : '?';
    });

    private static bool IsSeen(char c) =>
        char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
