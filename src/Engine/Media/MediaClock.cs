namespace Tccc.Media;

/// <summary>Time for media: monotonic from the start of the endpoint, and the wall clock for sender reports.</summary>
internal sealed class MediaClock
{
    private static readonly DateTimeOffset NtpEpoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TimeProvider time;
    private readonly long origin;
    private readonly DateTimeOffset started;

    public MediaClock(TimeProvider time)
    {
        this.time = time;
        origin = time.GetTimestamp();
        started = time.GetUtcNow();
    }

    public TimeSpan Now => time.GetElapsedTime(origin);

    /// <summary>NTP time stamp (RFC 3550 §4): seconds since 1900 and 32 bits of fraction.</summary>
    public ulong NtpAt(TimeSpan now)
    {
        var since = started + now - NtpEpoch;
        var seconds = (ulong)(since.Ticks / TimeSpan.TicksPerSecond);
        var fraction = ((ulong)(since.Ticks % TimeSpan.TicksPerSecond) << 32) / TimeSpan.TicksPerSecond;
        return (seconds << 32) | fraction;
    }
}
