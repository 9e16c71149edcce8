using System.Globalization;
using Microsoft.Extensions.Localization;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>Days that differ, as they were typed.</summary>
public sealed record ExceptionLine
{
    public string? First { get; init; }

    public string? Last { get; init; }

    public string? Name { get; init; }

    public string? Hours { get; init; }

    internal bool IsEmpty => new[] { First, Last, Name, Hours }.All(string.IsNullOrWhiteSpace);

    public static ExceptionLine Of(ScheduleException row) =>
        new() { First = Day(row.First), Last = Day(row.Last), Name = row.Name, Hours = row.Hours };

    /// <summary>The row; or what is wrong with the line, at its fields.</summary>
    internal ScheduleException? Read(int at, IStringLocalizer<Texts> texts, List<FieldError> refused)
    {
        var before = refused.Count;
        void Wrong(string field, string message) => refused.Add(new($"Exceptions[{at}].{field}", message));
        var first = Day(First);
        var last = string.IsNullOrWhiteSpace(Last) ? first : Day(Last);
        if (first is null) Wrong(nameof(First), "Enter a day.");
        if (last is null && !string.IsNullOrWhiteSpace(Last)) Wrong(nameof(Last), "Enter a day.");
        if (last < first) Wrong(nameof(Last), "The last day is before the first.");
        if (last?.DayNumber - first?.DayNumber >= SaveSchedule.LongestException) Wrong(nameof(Last), "Enter at most 366 days.");
        if (PlainText.Fault(Name, ScheduleException.LongestName) is { } fault) Wrong(nameof(Name), fault);
        var hours = Period.Read(Hours);
        if (hours is null) Wrong(nameof(Hours), "Enter periods such as 09:00-12:00, 13:00-18:00; at most 6 a day.");
        else if (hours.Any(p => p.From > p.Until))
            Wrong(nameof(Hours), "A special day ends at midnight: enter the rest as a day of its own.");
        else if (WeekHours.Overlap([.. hours.OrderBy(p => p.From)]) is var (one, other))
            Wrong(nameof(Hours), texts["{0} and {1} overlap.", one, other]);
        return refused.Count > before ? null : new()
        {
            First = first!.Value,
            Last = last!.Value,
            Name = PlainText.Of(Name) ?? "",
            Hours = Period.Write(hours!),
        };
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Day(string? typed) =>
        DateOnly.TryParseExact(typed?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
