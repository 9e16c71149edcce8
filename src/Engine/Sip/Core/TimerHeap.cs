namespace Tccc.Sip;

/// <summary>One deadline on the loop; armed and disarmed at will. Times are milliseconds of the loop's clock.</summary>
internal sealed class SipTimer(TimerHeap heap, Action fire)
{
    internal long Due;
    internal int Index = -1;

    public bool Armed => Index >= 0;

    public void Arm(long due) => heap.Arm(this, due);

    public void Disarm() => heap.Disarm(this);

    internal void Fire() => fire();
}

/// <summary>All deadlines of the loop in one binary heap: arming and disarming cost log n, waiting needs one look at the top.</summary>
internal sealed class TimerHeap
{
    private SipTimer[] heap = new SipTimer[256];
    private int count;

    /// <summary>When the next deadline falls; long.MaxValue when there is none.</summary>
    public long Next => count == 0 ? long.MaxValue : heap[0].Due;

    public int Count => count;

    public void Arm(SipTimer timer, long due)
    {
        Disarm(timer);
        timer.Due = due;
        if (count == heap.Length) Array.Resize(ref heap, count * 2);
        Rise(timer, count++);
    }

    public void Disarm(SipTimer timer)
    {
        var index = timer.Index;
        if (index < 0) return;
        timer.Index = -1;
        var last = heap[--count];
        heap[count] = null!;
        if (last == timer) return;
        if (index > 0 && heap[(index - 1) / 2].Due > last.Due) Rise(last, index);
        else Sink(last, index);
    }

    /// <summary>Fires what is due, in the order of the deadlines.</summary>
    public void Advance(long now)
    {
        while (count > 0 && heap[0].Due <= now)
        {
            var timer = heap[0];
            Disarm(timer);
            timer.Fire();
        }
    }

    private void Rise(SipTimer timer, int index)
    {
        while (index > 0)
        {
            var parent = (index - 1) / 2;
            if (heap[parent].Due <= timer.Due) break;
            Put(heap[parent], index);
            index = parent;
        }
        Put(timer, index);
    }

    private void Sink(SipTimer timer, int index)
    {
        while (true)
        {
            var child = index * 2 + 1;
            if (child >= count) break;
            if (child + 1 < count && heap[child + 1].Due < heap[child].Due) child++;
            if (heap[child].Due >= timer.Due) break;
            Put(heap[child], index);
            index = child;
        }
        Put(timer, index);
    }

    private void Put(SipTimer timer, int index)
    {
        heap[index] = timer;
        timer.Index = index;
    }
}
