namespace Tccc.Platform;

/// <summary>
/// Alarms by when they come: a heap of four children a node, in which each alarm knows its place, so that one that is cleared leaves at
/// once and holds nothing of its owner. O(log n); not safe for two threads.
/// </summary>
internal sealed class AlarmHeap
{
    public const int Nowhere = -1;

    private const int Children = 4;
    private Alarm[] places = new Alarm[16];

    public int Count { get; private set; }

    public Alarm? First => Count == 0 ? null : places[0];

    /// <summary>Puts it in, or moves it to another moment.</summary>
    public void Set(Alarm alarm, Instant at)
    {
        alarm.At = at;
        if (alarm.Index == Nowhere)
        {
            if (Count == places.Length) Array.Resize(ref places, Count * 2);
            Put(alarm, Count++);
        }
        if (!Up(alarm)) Down(alarm);
    }

    /// <summary>Harmless when it is not in.</summary>
    public void Remove(Alarm alarm)
    {
        var index = alarm.Index;
        if (index == Nowhere) return;
        alarm.Index = Nowhere;
        var last = places[--Count];
        places[Count] = null!;
        if (last == alarm) return;
        Put(last, index);
        if (!Up(last)) Down(last);
    }

    private bool Up(Alarm alarm)
    {
        var index = alarm.Index;
        while (index > 0 && places[(index - 1) / Children] is var parent && alarm.At < parent.At)
        {
            Put(parent, index);
            index = (index - 1) / Children;
        }
        if (index == alarm.Index) return false;
        Put(alarm, index);
        return true;
    }

    private void Down(Alarm alarm)
    {
        var index = alarm.Index;
        while (Earliest(index) is { } child && child.At < alarm.At)
        {
            var below = child.Index;
            Put(child, index);
            index = below;
        }
        Put(alarm, index);
    }

    private Alarm? Earliest(int parent)
    {
        Alarm? earliest = null;
        var first = (parent * Children) + 1;
        for (var i = first; i < Math.Min(first + Children, Count); i++)
        {
            if (earliest is null || places[i].At < earliest.At) earliest = places[i];
        }
        return earliest;
    }

    private void Put(Alarm alarm, int index)
    {
        places[index] = alarm;
        alarm.Index = index;
    }
}
