using System.Globalization;
using System.Text;
using FluentValidation;

namespace Tccc.Platform;

/// <summary>
/// Text that a person types for others to read: names, notes, tags. Stored without blanks around it and in one form (NFC); what can't be
/// seen, or turns the text around it, is refused, because two names that look the same must be the same. Unicode TR 36 §2.5, TR 39.
/// </summary>
public static class PlainText
{
    private const string Unseen = "Remove invisible characters: control characters, and marks that change the direction of the text.";
    private const string Nothing = "Enter at least one visible character.";

    /// <summary>As it is stored; null when nothing is left.</summary>
    public static string? Of(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed)) return null;
        var text = typed.Replace("\r\n", "\n", StringComparison.Ordinal).Trim();
        return IsWellFormed(text) ? text.Normalize(NormalizationForm.FormC) : text;
    }

    /// <summary>
    /// What is wrong with it, as an English sentence that is also its key; null when nothing is. Nothing typed is nothing wrong.
    /// </summary>
    /// <param name="most">Characters (UTF-16 units) of what would be stored.</param>
    /// <param name="lines">It may have several lines, and tabs.</param>
    public static string? Fault(string? typed, int most, bool lines = false)
    {
        if (Of(typed) is not { } text) return null;
        if (text.Length > most) return $"Enter at most {most} characters.";
        if (!IsWellFormed(text) || text.EnumerateRunes().Any(rune => IsRefused(rune, lines))) return Unseen;
        return text.EnumerateRunes().Any(IsSeen) ? null : Nothing;
    }

    /// <summary>A name in one line that must be there.</summary>
    public static IRuleBuilderOptionsConditions<T, string?> IsName<T>(this IRuleBuilder<T, string?> rule, int most) =>
        rule.Custom((typed, context) =>
        {
            if (Of(typed) is not { } text || text.Length > most) context.AddFailure($"Enter a name of at most {most} characters.");
            else if (Fault(typed, most) is { } fault) context.AddFailure(fault);
        });

    /// <summary>Text that may be left out.</summary>
    /// <inheritdoc cref="Fault"/>
    public static IRuleBuilderOptionsConditions<T, string?> IsText<T>(this IRuleBuilder<T, string?> rule, int most, bool lines = false) =>
        rule.Custom((typed, context) =>
        {
            if (Fault(typed, most, lines) is { } fault) context.AddFailure(fault);
        });

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }

    private static bool IsRefused(Rune rune, bool lines) => rune.Value switch
    {
        '\n' or '\t' => !lines,
        // bidi marks, embeddings, overrides and isolates; UAX 9 §2
        0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) => true,
        // line and paragraph separator; tags; interlinear marks; non-characters
        0x2028 or 0x2029 or (>= 0xE0000 and <= 0xE007F) or (>= 0xFFF9 and <= 0xFFFB) => true,
        // between letters of some scripts and in emoji they have a meaning
        0x200C or 0x200D => false,
        // blanks without width, soft hyphen
        0x200B or 0x2060 or 0xFEFF or 0x00AD or 0x180E => true,
        _ => Rune.IsControl(rune) || (rune.Value & 0xFFFE) == 0xFFFE || Rune.GetUnicodeCategory(rune) is UnicodeCategory.PrivateUse,
    };

    // letters that are drawn as nothing: Hangul fillers, the empty Braille cell
    private static bool IsSeen(Rune rune) => rune.Value is not (0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800)
        && !Rune.IsWhiteSpace(rune)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.NonSpacingMark);
}
