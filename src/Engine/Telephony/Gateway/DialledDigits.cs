using System.Globalization;
using System.Text;

namespace Tccc.Telephony;

/// <summary>What was typed into a dial box, as it is sent and stored.</summary>
internal static class DialledDigits
{
    /// <summary>Characters that are looked at; a number with its blanks and dashes has fewer.</summary>
    private const int TypedAtMost = 4 * Dialling.DigitsAtMost;

    /// <summary>
    /// Digits, a leading plus, * and #; blanks, dashes and what is not seen are left out, and full-width characters are read as plain ones.
    /// Fails with <see cref="NotANumber"/> or <see cref="NumberTooLong"/>. product.md §5.
    /// </summary>
    public static Result<string> Read(string typed)
    {
        if (typed.Length > TypedAtMost) return new NumberTooLong(Dialling.DigitsAtMost);
        // what is no character can't be normalised
        if (typed.Any(c => char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF')) return new NotANumber();
        var digits = new StringBuilder();
        foreach (var c in typed.Normalize(NormalizationForm.FormKC))
        {
            if (IsLeftOut(c)) continue;
            if (!char.IsAsciiDigit(c) && c is not ('*' or '#') && !(c is '+' && digits.Length == 0)) return new NotANumber();
            digits.Append(c);
            if (digits.Length > Dialling.DigitsAtMost) return new NumberTooLong(Dialling.DigitsAtMost);
        }

        return digits.Length > (digits.Length > 0 && digits[0] == '+' ? 1 : 0) ? digits.ToString() : new NotANumber();
    }

    // address books put marks of direction around their numbers
    private static bool IsLeftOut(char c) => char.IsWhiteSpace(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.DashPunctuation or UnicodeCategory.Format || c is '\u2212';
}
