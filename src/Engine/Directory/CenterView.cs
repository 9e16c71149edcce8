using System.Collections.Frozen;
using System.Net;

namespace Tccc.Directory;

/// <summary>An agent with what is known of the person, as the call path needs it.</summary>
public sealed record AgentInfo(
    AgentId Id, CenterId Center, PersonId Person, Role Role, string Email, string? Nickname, string? StaffNumber, string? Mobile,
    string? Language,
    bool AutoAnswer, bool Disabled = false)
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

    public FrozenDictionary<ScheduleId, ScheduleView> Schedules { get; init; } = FrozenDictionary<ScheduleId, ScheduleView>.Empty;

    public CenterId Id => Center.Id;

    /// <summary>The groups an agent is in, by number.</summary>
    public IReadOnlyList<GroupInfo> GroupsOf(AgentId agent) => GroupsByAgent.GetValueOrDefault(agent, []);

    /// <summary>Whether calls to this number are taken at this moment: by its own hours, and by those of the group it leads to.</summary>
    public bool IsOpen(Number number, DateTimeOffset now) =>
        IsOpen(number.Schedule, now)
        && (number is not { Entry: NumberEntry.Group, Group: { } id } || !Groups.TryGetValue(id, out var group)
            || IsOpen(group.Group.Schedule, now));

    /// <summary>Whether it is open by this schedule; without one it always is.</summary>
    public bool IsOpen(ScheduleId? schedule, DateTimeOffset now) =>
        schedule is not { } id || !Schedules.TryGetValue(id, out var hours) || hours.IsOpen(now);

    public Number? Number(NumberId id) => Numbers.Values.FirstOrDefault(n => n.Id == id);

    /// <summary>The numbers that may be shown to those who are called, the default first.</summary>
    public IEnumerable<Number> OutboundNumbers =>
        Numbers.Values.Where(n => n.Outbound != OutboundUse.No).OrderByDescending(n => n.Outbound)
            .ThenBy(n => n.Digits, StringComparer.Ordinal);

    /// <summary>The caller id of outbound calls, of this group where it has one of its own; null when the center has none.</summary>
    public Number? OutboundNumberOf(GroupId? group = null)
    {
        var own = group is { } id && Groups.TryGetValue(id, out var info) ? info.Group.OutboundNumber : null;
        return (own is { } number ? OutboundNumbers.FirstOrDefault(n => n.Id == number) : null)
            ?? Numbers.Values.FirstOrDefault(n => n.Outbound == OutboundUse.Default);
    }
}

/// <summary>A call from a carrier that may come in: whose it is, and where the number leads.</summary>
public sealed record Arrival(Trunk Trunk, Number Number);

internal sealed record TrunkNetwork(IPNetwork Network, Trunk Trunk);
