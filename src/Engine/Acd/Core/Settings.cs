using System.Collections.Immutable;

namespace Tccc.Acd.Core;

/// <summary>Who of a group's free members is asked first; product.md §4.</summary>
internal enum Strategy
{
    LongestIdle,
    RoundRobin,
    LevelThenLongestIdle,
    RingAll,
}

/// <summary>What follows the longest wait.</summary>
internal readonly record struct Overflow(OverflowKind Kind, GroupId Group = default);

internal enum OverflowKind
{
    Announce,
    Group,
}

/// <summary>A member of a group; level 5 is the highest.</summary>
internal readonly record struct MemberSettings(AgentId Agent, int Level);

/// <summary>
/// What the dispatcher must know of a group. Seconds; 0 in <see cref="LongestWait"/> = no end, in <see cref="Relax"/> = all levels at once.
/// </summary>
internal sealed record GroupSettings(
    GroupId Id, Strategy Strategy, int Ring, int LongestWait, Overflow Overflow, int Relax, ImmutableArray<MemberSettings> Members)
{
    public bool Same(GroupSettings other) =>
        this with { Members = other.Members } == other && Members.AsSpan().SequenceEqual(other.Members.AsSpan());
}

/// <summary>
/// What the dispatcher must know of a center. Seconds. <see cref="Country"/> is that of national numbers, digits only. A null in
/// <see cref="BreakReasons"/> = any reason.
/// </summary>
internal sealed record CenterSettings(
    CenterId Id, int WrapUp, int ConnectionLost, int MissedLimit, bool SayNobodySignedIn, int ChatsPerAgent, int PlaceEvery, string Country,
    ImmutableArray<AgentId> Agents, ImmutableArray<GroupSettings> Groups, ImmutableHashSet<string>? BreakReasons = null)
{
    /// <summary>A place is not announced more often than this, whatever the center says; product.md §4.</summary>
    public const int PlaceAtMostEvery = 15;

    /// <summary>Ring time of an offer to one agent in person, seconds.</summary>
    public const int PersonalRing = 20;

    /// <summary>Seconds that a transferred contact waits at most for a member of the group; it never overflows.</summary>
    public const int TransferredWait = 60;

    public TimeSpan PlaceInterval => TimeSpan.FromSeconds(Math.Max(PlaceAtMostEvery, PlaceEvery));
}
