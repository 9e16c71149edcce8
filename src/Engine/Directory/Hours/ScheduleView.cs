namespace Tccc.Directory;

/// <summary>A schedule as the call path asks it; immutable.</summary>
public sealed class ScheduleView(Schedule schedule, IReadOnlyList<OpeningHours> week, IReadOnlyList<ScheduleException> exceptions)
{
    private readonly TimeZoneInfo? zone = TimeZoneInfo.TryFindSystemTimeZoneById(schedule.TimeZone, out var found) ? found : null;
    private readonly Day[] days = [.. exceptions.Select(e => new Day(e.First, e.Last, Period.Read(e.Hours) ?? []))];

    public Schedule Schedule => schedule;

    public ScheduleId Id => schedule.Id;

    public string Name => schedule.Name;

    public IReadOnlyList<OpeningHours> Week => week;

    /// <summary>By their first day.</summary>
    public IReadOnlyList<ScheduleException> Exceptions => exceptions;

    /// <summary>
    /// Whether it is open at this moment. A day that differs counts alone: nothing of the week is added to it. Where two name the same day,
    /// the shorter one counts: a single day inside a week of holidays.
    /// </summary>
    public bool IsOpen(DateTimeOffset now)
    {
        var local = zone is null ? now : TimeZoneInfo.ConvertTime(now, zone);
        var today = DateOnly.FromDateTime(local.DateTime);
        Day? differs = null;
        foreach (var day in days)
            if (day.First <= today && today <= day.Last && (differs is null || day.Length < differs.Length)) differs = day;
        if (differs is not null) return differs.Hours.Any(period => period.Includes(local.TimeOfDay));
        return week.Any(hours => hours.Day == local.DayOfWeek && hours.Period.Includes(local.TimeOfDay));
    }

    private sealed record Day(DateOnly First, DateOnly Last, IReadOnlyList<Period> Hours)
    {
        public int Length => Last.DayNumber - First.DayNumber;
    }
}
