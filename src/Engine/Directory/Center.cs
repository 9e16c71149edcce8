using System.ComponentModel.DataAnnotations;

namespace Tccc.Directory;

/// <summary>A contact center (tenant) with its settings; product.md §1.</summary>
public sealed class Center
{
    /// <summary>Seconds.</summary>
    public const int LongestWrapUp = 600;

    public CenterId Id { get; set; }

    [MaxLength(100)]
    public required string Name { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Calls are taken for the agent after a short tone; an agent's own setting wins. product.md §4</summary>
    public bool AutoAnswer { get; set; }

    /// <summary>0–600; 0 = no wrap-up. product.md §2</summary>
    public int WrapUpSeconds { get; set; } = 30;

    /// <summary>How long a workbench may be gone before its agent is Offline.</summary>
    public int ConnectionLostSeconds { get; set; } = 30;

    /// <summary>So many calls in a row not answered make the agent NotReady; 0 = never.</summary>
    public int MissedCallsLimit { get; set; } = 3;

    /// <summary>How many conversations an agent serves at once. product.md §10</summary>
    public int ChatsPerAgent { get; set; } = 5;

    /// <summary>How often a caller is told their place, when it improved; never more often than every 15 s. product.md §4</summary>
    public int PlaceEverySeconds { get; set; } = 30;

    /// <summary>A caller hears at once that nobody is signed in, instead of waiting.</summary>
    public bool SayNobodySignedIn { get; set; }

    /// <summary>Null = the built-in music.</summary>
    public SoundId? HoldMusic { get; set; }

    /// <summary>The zone that opening hours are meant in, by its IANA name.</summary>
    [MaxLength(60)]
    public string TimeZone { get; set; } = "Asia/Shanghai";

    /// <summary>The caller id of outbound calls.</summary>
    public NumberId? OutboundNumber { get; set; }
}
