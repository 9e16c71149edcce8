using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>Text of a form, read.</summary>
internal static class Reading
{
    /// <summary>Digits only; null when it is no whole number.</summary>
    public static int? Whole(string? text) =>
        int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool IsWithin(string? text, int least, int most) => Whole(text) is { } number && number >= least && number <= most;

    /// <inheritdoc cref="PlainText.Of"/>
    public static string? Trimmed(string? text) => PlainText.Of(text);

    /// <summary>An id that a form sent; null when none was chosen, or it is none.</summary>
    public static TId? Id<TId>(string? text) where TId : struct, IId<TId> =>
        TId.TryParse(text, CultureInfo.InvariantCulture, out var id) ? id : null;

    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether one of the texts holds what is searched for.</summary>
    public static bool Fits(string? query, params ReadOnlySpan<string?> texts)
    {
        if (Trimmed(query) is not { } wanted) return true;
        foreach (var text in texts)
        {
            if (text?.Contains(wanted, StringComparison.OrdinalIgnoreCase) is true) return true;
        }
        return false;
    }

    /// <summary>A page; with a refusal, under the refusal's status.</summary>
    public static IResult Page<TPage>(Error? refusal, params IReadOnlyList<(string Name, object? Value)> parameters)
        where TPage : IComponent =>
        new RazorComponentResult<TPage>(
            parameters.ToDictionary(p => p.Name, p => p.Value)) { StatusCode = refusal?.Status() ?? StatusCodes.Status200OK };
}
