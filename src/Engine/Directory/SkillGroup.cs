using System.ComponentModel.DataAnnotations;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>A skill group; product.md §4.</summary>
public sealed class SkillGroup : ICenterRow, IVersioned
{
    public const int ShortestRing = 5;
    public const int LongestRing = 60;
    public const int ShortestWait = 10;
    public const int LongestWait = 7200;
    public const int LongestName = 50;

    public GroupId Id { get; set; }

    public CenterId Center { get; set; }

    /// <summary>What people call it by, unique in the center.</summary>
    public int Number { get; set; }

    [MaxLength(LongestName)]
    public required string Name { get; set; }

    /// <summary>What the group takes.</summary>
    public Channels Channels { get; set; } = Channels.Phone | Channels.Chat;

    /// <summary>When its contacts are taken; null = always.</summary>
    public ScheduleId? Schedule { get; set; }

    /// <summary>The caller id of this group's outbound calls; null = the center's default.</summary>
    public NumberId? OutboundNumber { get; set; }

    public RingStrategy Strategy { get; set; }

    /// <summary>How long one agent is asked: 5–60.</summary>
    public int RingSeconds { get; set; } = 20;

    public int LongestWaitSeconds { get; set; } = 300;

    /// <summary>
    /// With <see cref="RingStrategy.HighestLevel"/>: only the highest level is asked at first, and one level more for every so many seconds
    /// of waiting; 0 = all levels at once.
    /// </summary>
    public int RelaxSeconds { get; set; }

    public WaitedTooLong WhenWaitedTooLong { get; set; }

    /// <summary>Where the caller goes when <see cref="WhenWaitedTooLong"/> says so.</summary>
    public GroupId? OverflowGroup { get; set; }

    /// <summary>What a caller who waited too long hears before the call ends; null = the built-in sentence.</summary>
    public SoundId? Farewell { get; set; }

    /// <summary>Null = the center's.</summary>
    public SoundId? HoldMusic { get; set; }

    public long Version { get; set; }

    public PersonId? ChangedBy { get; set; }

    public DateTimeOffset? ChangedAt { get; set; }
}

/// <summary>The ways by which customers reach a group.</summary>
[Flags]
public enum Channels
{
    None = 0,
    Phone = 1,
    Chat = 2,
    /// <summary>A voice call from a web page; product.md §13.</summary>
    Audio = 4,
    Video = 8,
}

/// <summary>Whom a group asks first.</summary>
public enum RingStrategy
{
    LongestIdle,
    RoundRobin,
    HighestLevel,
    RingAll,
}

/// <summary>What becomes of a caller who waited longer than the group lets them.</summary>
public enum WaitedTooLong
{
    AnnounceAndHangUp,
    OtherGroup,
}
