using System.Collections.Frozen;
using System.Net;

namespace Tccc.Directory;

/// <summary>An agent with what is known of the person, as the call path needs it.</summary>
public sealed record AgentInfo(
    AgentId Id, CenterId Center, PersonId Person, Role Role, string Email, string? Nickname, string? StaffNumber, string? Mobile, string? Language, bool AutoAnswer,
    bool Disabled = false)
{
    /// <summary>What to call the agent on a page.</summary>
    public string Name => Nickname ?? Email.Split('@')[0];
}

/// <summary>A group with its members.</summary>
public sealed record GroupInfo(SkillGroup Group, IReadOnlyList<GroupMember> Members)
{
    public GroupId Id => Group.Id;

    public string Name => Group.Name;
}

/// <summary>One center as it was at the last change. Immutable: the rows in it are copies that nobody may write to.</summary>
public sealed class CenterView
{
    public required Center Center { get; init; }

    public required FrozenDictionary<AgentId, AgentInfo> Agents { get; init; }

    public required FrozenDictionary<GroupId, GroupInfo> Groups { get; init; }

    public required FrozenDictionary<string, Number> Numbers { get; init; }

    public required FrozenDictionary<PhoneId, DeskPhone> Phones { get; init; }

    public required FrozenDictionary<AgentId, DeskPhone> PhonesByAgent { get; init; }

    public required FrozenDictionary<AgentId, IReadOnlyList<GroupInfo>> GroupsByAgent { get; init; }

    public required IReadOnlyList<Trunk> Trunks { get; init; }

    /// <summary>In the order of the menu.</summary>
    public required IReadOnlyList<BreakReason> BreakReasons { get; init; }

    public FrozenDictionary<SoundId, Sound> Sounds { get; init; } = FrozenDictionary<SoundId, Sound>.Empty;

    /// <summary>Only numbers that have opening hours are in it.</summary>
    public FrozenDictionary<NumberId, IReadOnlyList<OpeningHours>> Hours { get; init; } = FrozenDictionary<NumberId, IReadOnlyList<OpeningHours>>.Empty;

    public CenterId Id => Center.Id;

    /// <summary>The groups an agent is in, by number.</summary>
    public IReadOnlyList<GroupInfo> GroupsOf(AgentId agent) => GroupsByAgent.GetValueOrDefault(agent, []);

    /// <summary>Whether calls to this number are taken at this moment.</summary>
    public bool IsOpen(Number number, DateTimeOffset now)
    {
        if (!Hours.TryGetValue(number.Id, out var periods)) return true;
        var local = TimeZoneInfo.TryFindSystemTimeZoneById(Center.TimeZone, out var zone) ? TimeZoneInfo.ConvertTime(now, zone) : now;
        return periods.Any(period => period.Includes(local));
    }

    /// <summary>The caller id of outbound calls; null when the center has none.</summary>
    public Number? OutboundNumber => Center.OutboundNumber is { } id ? Numbers.Values.FirstOrDefault(n => n.Id == id) : null;
}

/// <summary>A call from a carrier that may come in: whose it is, and where the number leads.</summary>
public sealed record Arrival(Trunk Trunk, Number Number);

internal sealed record TrunkNetwork(IPNetwork Network, Trunk Trunk);
