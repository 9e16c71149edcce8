using System.Globalization;

namespace Tccc.Platform.Look;

/// <summary>Time spans as pages show them.</summary>
public static class Clock
{
    /// <summary>For <c>data-elapsed</c> and <c>data-left</c>: js/timer.js counts on from it.</summary>
    public static string Milliseconds(TimeSpan span) => ((long)Math.Max(0, span.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);

    /// <summary>A time span as timers show it: mm:ss, from an hour on h:mm:ss.</summary>
    public static string Face(TimeSpan span) => span < TimeSpan.Zero
        ? "00:00"
        : span.ToString(span < TimeSpan.FromHours(1) ? @"mm\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);
}
