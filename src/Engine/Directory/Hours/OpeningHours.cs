using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>One period of the week in which a <see cref="Schedule"/> is open. A period over midnight is two rows.</summary>
public sealed class OpeningHours : ICenterRow
{
    public long Id { get; set; }

    public CenterId Center { get; set; }

    public ScheduleId Schedule { get; set; }

    public DayOfWeek Day { get; set; }

    /// <inheritdoc cref="Period.From"/>
    public int From { get; set; }

    /// <inheritdoc cref="Period.Until"/>
    public int Until { get; set; }

    public Period Period => new(From, Until);
}
