namespace Tccc.Sip;

/// <summary>
/// The telephone number in a user part or a tel URI: telephone-subscriber of RFC 3966 §3, which RFC 3261 §19.1.6 puts into user parts. Its
/// parameters (npdi and rn of RFC 4694, tgrp of RFC 4904, cpc, ext, isub, phone-context) and its visual separators are no part of the
/// number.
/// </summary>
internal static class Subscriber
{
    /// <summary>
    /// Digits, * and #, with a plus before a global number; null when it is a name. «user=phone» is not asked for: carriers leave it out.
    /// The hexadecimal digits of a local number are not taken, because a name such as «ada» is made of them.
    /// </summary>
    public static string? NumberIn(string user)
    {
        var end = user.IndexOf(';', StringComparison.Ordinal);
        var text = end < 0 ? user.AsSpan() : user.AsSpan(0, end);
        Span<char> number = text.Length <= 128 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        var digits = 0;
        foreach (var c in text)
        {
            if (IsSeparator(c)) continue;
            if (char.IsAsciiDigit(c) || c is '*' or '#') digits++;
            else if (c != '+' || length > 0) return null;
            number[length++] = c;
        }
        return digits == 0 ? null : new string(number[..length]);
    }

    /// <summary>RFC 3966 §5.1.1; and the blank that some people's phones send escaped.</summary>
    private static bool IsSeparator(char c) => c is '-' or '.' or '(' or ')' or ' ';
}
