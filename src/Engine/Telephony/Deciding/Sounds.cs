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

        if (call.Desk is Desk.Outside outside) return Sound.Of(outside.Peer.Leg.Id);
        if (call.Consultation is { IsThere: true, Speaks: Speaks.WithBoth } three && Voice(call.Agent!) is var agent)
            return Sound.Of(agent, Voice(three.Third));
        return call.Agent switch
        {
            _ when call.Consultation is { Speaks: Speaks.WithThird } => new(SoundKind.Music, Group: call.Group),
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
        { Stage: AgentStage.Joined } when call.Consultation is { } consultation => consultation.Speaks switch
        {
            Speaks.WithCustomer => Sound.Of(call.Leg.Id),
            Speaks.WithBoth => Sound.Of(call.Leg.Id, Voice(consultation.Third)),
            _ => AwaitedFrom(consultation.Third),
        },
        { Stage: AgentStage.Joined, HeldSince: null } => Sound.Of(call.Leg.Id),
        _ => new(SoundKind.Nothing),
    };

    /// <summary>What the agent hears of the third alone, who is there or still rings.</summary>
    private static Sound AwaitedFrom(Third third) => third switch
    {
        Third.Asked or Third.Reaching { Reach.RingBack: true } => new(SoundKind.RingBack),
        Third.Reaching { Reach.Leg: { Stage: LegStage.EarlyMedia } leg } => Sound.Of(leg.Id),
        _ => Sound.Of(Voice(third), null),
    };

    private static Sound OfThird(Call call, Consultation consultation) => consultation switch
    {
        { Third: Third.Agent { Part.Stage: AgentStage.Beeping } } => new(SoundKind.Beep),
        { Third: Third.Agent { Part.Stage: not AgentStage.Joined } } => new(SoundKind.Nothing),
        { Speaks: Speaks.WithBoth } => Sound.Of(call.Leg.Id, Voice(call.Agent!)),
        { Speaks: Speaks.WithThird } when call.Agent!.Leg is not null => Sound.Of(Voice(call.Agent!), null),
        _ => new(SoundKind.Music, Group: call.Group),
    };

    private static LegId? Voice(AgentPart part) => part is { Stage: AgentStage.Joined, Muted: false } ? part.Leg : null;

    private static LegId? Voice(Third third) => third switch
    {
        Third.Agent { Part: var part } => Voice(part),
        Third.Outside { Peer: var peer } => peer.Leg.Id,
        _ => null,
    };

    /// <summary>Who hears something, and what; whoever is not named hears nothing.</summary>
    public static ImmutableArray<Listening> Table(Call call)
    {
        if (call.HasEnded || call is { IsInside: true, Consultation: null }) return [];
        var customer = new Listening(call.Leg.Id, call.Leg.Carrier, Customer(call));
        if (call.Desk is Desk.Outside { Peer.Leg: var peer }) return [customer, new(peer.Id, peer.Carrier, Sound.Of(call.Leg.Id))];
        if (call.Agent is not { } agent) return [customer];
        if (call.Consultation is null) return agent.Leg is { } only ? [customer, new(only, CarrierOf(agent), Agent(call))] : [customer];

        var table = ImmutableArray.CreateBuilder<Listening>(3);
        if (!call.IsInside) table.Add(customer);
        if (agent.Leg is { } leg) table.Add(new(leg, CarrierOf(agent), Agent(call)));
        if (call.ThirdAgent is { Leg: { } thirds } third) table.Add(new(thirds, CarrierOf(third), OfThird(call, call.Consultation)));
        else if (call.Consultation.Third is Third.Outside { Peer.Leg: var outside })
            table.Add(new(outside.Id, outside.Carrier, OfThird(call, call.Consultation)));
        return table.DrainToImmutable();
    }

    private static LegCarrier CarrierOf(AgentPart agent) => agent.Device is AgentDevice.Line ? LegCarrier.Line : LegCarrier.DeskPhone;

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
