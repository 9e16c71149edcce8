namespace Tccc.Telephony;

/// <summary>
/// What each party hears follows from the state alone; after every decision the differences become orders. So hold, mute,
/// music and bridge can't contradict each other, whatever came in which order. product.md §5.
/// </summary>
internal static class Sounds
{
    public static Sound Customer(Call call)
    {
        if (call.Stage is CallStage.Farewell) return new(SoundKind.Farewell, Group: call.Group, Reason: call.End!.Reason);
        if (!call.IsAnswered)
        {
            return new(call.Leg is { Kind: CustomerKind.Web, Stage: CustomerStage.Ringing } ? SoundKind.RingBack : SoundKind.Nothing);
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

    public static Sound Agent(Call call) => call.Agent switch
    {
        { Stage: AgentStage.Beeping } => new(SoundKind.Beep),
        { Stage: AgentStage.Joined, HeldSince: null } => Sound.Of(call.Leg.Id),
        _ => new(SoundKind.Nothing),
    };

    public static void Follow(ref Turn turn, Call before)
    {
        var now = turn.Call;
        if (ReferenceEquals(before, now)) return;
        if (now.Stage is not CallStage.Ended)
        {
            var sound = Customer(now);
            if (sound != Customer(before)) turn.Do(new Hear(now.Leg.Id, sound));
        }

        var (was, leg) = (before.Agent?.Leg, now.Agent?.Leg);
        if (leg is { } listener)
        {
            var sound = Agent(now);
            if (was != leg ? sound.Kind is not SoundKind.Nothing : sound != Agent(before)) turn.Do(new Hear(listener, sound));
        }

        // The line stays open after the call and must fall silent; a desk phone's leg is closed anyway.
        if (was is { } left && was != leg && before.Agent!.Device is AgentDevice.Line && Agent(before).Kind is not SoundKind.Nothing)
        {
            turn.Do(new Hear(left, new(SoundKind.Nothing)));
        }
    }
}
