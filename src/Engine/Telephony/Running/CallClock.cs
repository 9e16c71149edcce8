using Tccc.Platform;

namespace Tccc.Telephony;

/// <summary>The deadlines of one call, of which the nearest is set. They do not outlive the process: neither does the call.</summary>
internal sealed class CallClock(Deadlines deadlines, Action ring)
{
    // few at a time: an array of as many as there can be costs each call more
    private readonly List<Due> armed = new(2);
    private readonly Alarm alarm = deadlines.Alarm("call", ring);
    private Instant set = Instant.Never;

    public void Arm(CallDeadline kind, long of, Instant at)
    {
        Remove(kind, of);
        armed.Add(new(kind, of, at));
        Set();
    }

    public void Disarm(CallDeadline kind, long of)
    {
        if (Remove(kind, of)) Set();
    }

    /// <summary>One deadline that is reached, and no longer armed; null when there is none (any more).</summary>
    public DeadlineReached? TakeDue(Instant now)
    {
        set = Instant.Never;
        for (var i = 0; i < armed.Count; i++)
        {
            var due = armed[i];
            if (due.At > now) continue;
            armed.RemoveAt(i);
            return new(due.Kind, due.Of);
        }

        Set();
        return null;
    }

    public void Stop() => alarm.Clear();

    private void Set()
    {
        var next = Instant.Never;
        foreach (var due in armed)
        {
            if (due.At < next) next = due.At;
        }

        if (next == set) return;
        set = next;
        if (next == Instant.Never) alarm.Clear();
        else alarm.Set(next);
    }

    private bool Remove(CallDeadline kind, long of)
    {
        for (var i = 0; i < armed.Count; i++)
        {
            if (armed[i].Kind != kind || armed[i].Of != of) continue;
            armed.RemoveAt(i);
            return true;
        }

        return false;
    }

    private readonly record struct Due(CallDeadline Kind, long Of, Instant At);
}
