using System.Text;

namespace Tccc.Directory;

/// <summary>
/// A customer's number in the one form by which the customer is found, however it was typed or sent. The rule, for a center in the country
/// <c>86</c>:
/// <list type="bullet">
/// <item>Blanks, dashes, brackets, dots, slashes and full-width digits are folded; <c>00</c> in front is a plus.</item>
/// <item>A number with the country, one with a trunk 0, and a bare national one of nine digits or more are the same: <c>+86 138 0013
/// 8000</c>, <c>013800138000</c>, <c>8613800138000</c> and <c>13800138000</c> are <c>+8613800138000</c>. So are 400 and 800 numbers, which
/// have no area code.</item>
/// <item>Up to six digits is a short number (10086, 95588, an extension of one's own): it stays as it is, and so does a local number of
/// seven or eight digits, whose area nobody knows.</item>
/// <item>An extension (<c>ext. 101</c>, <c>x101</c>, <c>;ext=101</c>, <c>,101</c>) belongs to the number: two people behind one switchboard
/// are two customers. <c>+861082345678x101</c>.</item>
/// </list>
/// ITU-T E.164 §6, RFC 3966 §5.1.
/// </summary>
public static class PhoneKey
{
    public const string DefaultCountry = "86";

    /// <summary>ITU-T E.164 §6.2.1.</summary>
    public const int LongestCountry = 3;

    /// <summary>ITU-T E.164 §6.2: digits with their country.</summary>
    private const int LongestNumber = 15;
    private const int LongestExtension = 8;

    /// <summary>With plus and extension.</summary>
    public const int Longest = 1 + LongestNumber + 1 + LongestExtension;

    /// <summary>What is read of a typed text.</summary>
    private const int LongestTyped = 64;

    // of mainland China
    private const int MobileLength = 11;

    private const int LongestShort = 6;
    private const int LongestLocal = 8;

    /// <summary>A national number without its trunk 0 is at least so long, where its country stands before it without a plus.</summary>
    private const int LeastNational = 8;

    // countries whose numbers keep their leading 0 behind the country: Italy, San Marino and the Vatican in its plan
    private const string KeepsZero = "39";

    // the word for «extension» in Chinese, as telephones print it; then what stands for it elsewhere
    private static readonly string[] ExtensionMarks = ["\u8F6C", "\u8F49", ";ext=", "extension", "ext", "x", "#", ",", ";"];

    /// <summary>Digits of a country code; null when it is none.</summary>
    public static string? Country(string? typed)
    {
        var digits = (typed ?? "").Normalize(NormalizationForm.FormKC).Trim().TrimStart('+');
        return digits is [>= '1' and <= '9', ..] && digits.Length <= LongestCountry && digits.All(char.IsAsciiDigit) ? digits : null;
    }

    /// <summary>The number's one form; null when it is no telephone number.</summary>
    /// <param name="typed">As it was typed, or as it came with a call.</param>
    /// <param name="country">Of the center: <see cref="Center.Country"/>.</param>
    public static string? Of(string? typed, string country)
    {
        if (typed is null or { Length: > LongestTyped } || !Folded(typed, out var text)) return null;
        var (number, extension) = Cut(text);
        if (Digits(number) is not { } digits || Digits(extension) is not { Length: <= LongestExtension } inner || inner.StartsWith('+'))
            return null;
        return Whole(digits, country) is { } whole ? inner.Length > 0 ? $"{whole}x{inner}" : whole : null;
    }

    /// <summary>As a person reads it: national where it is of the center's own country.</summary>
    public static string Shown(string key, string country)
    {
        if (!key.StartsWith('+') || !key.AsSpan(1).StartsWith(country) || country == KeepsZero) return key;
        var national = key[(1 + country.Length)..];
        return country != DefaultCountry || (national.Length == MobileLength && national.StartsWith('1'))
            || IsService(national.Split('x')[0]) ? national : "0" + national;
    }

    /// <summary>
    /// Every way in which a carrier may write the number in a call, so that the calls of before are found by what they came with.
    /// </summary>
    public static IReadOnlyList<string> Spellings(string key, string country)
    {
        if (!key.StartsWith('+')) return [key, "+" + key];
        if (!key.AsSpan(1).StartsWith(country)) return [key, "00" + key[1..]];
        var national = key[(1 + country.Length)..];
        return [key, key[1..], "00" + key[1..], national, "0" + national];
    }

    private static string? Whole(string digits, string country)
    {
        if (digits.StartsWith("00", StringComparison.Ordinal)) digits = "+" + digits[2..];
        if (digits.StartsWith('+')) return International(digits[1..], country);
        if (digits.Length == 0) return null;
        if (digits.Length <= LongestShort) return digits;
        if (digits.StartsWith('0')) return Bounded(country, country == KeepsZero ? digits : digits[1..]);
        if (digits.Length <= LongestLocal) return digits;
        return digits.StartsWith(country, StringComparison.Ordinal) && digits.Length - country.Length >= LeastNational
            ? International(digits, country)
            : Bounded(country, digits);
    }

    // «+86 (0)10 …»: the trunk 0 is for those who dial inside the country
    private static string? International(string digits, string country) => digits.StartsWith(country, StringComparison.Ordinal)
        ? Bounded(country, country == KeepsZero ? digits[country.Length..] : digits[country.Length..].TrimStart('0'))
        : digits.StartsWith('0') ? null : Bounded("", digits);

    private static string? Bounded(string country, string rest) =>
        rest.Length > 2 && country.Length + rest.Length <= LongestNumber ? $"+{country}{rest}" : null;

    private static bool IsService(string national) =>
        national.Length == 10
            && (national.StartsWith("400", StringComparison.Ordinal) || national.StartsWith("800", StringComparison.Ordinal));

    /// <summary>One form of each sign; false when the text is no text.</summary>
    private static bool Folded(string typed, out string text)
    {
        text = "";
        if (typed.Any(char.IsSurrogate)) return false;
        text = typed.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Trim();
        return true;
    }

    private static (string Number, string Extension) Cut(string text)
    {
        var (at, length) = (-1, 0);
        foreach (var mark in ExtensionMarks)
        {
            var found = text.IndexOf(mark, StringComparison.Ordinal);
            if (found > 0 && (at < 0 || found < at)) (at, length) = (found, mark.Length);
        }
        return at < 0 ? (text, "") : (text[..at], text[(at + length)..].TrimStart('.', ':', '=', ' '));
    }

    /// <summary>Digits with a plus in front at most; null when something else is in it.</summary>
    private static string? Digits(string text)
    {
        var digits = new StringBuilder();
        foreach (var c in text)
        {
            if (c is ' ' or '-' or '(' or ')' or '.' or '/' or (>= '\u2010' and <= '\u2015') or '\u2212') continue;
            if (!char.IsAsciiDigit(c) && (c != '+' || digits.Length > 0)) return null;
            digits.Append(c);
        }
        return digits.ToString();
    }
}
