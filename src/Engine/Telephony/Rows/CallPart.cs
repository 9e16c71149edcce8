using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tccc.Telephony;

/// <summary>
/// One span of a call, as its record keeps it; product.md §12. The parts of a call follow each other without
/// a gap from its arrival to its end, so their times add up to the call's.
/// </summary>
/// <param name="Agent">Whose part it was; none while no agent had the call.</param>
/// <param name="Group">The queue the customer stood in.</param>
/// <param name="Number">The telephone that they were sent to.</param>
public readonly record struct CallPart(
    PartKind Kind, DateTimeOffset From, DateTimeOffset Until, AgentId? Agent, GroupId? Group, string? Number = null)
{
    public TimeSpan Length => Until - From;

    /// <summary>The parts of a call on record, oldest first; none of a call from before there were parts, or refused at once.</summary>
    public static IReadOnlyList<CallPart> Of(CallRecord call)
    {
        if (call.Parts is not { } text) return [];
        var parts = new List<CallPart>();
        var from = call.ArrivedAt;
        foreach (var kept in JsonSerializer.Deserialize(text, KeptParts.Default.KeptPartArray) ?? [])
        {
            var until = from.AddMilliseconds(kept.Ms);
            parts.Add(new(
                kept.Kind, from, until, kept.Agent is { } agent ? new AgentId(agent) : null,
                kept.Group is { } group ? new GroupId(group) : null, kept.Number));
            from = until;
        }

        return parts;
    }

    internal static string Write(KeptPart[] parts) => JsonSerializer.Serialize(parts, KeptParts.Default.KeptPartArray);
}

/// <summary>What a part of a call is for its customer.</summary>
public enum PartKind
{
    /// <summary>What came before the first that is told by itself: a call has told <see cref="Ledger.MostParts"/>.</summary>
    Earlier,
    /// <summary>In a queue, nobody being asked.</summary>
    Waiting,
    /// <summary>An agent is being asked, or was just joined by a beep.</summary>
    Ringing,
    /// <summary>We call the customer, whose side has said nothing yet.</summary>
    Dialling,
    /// <summary>It rings at the customer's.</summary>
    Alerting,
    Talk,
    Hold,
    /// <summary>The agent's line is gone; music.</summary>
    Interrupted,
    /// <summary>Hears why the call ends.</summary>
    Farewell,
    /// <summary>Hears music while the agent speaks with a third, or has one rung.</summary>
    Consulting,
    /// <summary>Agent, customer and a third hear each other.</summary>
    Conference,
    /// <summary>An agent sent the customer to a telephone, which rings.</summary>
    Reaching,
    /// <summary>Speaks with somebody outside, no agent between.</summary>
    Outside,
}

/// <summary>A part in its row: milliseconds only, since each begins where the one before ended.</summary>
internal sealed record KeptPart(PartKind Kind, long Ms, long? Agent = null, long? Group = null, string? Number = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeptPart[]))]
internal sealed partial class KeptParts : JsonSerializerContext;
