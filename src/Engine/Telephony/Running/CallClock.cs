namespace Tccc.Telephony;

/// <summary>The deadlines of one call on one timer. They do not outlive the process: neither does the call.</summary>
internal sealed class CallClock(TimeProvider time, Action ring)
{
    private static readonly int Kinds = Enum.GetValues<CallDeadline>().Length;

    private readonly DateTimeOffset[] due = NoneArmed();
    private ITimer? timer;

    public void Arm(CallDeadline kind, DateTimeOffset at)
    {
        due[(int)kind] = at;
        Set();
    }

    public void Disarm(CallDeadline kind) => due[(int)kind] = DateTimeOffset.MaxValue;

    /// <summary>One deadline that is reached, and no longer armed; null when there is none (any more).</summary>
    public CallDeadline? TakeDue()
    {
        var now = time.GetUtcNow();
        for (var kind = 0; kind < Kinds; kind++)
        {
            if (due[kind] > now) continue;
            due[kind] = DateTimeOffset.MaxValue;
            return (CallDeadline)kind;
        }

        Set();
        return null;
    }

    public void Stop() => timer?.Dispose();

    private void Set()
    {
        var next = due.Min();
        if (next == DateTimeOffset.MaxValue) return;
        // Rounded up, so that the timer never comes a moment early and finds nothing due.
        var wait = TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling((next - time.GetUtcNow()).TotalMilliseconds)));
        timer ??= time.CreateTimer(static clock => ((CallClock)clock!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void Ring() => ring();

    private static DateTimeOffset[] NoneArmed()
    {
        var none = new DateTimeOffset[Kinds];
        Array.Fill(none, DateTimeOffset.MaxValue);
        return none;
    }
}
