using System.Collections.Immutable;

namespace Tccc.Telephony;

/// <summary>
/// What each party hears follows from the state alone; after every decision the differences become orders. So hold, mute,
/// music and bridge can't contradict each other, whatever came in which order. product.md §5.
/// </summary>
internal static class Sounds
{
    private static Sound Customer(Call call)
    {
        if (call.Desk is Desk.Farewell farewell) return new(SoundKind.Farewell, Group: call.Group, Reason: farewell.End.Reason);
        if (!call.IsAnswered)
        {
            return new(call.Leg is { Carrier: LegCarrier.Web, Stage: LegStage.Ringing } ? SoundKind.RingBack : SoundKind.Nothing);
        }

        return call.Agent switch
        {
            { Stage: AgentStage.Joined, HeldSince: null, Leg: { } leg, Muted: false } => Sound.Of(leg),
            { Stage: AgentStage.Joined, HeldSince: null, Leg: not null } => new(SoundKind.Nothing),
            _ => call.Announcing is { } place
                ? new(SoundKind.Place, Group: call.Group, Place: place)
                : new(SoundKind.Music, Group: call.Group),
        };
    }

    private static Sound Agent(Call call) => call.Agent switch
    {
        { Stage: AgentStage.Beeping } => new(SoundKind.Beep),
        { Stage: AgentStage.Dialling } when call.Leg.Stage is LegStage.EarlyMedia => Sound.Of(call.Leg.Id),
        { Stage: AgentStage.Dialling, RingBack: true } => new(SoundKind.RingBack),
        { Stage: AgentStage.Joined, HeldSince: null } => Sound.Of(call.Leg.Id),
        _ => new(SoundKind.Nothing),
    };

    /// <summary>Who hears something, and what; whoever is not named hears nothing.</summary>
    public static ImmutableArray<Listening> Table(Call call)
    {
        if (call.HasEnded) return [];
        var customer = new Listening(call.Leg.Id, call.Leg.Carrier, Customer(call));
        return call.Agent is { Leg: { } leg } agent
            ? [customer, new(leg, agent.Device is AgentDevice.Line ? LegCarrier.Line : LegCarrier.DeskPhone, Agent(call))]
            : [customer];
    }

    /// <summary>Orders what is different from before.</summary>
    public static void Follow(ref Turn turn, Call before)
    {
        if (ReferenceEquals(before, turn.Call)) return;
        var (was, now) = (Table(before), Table(turn.Call));
        foreach (var listening in now)
        {
            if (listening.Sound != HeardBy(listening.Leg, was)) turn.Do(new Hear(listening.Leg, listening.Sound));
        }

        foreach (var left in was)
        {
            // Only a line stays open when its part is over, and must fall silent.
            if (left.Carrier is not LegCarrier.Line || left.Sound.Kind is SoundKind.Nothing || Names(now, left.Leg)) continue;
            turn.Do(new Hear(left.Leg, new(SoundKind.Nothing)));
        }
    }

    private static Sound HeardBy(LegId leg, ImmutableArray<Listening> table)
    {
        foreach (var listening in table)
        {
            if (listening.Leg == leg) return listening.Sound;
        }

        return new(SoundKind.Nothing);
    }

    private static bool Names(ImmutableArray<Listening> table, LegId leg)
    {
        foreach (var listening in table)
        {
            if (listening.Leg == leg) return true;
        }

        return false;
    }

    /// <summary>What a leg's party is to hear.</summary>
    public readonly record struct Listening(LegId Leg, LegCarrier Carrier, Sound Sound);
}
