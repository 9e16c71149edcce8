using System.ComponentModel.DataAnnotations;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>A person in one center.</summary>
public sealed class Agent : ICenterRow, IVersioned
{
    public const int LongestNickname = 50;
    public const int LongestStaffNumber = 20;

    public AgentId Id { get; set; }

    public CenterId Center { get; set; }

    public PersonId Person { get; set; }

    public Role Role { get; set; }

    /// <summary>What customers see; null until the first sign-in is finished.</summary>
    [MaxLength(LongestNickname)]
    public string? Nickname { get; set; }

    [MaxLength(LongestStaffNumber)]
    public string? StaffNumber { get; set; }

    /// <summary>Null = as the center says.</summary>
    public bool? AutoAnswer { get; set; }

    public DateTimeOffset? LastVisitAt { get; set; }

    /// <summary>May not enter the center any more; a call in hand is theirs until it ends.</summary>
    public bool Disabled { get; set; }

    public long Version { get; set; }

    public PersonId? ChangedBy { get; set; }

    public DateTimeOffset? ChangedAt { get; set; }
}

/// <summary>An agent's place in a skill group.</summary>
public sealed class GroupMember : ICenterRow
{
    public const int LowestLevel = 1;
    public const int HighestLevel = 5;

    public GroupId Group { get; set; }

    public AgentId Agent { get; set; }

    public CenterId Center { get; set; }

    /// <summary>1–5, 5 knows most.</summary>
    public int Level { get; set; } = HighestLevel;
}

/// <summary>Why an agent takes a break, as an administrator named it.</summary>
public sealed class BreakReason : ICenterRow
{
    public long Id { get; set; }

    public CenterId Center { get; set; }

    [MaxLength(50)]
    public required string Name { get; set; }

    /// <summary>Place in the menu.</summary>
    public int Position { get; set; }
}
