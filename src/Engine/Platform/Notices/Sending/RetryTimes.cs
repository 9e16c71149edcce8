namespace Tccc.Platform;

/// <summary>When a message that could not be sent is tried again.</summary>
internal static class RetryTimes
{
    /// <summary>The gap after the first try, the second, …; after the last one nobody tries any more.</summary>
    public static readonly IReadOnlyList<TimeSpan> Gaps =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)];

    /// <summary>
    /// The moment of the next try; null when it is given up. What expires before that is looked at once more then, to be given up.
    /// </summary>
    /// <param name="tries">How often it has been tried.</param>
    public static DateTimeOffset? Next(int tries, DateTimeOffset now, DateTimeOffset? expiresAt) =>
        tries > Gaps.Count ? null : expiresAt is { } end && end < now + Gaps[tries - 1] ? end : now + Gaps[tries - 1];
}
