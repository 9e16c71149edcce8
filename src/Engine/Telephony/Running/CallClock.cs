using Tccc.Platform;

namespace Tccc.Telephony;

/// <summary>The deadlines of one call, of which the nearest is set. They do not outlive the process: neither does the call.</summary>
internal sealed class CallClock(Deadlines deadlines, Action ring)
{
    private static readonly int Kinds = Enum.GetValues<CallDeadline>().Length;

    private readonly Instant[] due = NoneArmed();
    private readonly Alarm alarm = deadlines.Alarm("call", ring);
    private Instant set = Instant.Never;

    public void Arm(CallDeadline kind, Instant at)
    {
        due[(int)kind] = at;
        Set();
    }

    public void Disarm(CallDeadline kind)
    {
        due[(int)kind] = Instant.Never;
        Set();
    }

    /// <summary>One deadline that is reached, and no longer armed; null when there is none (any more).</summary>
    public CallDeadline? TakeDue(Instant now)
    {
        set = Instant.Never;
        for (var kind = 0; kind < Kinds; kind++)
        {
            if (due[kind] > now) continue;
            due[kind] = Instant.Never;
            return (CallDeadline)kind;
        }

        Set();
        return null;
    }

    public void Stop() => alarm.Clear();

    private void Set()
    {
        var next = due.Min();
        if (next == set) return;
        set = next;
        if (next == Instant.Never) alarm.Clear();
        else alarm.Set(next);
    }

    private static Instant[] NoneArmed()
    {
        var none = new Instant[Kinds];
        Array.Fill(none, Instant.Never);
        return none;
    }
}
