using Tccc.Media.Mixing;

namespace Tccc.Media.Legs;

/// <summary>
/// Which legs there are and who hears whom. A hearing may be ordered before its source is open; it begins when that is.
/// The endpoint's lock guards changes; <see cref="All"/> may be read by anyone.
/// </summary>
internal sealed class Switchboard
{
    private readonly Dictionary<LegId, Leg> legs = [];
    private readonly Dictionary<LegId, Heard> orders = [];
    private readonly Dictionary<LegId, Leg[]> audiences = [];
    private readonly Stack<int> freeSlots = new();
    private readonly Rooms rooms;
    private volatile Leg?[] all = new Leg?[64];

    public Switchboard() => rooms = new Rooms(legs);

    /// <summary>Null where there is no leg now.</summary>
    public Leg?[] All => all;

    public Leg? Find(LegId id) => legs.GetValueOrDefault(id);

    public void Add(Leg leg)
    {
        legs.Add(leg.Id, leg);
        leg.Audience = audiences.GetValueOrDefault(leg.Id, []);
        rooms.Opened(leg);
        if (!freeSlots.TryPop(out var slot)) slot = legs.Count - 1;
        var slots = all;
        if (slot == slots.Length)
        {
            Array.Resize(ref slots, slot * 2);
            all = slots;
        }
        slots[slot] = leg;
        leg.Slot = slot;
    }

    /// <summary>False when this is what the listener hears already. The room is that of a mix, else null.</summary>
    public bool Order(Leg listener, Heard what, out Room? room)
    {
        room = null;
        if (orders.GetValueOrDefault(listener.Id) == what) return false;
        // before the old one is left: who is in both goes on without a hole
        if (what is Heard.Legs(var sources)) room = rooms.Enter(listener.Id, sources);
        Unwire(listener);
        orders[listener.Id] = what;
        if (what is Heard.Leg(var source)) SetAudience(source, [.. audiences.GetValueOrDefault(source, []), listener]);
        return true;
    }

    public Leg? Remove(LegId id)
    {
        if (!legs.Remove(id, out var leg)) return null;
        Unwire(leg);
        orders.Remove(id);
        leg.Audience = [];
        rooms.Closed(id);
        all[leg.Slot] = null;
        freeSlots.Push(leg.Slot);
        return leg;
    }

    /// <summary>A clip is over: the same order again is a new one.</summary>
    public void ClipIsOver(LegId id, ClipId clip)
    {
        if (orders.GetValueOrDefault(id) is Heard.Clip { Loop: false } order && order.Id == clip) orders[id] = new Heard.Nothing();
    }

    private void Unwire(Leg listener)
    {
        switch (orders.GetValueOrDefault(listener.Id))
        {
            case Heard.Leg(var source):
                SetAudience(source, Array.FindAll(audiences.GetValueOrDefault(source, []), other => other != listener));
                break;
            case Heard.Legs(var sources):
                rooms.Leave(listener.Id, sources);
                break;
        }
    }

    private void SetAudience(LegId source, Leg[] listeners)
    {
        if (listeners.Length == 0) audiences.Remove(source);
        else audiences[source] = listeners;
        if (legs.TryGetValue(source, out var leg)) leg.Audience = listeners;
    }
}
