using System.Text;

namespace Tccc.Directory;

/// <summary>8–20 characters with at least one digit, one letter and one symbol, no white space; one sentence per broken part. product.md §1</summary>
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

    /// <summary>What is wrong with a password, in English, each sentence a key of its translations; empty when nothing is.</summary>
    public static IReadOnlyList<string> Broken(string? password)
    {
        var text = password ?? "";
        List<string> broken = [];
        if (text.Length is < Shortest or > Longest) broken.Add("The password must have 8 to 20 characters.");
        if (!text.Any(char.IsDigit)) broken.Add("The password must contain a digit.");
        if (!text.Any(char.IsLetter)) broken.Add("The password must contain a letter.");
        if (!text.Any(c => !char.IsLetterOrDigit(c) && !char.IsWhiteSpace(c))) broken.Add("The password must contain a symbol.");
        if (text.Any(char.IsWhiteSpace)) broken.Add("The password must not contain white space.");
        return broken;
    }
}
