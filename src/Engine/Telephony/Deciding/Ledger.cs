using System.Collections.Immutable;

namespace Tccc.Telephony;

/// <summary>
/// The customer's time as a chain of parts, each from where the one before ended; the last is open until the call ends. Like what is heard
/// it follows from the state alone (<see cref="Follow"/>), so nothing is counted twice or forgotten: talk, hold and ring are sums over it.
/// </summary>
internal sealed record Ledger
{
    /// <summary>So many parts are told one by one; the oldest of more are one, <see cref="PartKind.Earlier"/>, with their sums.</summary>
    public const int MostParts = 200;

    public static readonly Ledger Empty = new();

    private ImmutableArray<Part> parts = [];
    private Sums earlier;

    private Ledger()
    {
    }

    public ImmutableArray<Part> Parts => parts;

    /// <summary>After each decision: a part ends and the next begins where the customer is somewhere else than before.</summary>
    public static void Follow(ref Turn turn, Call before)
    {
        if (ReferenceEquals(before, turn.Call) || Here(turn.Call, turn.Now) is not { } part) return;
        var ledger = turn.Call.Ledger;
        if (ledger.parts is [.., var last] && last.IsLike(part)) return;
        turn.Call = turn.Call with { Ledger = ledger.Then(part) };
    }

    private static Part? Here(Call call, Instant now) => call.Desk switch
    {
        Desk.Queue => new(PartKind.Waiting, now, Group: call.Group),
        Desk.Ringing => new(PartKind.Ringing, now, Group: call.Group),
        Desk.Agent { Part: var agent } => new(
            agent switch
            {
                { Stage: AgentStage.Dialling } => call.AlertedAt is null ? PartKind.Dialling : PartKind.Alerting,
                { Stage: AgentStage.Beeping } => PartKind.Ringing,
                { Stage: AgentStage.Lost } => PartKind.Interrupted,
                { HeldSince: not null } => PartKind.Hold,
                _ when call.IsInside => call.AnsweredAt is null ? PartKind.Alerting : PartKind.Talk,
                _ when call.Consultation is { Speaks: Speaks.WithThird } => PartKind.Consulting,
                _ when call.Consultation is { Speaks: Speaks.WithBoth } => PartKind.Conference,
                _ => PartKind.Talk,
            },
            now,
            Agent: agent.Id,
            // a colleague who was consulted stands among those who were asked
            Number: call.IsInside || call.Consultation is not { Speaks: not Speaks.WithCustomer } ? null : call.Reached?.To.Number),
        Desk.Reaching { Reach: var reach } => new(PartKind.Reaching, now, Number: reach.To.Number),
        Desk.Outside { Peer: var peer } => new(PartKind.Outside, now, Number: peer.To.Number),
        Desk.Farewell => new(PartKind.Farewell, now),
        _ => null,
    };

    private Ledger Then(Part part)
    {
        var kept = parts;
        // what lasted no time was nothing
        if (kept is [.., var last] && last.From == part.From) kept = kept.RemoveAt(kept.Length - 1);
        if (kept is [.., var before] && before.IsLike(part)) return this with { parts = kept };
        kept = kept.Add(part);
        if (kept.Length <= MostParts) return this with { parts = kept };
        return this with
        {
            parts = kept.RemoveAt(0).SetItem(0, new(PartKind.Earlier, kept[0].From)),
            earlier = earlier.And(kept[0], kept[1].From).And(kept[1], kept[2].From),
        };
    }

    /// <summary>Ring, talk and hold up to this moment.</summary>
    public Sums SoFar(Instant now)
    {
        var sums = earlier;
        for (var i = 0; i < parts.Length; i++) sums = sums.And(parts[i], i + 1 < parts.Length ? parts[i + 1].From : now);
        return sums;
    }

    /// <summary>As the call's row keeps them: the open one as if it ended now.</summary>
    public string? Written(Instant now)
    {
        if (parts.IsEmpty) return null;
        var written = new KeptPart[parts.Length];
        var (first, told) = (parts[0].From, 0L);
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i];
            // by the whole since the first: no rounding adds up
            var until = (long)((i + 1 < parts.Length ? parts[i + 1].From : now) - first).TotalMilliseconds;
            written[i] = new(part.Kind, until - told, part.Agent?.Value, part.Group?.Value, part.Number);
            told = until;
        }

        return CallPart.Write(written);
    }

    /// <summary>Ring, talk and hold.</summary>
    public readonly record struct Sums(TimeSpan Ring, TimeSpan Talk, TimeSpan Hold)
    {
        public Sums And(Part part, Instant until) => part.Kind switch
        {
            PartKind.Ringing or PartKind.Alerting or PartKind.Reaching => this with { Ring = Ring + (until - part.From) },
            PartKind.Talk or PartKind.Conference => this with { Talk = Talk + (until - part.From) },
            PartKind.Hold or PartKind.Consulting => this with { Hold = Hold + (until - part.From) },
            _ => this,
        };
    }
}

/// <summary>What becomes of the customer from a moment on.</summary>
internal readonly record struct Part(PartKind Kind, Instant From, AgentId? Agent = null, GroupId? Group = null, string? Number = null)
{
    public bool IsLike(Part other) => Kind == other.Kind && Agent == other.Agent && Group == other.Group && Number == other.Number;
}
