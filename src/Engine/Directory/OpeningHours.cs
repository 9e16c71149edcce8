using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>One period of a week in which a number is open, in the time zone of the center; a number without any is always open. product.md §4</summary>
public sealed class OpeningHours : ICenterRow
{
    public const int DayEnds = 24 * 60;

    public long Id { get; set; }

    public CenterId Center { get; set; }

    public NumberId Number { get; set; }

    public DayOfWeek Day { get; set; }

    /// <summary>Minutes after midnight.</summary>
    public int From { get; set; }

    /// <summary>Minutes after midnight, not included; <see cref="DayEnds"/> is the end of the day. A period over midnight is two rows.</summary>
    public int Until { get; set; }

    /// <summary>Both are open in some minute of the week.</summary>
    public bool Overlaps(OpeningHours other) => Day == other.Day && From < other.Until && other.From < Until;

    internal bool Includes(DateTimeOffset local) => Day == local.DayOfWeek && local.TimeOfDay.TotalMinutes >= From && local.TimeOfDay.TotalMinutes < Until;
}
