using System.Globalization;
using System.Text;

namespace Tccc.Directory;

/// <summary>
/// 8–20 characters with at least one digit, one letter and one symbol, no white space; one sentence per broken part. product.md §1
/// </summary>
public static class PasswordRule
{
    public const int Shortest = 8;
    public const int Longest = 20;

    private const string Letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string Digits = "23456789";
    private const string Symbols = "#%+-=?@";

    /// <summary>A password that keeps the rule: letters without look-alikes, a digit and a symbol in random places.</summary>
    public static string Random(IRandomness randomness)
    {
        Span<byte> random = stackalloc byte[16];
        randomness.Fill(random);
        var text = new StringBuilder();
        foreach (var b in random[..12]) text.Append(Letters[b % Letters.Length]);
        text.Insert(random[12] % text.Length, Digits[random[13] % Digits.Length]);
        text.Insert(random[14] % text.Length, Symbols[random[15] % Symbols.Length]);
        return text.ToString();
    }

    /// <summary>
    /// The password as it is hashed and compared: composed (NFC), so that a keyboard that types an accent apart types the same; RFC 8265
    /// §4.2.
    /// </summary>
    public static string Normalise(string password) => IsText(password) ? password.Normalize(NormalizationForm.FormC) : password;

    /// <summary>What is wrong with a password, in English, each sentence a key of its translations; empty when nothing is.</summary>
    public static IReadOnlyList<string> Broken(string? password)
    {
        var text = Normalise(password ?? "");
        var runes = text.EnumerateRunes().ToList();
        List<string> broken = [];
        if (text.Length is < Shortest or > Longest) broken.Add("The password must have 8 to 20 characters.");
        if (!runes.Exists(Rune.IsDigit)) broken.Add("The password must contain a digit.");
        if (!runes.Exists(Rune.IsLetter)) broken.Add("The password must contain a letter.");
        if (!runes.Exists(rune => Rune.IsSymbol(rune) || Rune.IsPunctuation(rune))) broken.Add("The password must contain a symbol.");
        if (runes.Exists(Rune.IsWhiteSpace)) broken.Add("The password must not contain white space.");
        if (!IsText(text) || runes.Exists(IsHidden)) broken.Add("The password must not contain a character that can't be seen.");
        return broken;
    }

    // half a surrogate pair is no text, and has no normal form
    private static bool IsText(string text) => !text.EnumerateRunes().Contains(Rune.ReplacementChar);

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
