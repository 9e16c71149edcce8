using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>
/// A week of opening hours, read from a line a day: <c>09:00-12:00, 13:00-18:00</c>; <c>22:00-06:00</c> goes over midnight.
/// </summary>
internal static class WeekHours
{
    /// <summary>In the order of a working week.</summary>
    public static readonly IReadOnlyList<DayOfWeek> Days =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday,
            DayOfWeek.Sunday];

    /// <summary>
    /// The periods of the week, those over midnight cut in two; with what is wrong, each at its day, every wrong day told.
    /// </summary>
    public static IReadOnlyList<OpeningHours> Read(
        IReadOnlyDictionary<string, string>? lines, Func<DayOfWeek, string, FieldError> wrong, Func<string, string, string> overlap,
        List<FieldError> refused)
    {
        var week = new List<OpeningHours>();
        var unreadable = new HashSet<DayOfWeek>();
        foreach (var day in Days)
        {
            if (Period.Read(lines?.GetValueOrDefault(day.ToString())) is { } periods)
            {
                foreach (var period in periods) Add(week, day, period);
                continue;
            }
            unreadable.Add(day);
            refused.Add(wrong(day, "Enter periods such as 09:00-12:00, 13:00-18:00; at most 6 a day."));
        }
        foreach (var day in Days.Where(day => !unreadable.Contains(day)))
        {
            if (Overlap([.. week.Where(h => h.Day == day)]) is var (one, other))
                refused.Add(wrong(day, overlap(one.ToString(), other.ToString())));
        }
        return week;
    }

    /// <summary>Two periods that overlap; null when none do.</summary>
    public static (Period, Period)? Overlap(IReadOnlyList<Period> periods)
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

    public static string Write(IEnumerable<OpeningHours> hours) => Period.Write(hours.Select(h => h.Period));

    private static (Period, Period)? Overlap(IReadOnlyList<OpeningHours> day) =>
        Overlap([.. day.Select(h => h.Period).OrderBy(p => p.From)]);

    private static void Add(List<OpeningHours> week, DayOfWeek day, Period period)
    {
        if (period.From < period.Until)
        {
            week.Add(new() { Day = day, From = period.From, Until = period.Until });
            return;
        }
        week.Add(new() { Day = day, From = period.From, Until = Period.DayEnds });
        if (period.Until > 0) week.Add(new() { Day = (DayOfWeek)(((int)day + 1) % 7), From = 0, Until = period.Until });
    }
}
