using System.Collections.Immutable;
using Tccc.Media.Legs;

namespace Tccc.Media.Mixing;

/// <summary>
/// The rooms there are, and the voice of each leg that is in one. A listener with their sources makes the room, so that those who hear each
/// other share it; it is there as long as somebody hears it. The endpoint's lock guards it.
/// </summary>
internal sealed class Rooms(IReadOnlyDictionary<LegId, Leg> legs)
{
    private readonly Dictionary<LegId, List<Room>> roomsOf = [];

    /// <summary>The room in which the listener hears these.</summary>
    public Room Enter(LegId listener, ImmutableArray<LegId> sources)
    {
        var room = Find(listener, sources) ?? Open(Everybody(listener, sources));
        room.Listeners++;
        return room;
    }

    public void Leave(LegId listener, ImmutableArray<LegId> sources)
    {
        if (Find(listener, sources) is not { } room || --room.Listeners > 0) return;
        foreach (var id in room.Everybody)
        {
            var rooms = roomsOf[id];
            rooms.Remove(room);
            if (rooms.Count > 0) continue;
            roomsOf.Remove(id);
            if (legs.TryGetValue(id, out var leg)) leg.Voice = null;
        }
    }

    /// <summary>The leg is open: it is heard where it is waited for.</summary>
    public void Opened(Leg leg)
    {
        foreach (var room in roomsOf.GetValueOrDefault(leg.Id, [])) Seat(leg, room);
    }

    /// <summary>The leg is closed: it is heard nowhere.</summary>
    public void Closed(LegId id)
    {
        foreach (var room in roomsOf.GetValueOrDefault(id, [])) room.Leave(id);
    }

    private Room Open(ImmutableArray<LegId> everybody)
    {
        var room = new Room(everybody);
        foreach (var id in everybody)
        {
            if (!roomsOf.TryGetValue(id, out var rooms)) roomsOf[id] = rooms = [];
            rooms.Add(room);
            if (legs.TryGetValue(id, out var leg)) Seat(leg, room);
        }
        return room;
    }

    private static void Seat(Leg leg, Room room) => room.Enter(leg.Id, leg.Voice ??= leg.NewVoice());

    private Room? Find(LegId listener, ImmutableArray<LegId> sources)
    {
        var everybody = Everybody(listener, sources);
        return roomsOf.GetValueOrDefault(listener, []).Find(room => room.Everybody.AsSpan().SequenceEqual(everybody.AsSpan()));
    }

    private static ImmutableArray<LegId> Everybody(LegId listener, ImmutableArray<LegId> sources) =>
        sources.Add(listener).Sort(Heard.Legs.ById);
}
