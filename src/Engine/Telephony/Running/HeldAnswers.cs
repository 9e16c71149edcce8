using Tccc.Platform;

namespace Tccc.Telephony;

/// <summary>
/// Holds back what is answered to a customer until the call's row is stored, so that whoever heard 180 or 200 is found in the records after
/// any crash; but never longer than <see cref="Longest"/>: a database that is slow or away costs nobody their call (adr/0008). What is held
/// back goes in its order.
/// </summary>
internal sealed class HeldAnswers(Deadlines deadlines, TimeProvider time)
{
    /// <summary>Half of what a caller would notice, well below a carrier's patience (RFC 3261 §17.1.1.1: T1 is 500 ms).</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private List<Action>? held;
    private Alarm? limit;
    private bool open;

    /// <summary>From now on time counts.</summary>
    public void Begin()
    {
        lock (gate)
        {
            if (open || limit is not null) return;
            limit = deadlines.Alarm("answer", Release);
            limit.Set(time.Instant() + Longest);
        }
    }

    /// <summary>Gives the customer an answer: now, or once <see cref="Release"/> was called. It must only hand over: it may run on the
    /// writer's thread.
    /// </summary>
    public void Give(Action order)
    {
        lock (gate)
        {
            if (!open)
            {
                (held ??= new(2)).Add(order);
                return;
            }
        }

        order();
    }

    /// <summary>The row is stored, or time is up: what was held back is given now.</summary>
    public void Release()
    {
        lock (gate)
        {
            // an order may bring further ones
            for (var i = 0; !open && i < (held?.Count ?? 0); i++) held![i]();
            Open();
        }
    }

    /// <summary>What is held back means nothing any more: the call ends, or the customer hears so.</summary>
    public void Drop()
    {
        lock (gate) Open();
    }

    private void Open()
    {
        (open, held) = (true, null);
        limit?.Clear();
    }
}
