using System.Globalization;
using System.Text;

namespace Tccc.Directory;

/// <summary>
/// An e-mail address as somebody types it; RFC 5321 §4.1.2 with the letters of RFC 6531, without quoted local parts and address literals.
/// </summary>
public static class EmailAddress
{
    private const int Longest = 254;
    private const int LongestLocal = 64;
    private const int LongestLabel = 63;
    private const string Atext = "!#$%&'*+-/=?^_`{|}~";

    /// <summary>The address without blanks around it, composed (NFC); null when it is none.</summary>
    public static string? Normalise(string? typed)
    {
        var text = (typed ?? "").Trim();
        // a lone surrogate has no normal form
        if (text.EnumerateRunes().Contains(Rune.ReplacementChar)) return null;
        text = text.Normalize(NormalizationForm.FormC);
        if (text.Length is 0 or > Longest || text.Split('@') is not [var local, var domain]) return null;
        return local.Length <= LongestLocal && IsDotted(local, IsLocal) && IsDotted(domain, IsDomain)
            && domain.Split('.').All(IsLabel) ? text : null;
    }

    private static bool IsDotted(string text, Func<Rune, bool> fits) =>
        text.Split('.').All(part => part.Length > 0 && part.EnumerateRunes().All(fits));

    private static bool IsLabel(string label) => label.Length <= LongestLabel && label[0] != '-' && label[^1] != '-';

    private static bool IsLocal(Rune rune) =>
        IsLetter(rune) || (rune.IsAscii && Atext.Contains((char)rune.Value, StringComparison.Ordinal));

    private static bool IsDomain(Rune rune) => IsLetter(rune) || rune.Value == '-';

    // of any script, with the marks that belong to it
    private static bool IsLetter(Rune rune) => Rune.IsLetterOrDigit(rune)
        || (!rune.IsAscii && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
}
