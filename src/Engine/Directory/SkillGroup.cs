using System.ComponentModel.DataAnnotations;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>A skill group; product.md §4.</summary>
public sealed class SkillGroup : ICenterRow
{
    public const int ShortestRing = 5;
    public const int LongestRing = 60;

    public GroupId Id { get; set; }

    public CenterId Center { get; set; }

    /// <summary>What people call it by, unique in the center.</summary>
    public int Number { get; set; }

    [MaxLength(50)]
    public required string Name { get; set; }

    public RingStrategy Strategy { get; set; }

    /// <summary>How long one agent is asked: 5–60.</summary>
    public int RingSeconds { get; set; } = 20;

    public int LongestWaitSeconds { get; set; } = 300;

    /// <summary>With <see cref="RingStrategy.HighestLevel"/>: only the highest level is asked at first, and one level more for every so many seconds of waiting; 0 = all levels at once.</summary>
    public int RelaxSeconds { get; set; }

    public WaitedTooLong WhenWaitedTooLong { get; set; }

    /// <summary>Where the caller goes when <see cref="WhenWaitedTooLong"/> says so.</summary>
    public GroupId? OverflowGroup { get; set; }

    /// <summary>What a caller who waited too long hears before the call ends; null = the built-in sentence.</summary>
    public SoundId? Farewell { get; set; }

    /// <summary>Null = the center's.</summary>
    public SoundId? HoldMusic { get; set; }
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
