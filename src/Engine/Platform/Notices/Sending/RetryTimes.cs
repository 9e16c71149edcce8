namespace Tccc.Platform;

/// <summary>When a message that could not be sent is tried again.</summary>
internal static class RetryTimes
{
    /// <summary>The gap after the first try, the second, …; after the last one nobody tries any more.</summary>
    public static readonly IReadOnlyList<TimeSpan> Gaps =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)];

    /// <summary>How far ahead a message that was tried so often can be due: it is claimed, or waits for its next try.</summary>
    public static TimeSpan Longest(int tries)
    {
        if (tries == 0) return TimeSpan.Zero;
        // the last try is claimed, and no other follows
        var gap = tries <= Gaps.Count ? Gaps[tries - 1] : TimeSpan.Zero;
        return gap > NoticeLane.ClaimLasts ? gap : NoticeLane.ClaimLasts;
    }

    /// <summary>
    /// The moment of the next try; null when it is given up. What expires before that is looked at once more then, to be given up.
    /// </summary>
    /// <param name="tries">How often it has been tried.</param>
    public static DateTimeOffset? Next(int tries, DateTimeOffset now, DateTimeOffset? expiresAt) =>
        tries > Gaps.Count ? null : expiresAt is { } end && end < now + Gaps[tries - 1] ? end : now + Gaps[tries - 1];
}
