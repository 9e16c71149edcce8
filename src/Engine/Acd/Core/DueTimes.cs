namespace Tccc.Acd.Core;

/// <summary>Something that wants to be called at a time which may change before it comes.</summary>
internal abstract class Timed
{
    /// <summary>The earliest time it wants to be called at now.</summary>
    public abstract Instant NextDue { get; }

    /// <summary>The time it stands in the heap for.</summary>
    internal Instant Armed { get; set; } = Instant.Never;
}

/// <summary>
/// All deadlines of a center. A deadline that moves later, or away, stays in the heap and is looked at again when it comes up:
/// most deadlines never fire, so taking them out would cost more than passing over them.
/// </summary>
internal sealed class DueTimes
{
    private readonly PriorityQueue<Timed, (Instant At, long Turn)> heap = new();
    private long turn;

    /// <summary>
    /// When something is due next. What stands at the head and does not mean it any more is taken out, so that nobody wakes up for it.
    /// </summary>
    public Instant? Next
    {
        get
        {
            while (heap.TryPeek(out var timed, out var first))
            {
                if (first.At == timed.Armed && timed.NextDue <= first.At) return first.At;
                heap.Dequeue();
                if (first.At != timed.Armed) continue;
                timed.Armed = Instant.Never;
                Arm(timed);
            }
            return null;
        }
    }

    public void Arm(Timed timed)
    {
        var due = timed.NextDue;
        if (due >= timed.Armed) return;
        timed.Armed = due;
        heap.Enqueue(timed, (due, ++turn));
    }

    /// <summary>The next one that is due; its owner acts on it and arms it again.</summary>
    public bool TryTake(Instant now, out Timed due)
    {
        while (heap.TryPeek(out due!, out var first) && first.At <= now)
        {
            heap.Dequeue();
            if (first.At != due.Armed) continue;
            due.Armed = Instant.Never;
            if (due.NextDue <= now) return true;
            Arm(due);
        }
        due = null!;
        return false;
    }
}
