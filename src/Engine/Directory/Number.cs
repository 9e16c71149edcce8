using System.ComponentModel.DataAnnotations;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>A number (DID) of the center and where it leads.</summary>
public sealed class Number : ICenterRow
{
    public NumberId Id { get; set; }

    public CenterId Center { get; set; }

    /// <summary>Dialled digits with an optional leading +; unique in the center.</summary>
    [MaxLength(20)]
    public required string Digits { get; set; }

    public NumberEntry Entry { get; set; }

    /// <summary>Set when <see cref="Entry"/> is Group.</summary>
    public GroupId? Group { get; set; }

    /// <summary>Set when <see cref="Entry"/> is Agent.</summary>
    public AgentId? Agent { get; set; }

    /// <summary>Set when <see cref="Entry"/> is Flow: the flow's name.</summary>
    [MaxLength(50)]
    public string? Flow { get; set; }

    /// <summary>What callers hear outside the opening hours; null = the built-in sentence.</summary>
    public SoundId? ClosedAnnouncement { get; set; }
}

public enum NumberEntry
{
    Group,
    Agent,
    Flow,
}
