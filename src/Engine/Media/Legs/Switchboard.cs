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
    private volatile Leg?[] all = new Leg?[64];

    /// <summary>Null where there is no leg now.</summary>
    public Leg?[] All => all;

    public Leg? Find(LegId id) => legs.GetValueOrDefault(id);

    public void Add(Leg leg)
    {
        legs.Add(leg.Id, leg);
        leg.Audience = audiences.GetValueOrDefault(leg.Id, []);
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

    /// <summary>False when this is what the listener hears already.</summary>
    public bool Order(Leg listener, Heard what)
    {
        if (orders.GetValueOrDefault(listener.Id) == what) return false;
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
        if (orders.GetValueOrDefault(listener.Id) is Heard.Leg(var source))
            SetAudience(source, Array.FindAll(audiences.GetValueOrDefault(source, []), other => other != listener));
    }

    private void SetAudience(LegId source, Leg[] listeners)
    {
        if (listeners.Length == 0) audiences.Remove(source);
        else audiences[source] = listeners;
        if (legs.TryGetValue(source, out var leg)) leg.Audience = listeners;
    }
}
