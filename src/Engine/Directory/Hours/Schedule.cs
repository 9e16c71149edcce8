using System.ComponentModel.DataAnnotations;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>
/// Opening hours with a name: a week, the days that differ from it, and the time zone both are meant in. Numbers and groups name one; who
/// names none is always open. product.md §4
/// </summary>
public sealed class Schedule : ICenterRow, IVersioned
{
    public const int LongestName = 50;

    public ScheduleId Id { get; set; }

    public CenterId Center { get; set; }

    /// <summary>Unique in the center.</summary>
    [MaxLength(LongestName)]
    public required string Name { get; set; }

    /// <summary>By its IANA name.</summary>
    [MaxLength(60)]
    public required string TimeZone { get; set; }

    public long Version { get; set; }

    public PersonId? ChangedBy { get; set; }

    public DateTimeOffset? ChangedAt { get; set; }
}

/// <summary>Days that differ from the week of their <see cref="Schedule"/>: a holiday, a working weekend.</summary>
public sealed class ScheduleException : ICenterRow
{
    public const int LongestName = 50;

    /// <summary>Longest text of <see cref="Hours"/>: <see cref="Period.MostPerDay"/> periods.</summary>
    public const int LongestHours = 100;

    public long Id { get; set; }

    public CenterId Center { get; set; }

    public ScheduleId Schedule { get; set; }

    public DateOnly First { get; set; }

    /// <summary>The last day, included; the same as <see cref="First"/> for one day.</summary>
    public DateOnly Last { get; set; }

    /// <summary>What it is called, such as a holiday's name; may be empty.</summary>
    [MaxLength(LongestName)]
    public string Name { get; set; } = "";

    /// <summary>As <see cref="Period.Write"/> writes them, none over midnight; empty = closed all day.</summary>
    [MaxLength(LongestHours)]
    public string Hours { get; set; } = "";
}
