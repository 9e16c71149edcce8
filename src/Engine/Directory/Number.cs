using System.ComponentModel.DataAnnotations;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>A number (DID) of the center and where it leads.</summary>
public sealed class Number : ICenterRow, IVersioned
{
    public NumberId Id { get; set; }

    public CenterId Center { get; set; }

    /// <summary>Dialled digits with an optional leading +; unique in the whole deployment, with or without its plus.</summary>
    [MaxLength(20)]
    public required string Digits { get; set; }

    public NumberEntry Entry { get; set; }

    /// <summary>Set when <see cref="Entry"/> is Group.</summary>
    public GroupId? Group { get; set; }

    /// <summary>Set when <see cref="Entry"/> is Agent.</summary>
    public AgentId? Agent { get; set; }

    /// <summary>Set when <see cref="Entry"/> is Flow and the flow exists.</summary>
    public FlowId? Flow { get; set; }

    /// <summary>When calls to it are taken; null = always.</summary>
    public ScheduleId? Schedule { get; set; }

    /// <summary>Whether agents may show it to those they call.</summary>
    public OutboundUse Outbound { get; set; }

    /// <summary>What callers hear outside the opening hours; null = the built-in sentence.</summary>
    public SoundId? ClosedAnnouncement { get; set; }

    public long Version { get; set; }

    public PersonId? ChangedBy { get; set; }

    public DateTimeOffset? ChangedAt { get; set; }
}

/// <summary>Whether a number is a caller id of outbound calls.</summary>
public enum OutboundUse
{
    No,
    /// <summary>Agents may choose it, and groups may name it.</summary>
    Offered,
    /// <summary>What is shown when nothing else was chosen; one a center at most.</summary>
    Default,
}

public enum NumberEntry
{
    Group,
    Agent,
    Flow,
}
