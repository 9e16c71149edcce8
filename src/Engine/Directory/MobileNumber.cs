using System.Text;

namespace Tccc.Directory;

/// <summary>A person's mobile number: how it is typed, stored and shown; product.md §1.</summary>
public static class MobileNumber
{
    /// <summary>E.164 §6.2.1; the shortest in use have 8 digits with their country.</summary>
    private const int Longest = 15;
    private const int Shortest = 8;

    private const int Shown = 3;
    private const int ShownLast = 4;

    /// <summary>
    /// The number as it is stored: 11 digits for one of mainland China, else a plus sign, country and number. Blanks, dashes, brackets and
    /// full-width digits are taken; null when it is no mobile number.
    /// </summary>
    public static string? Normalise(string? typed)
    {
        var text = new StringBuilder();
        foreach (var c in (typed ?? "").Normalize(NormalizationForm.FormKC))
        {
            if (c is ' ' or '-' or '(' or ')' or '.') continue;
            if (!char.IsAsciiDigit(c) && (c != '+' || text.Length > 0)) return null;
            text.Append(c);
        }
        var digits = text.ToString();
        if (digits.StartsWith("00", StringComparison.Ordinal)) digits = "+" + digits[2..];
        if (IsOfMainland(digits)) return digits;
        if (digits.StartsWith("86", StringComparison.Ordinal) && IsOfMainland(digits[2..])) return digits[2..];
        if (digits.StartsWith("+86", StringComparison.Ordinal)) return IsOfMainland(digits[3..]) ? digits[3..] : null;
        return digits is ['+', >= '1', ..] && digits.Length - 1 is >= Shortest and <= Longest ? digits : null;
    }

    /// <summary>As a page shows it: <c>189****8352</c>.</summary>
    public static string Mask(string mobile) => $"{mobile[..Shown]}****{mobile[^ShownLast..]}";

    // 13x to 19x are mobile
    private static bool IsOfMainland(string digits) => digits is ['1', >= '3', _, _, _, _, _, _, _, _, _];
}
