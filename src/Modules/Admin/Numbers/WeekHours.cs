using System.Globalization;
using Tccc.Directory;

namespace Tccc.Admin;

/// <summary>Opening hours as a person types them, a line a day: <c>09:00-12:00, 13:00-18:00</c>; <c>22:00-06:00</c> goes over midnight.</summary>
internal static class WeekHours
{
    public const int MostPerDay = 6;

    /// <summary>In the order of a working week.</summary>
    public static readonly IReadOnlyList<DayOfWeek> Days =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>The periods of one line, those over midnight cut in two; null when the line can't be read.</summary>
    public static IReadOnlyList<OpeningHours>? Read(DayOfWeek day, string? line)
    {
        var periods = new List<OpeningHours>();
        foreach (var part in (line ?? "").Split([',', ';', '\uFF0C', '\uFF1B'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var ends = part.Split(['-', '\u2013', '~', '\uFF5E'], StringSplitOptions.TrimEntries);
            if (ends.Length != 2 || Minutes(ends[0]) is not { } from || Minutes(ends[1]) is not { } until || from == until || from == OpeningHours.DayEnds) return null;
            if (from < until)
            {
                periods.Add(new() { Day = day, From = from, Until = until });
            }
            else
            {
                periods.Add(new() { Day = day, From = from, Until = OpeningHours.DayEnds });
                if (until > 0) periods.Add(new() { Day = (DayOfWeek)(((int)day + 1) % 7), From = 0, Until = until });
            }
        }
        return periods.Count > MostPerDay ? null : periods;
    }

    /// <summary>Two periods that overlap; null when none do.</summary>
    public static (OpeningHours, OpeningHours)? Overlap(IReadOnlyList<OpeningHours> periods)
    {
        for (var i = 0; i < periods.Count; i++)
        {
            for (var j = i + 1; j < periods.Count; j++)
            {
                if (periods[i].Overlaps(periods[j])) return (periods[i], periods[j]);
            }
        }
        return null;
    }

    public static string Write(IEnumerable<OpeningHours> periods) => string.Join(", ", periods.OrderBy(p => p.From).Select(Write));

    public static string Write(OpeningHours period) => $"{Clock(period.From)}-{Clock(period.Until)}";

    private static string Clock(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");

    private static int? Minutes(string text)
    {
        var parts = text.Replace('\uFF1A', ':').Split(':');
        if (parts.Length is < 1 or > 2 || Reading.Whole(parts[0]) is not { } hours || hours > 24) return null;
        var minutes = parts.Length == 1 ? 0 : parts[1].Length == 2 ? Reading.Whole(parts[1]) ?? 60 : 60;
        return minutes > 59 || (hours == 24 && minutes > 0) ? null : (hours * 60) + minutes;
    }
}
