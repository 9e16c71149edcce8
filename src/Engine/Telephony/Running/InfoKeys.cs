using Tccc.Media;

namespace Tccc.Telephony;

/// <summary>
/// Keys for far ends that take them by SIP INFO alone (RFC 6086): one after the other, as evenly as media sends its events. Of one call,
/// and read in its mailbox only.
/// </summary>
internal sealed class InfoKeys
{
    private readonly Queue<(LegId Leg, char Key)> waiting = new();
    private Instant? free;

    /// <summary>When the next may leave, which may be past; none when none waits.</summary>
    public Instant? Due(Instant now) => waiting.Count == 0 ? null : free ?? now;

    /// <summary>A digit or a comma. More than media would let wait are let go, as there.</summary>
    public void Add(LegId leg, char key)
    {
        if (waiting.Count < TooManyDigits.Most) waiting.Enqueue((leg, key));
    }

    /// <summary>The key that leaves now, if its time has come; a comma is passed over once it has waited.</summary>
    public (LegId Leg, char Key)? Take(Instant now)
    {
        while (waiting.Count > 0 && (free is not { } from || from <= now))
        {
            var next = waiting.Dequeue();
            free = now + DigitTiming.Of(next.Key);
            if (next.Key != DigitTiming.Comma) return next;
        }

        return null;
    }
}
