namespace Tccc.Media.Quality;

/// <summary>
/// What the party's reports say of our stream, until an interval takes it. The media thread adds, a few times in a minute; the timer thread
/// takes.
/// </summary>
internal sealed class RemoteReports
{
    /// <summary>
    /// A report stands for an interval in which none came for so long: reports are 5 s apart, by chance up to half as much more (RFC 3550
    /// §6.3.1).
    /// </summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(7.5);

    private readonly Lock gate = new();
    private Slice waiting;
    private Slice last;
    private TimeSpan? lastCame;

    /// <summary>Each value that is not known is null.</summary>
    /// <param name="loss">Share lost on the way to the party, 0 to 1.</param>
    public void Add(double? loss, double? jitterMs, double? roundTripMs, TimeSpan now)
    {
        var report = new Slice();
        report.Remote(loss, jitterMs, roundTripMs);
        lock (gate)
        {
            waiting.Add(report);
            (last, lastCame) = (report, now);
        }
    }

    /// <summary>All that came since the last time, or the last before that while it is good.</summary>
    public Slice Take(TimeSpan now)
    {
        lock (gate)
        {
            var taken = waiting;
            waiting = default;
            return !taken.HasRemote && lastCame is { } at && now - at <= GoodFor ? last : taken;
        }
    }
}
