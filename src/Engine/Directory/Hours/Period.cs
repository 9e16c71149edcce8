using System.Globalization;

namespace Tccc.Directory;

/// <summary>A part of one day.</summary>
/// <param name="From">Minutes after midnight.</param>
/// <param name="Until">Minutes after midnight, not included; <see cref="DayEnds"/> is the end of the day.</param>
public readonly record struct Period(int From, int Until)
{
    public const int DayEnds = 24 * 60;

    /// <summary>Periods that one day may have.</summary>
    public const int MostPerDay = 6;

    /// <summary>Both are open in some minute.</summary>
    public bool Overlaps(Period other) => From < other.Until && other.From < Until;

    public bool Includes(TimeSpan timeOfDay) => timeOfDay.TotalMinutes >= From && timeOfDay.TotalMinutes < Until;

    public override string ToString() => $"{Clock(From)}-{Clock(Until)}";

    /// <summary>As a person reads and types them: <c>09:00-12:00, 13:00-18:00</c>.</summary>
    public static string Write(IEnumerable<Period> periods) => string.Join(", ", periods.OrderBy(p => p.From));

    /// <summary>
    /// Periods as a person types them; full-width digits and signs, dashes of any kind, and hours alone (<c>9-18</c>) are taken. A period
    /// whose end is before its beginning goes over midnight. Null when the line can't be read.
    /// </summary>
    public static IReadOnlyList<Period>? Read(string? line)
    {
        var periods = new List<Period>();
        var text = Plain(line ?? "");
        foreach (var part in text.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // the Chinese dash is two signs wide, and written as two
            var ends = part.Replace("--", "-", StringComparison.Ordinal).Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length != 2 || Minutes(ends[0]) is not { } from || Minutes(ends[1]) is not { } until || from == until ||
                from == DayEnds) return null;
            periods.Add(new(from, until));
        }
        return periods.Count > MostPerDay ? null : periods;
    }

    /// <summary>Every dash, comma, colon and digit of either writing as the plain one.</summary>
    private static string Plain(string typed) => string.Create(typed.Length, typed, static (to, from) =>
    {
        for (var i = 0; i < to.Length; i++) to[i] = Sign(from[i]);
    });

    private static char Sign(char typed) => typed switch
    {
        // ideographic comma, full-width comma and semicolon
        '\u3001' or '\uFF0C' => ',',
        '\uFF1B' => ';',
        // full-width, small and ratio colons
        '\uFF1A' or '\uFE55' or '\u2236' => ':',
        // hyphens, dashes, minus, tildes and waves
        (>= '\u2010' and <= '\u2015') or '\u2212' or '\uFF0D' or '\u2E3A' or '\u30FC' or '~' or '\uFF5E' or '\u301C' or '\u223C' => '-',
        >= '\uFF10' and <= '\uFF19' => (char)('0' + (typed - '\uFF10')),
        '\u3000' or '\u00A0' => ' ',
        _ => typed,
    };

    private static int? Minutes(string text)
    {
        var parts = text.Split(':', StringSplitOptions.TrimEntries);
        if (parts.Length is < 1 or > 2 || Whole(parts[0]) is not { } hours || hours > 24) return null;
        var minutes = parts.Length == 1 ? 0 : parts[1].Length == 2 ? Whole(parts[1]) ?? 60 : 60;
        return minutes > 59 || (hours == 24 && minutes > 0) ? null : (hours * 60) + minutes;
    }

    private static int? Whole(string text) =>
        text.Length is 1 or 2 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Clock(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");
}
