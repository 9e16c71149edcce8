using System.ComponentModel.DataAnnotations;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>A contact center (tenant) with its settings; product.md §1.</summary>
public sealed class Center : IVersioned
{
    /// <summary>Seconds.</summary>
    public const int LongestWrapUp = 600;

    public const int LongestName = 100;

    public CenterId Id { get; set; }

    [MaxLength(LongestName)]
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

    /// <summary>The zone of the center's days, and what new schedules begin with, by its IANA name.</summary>
    [MaxLength(60)]
    public string TimeZone { get; set; } = "Asia/Shanghai";

    /// <summary>
    /// The country code of the center's own country, digits only: <c>86</c>. What customers' numbers are without a country;
    /// <see cref="PhoneKey"/>.
    /// </summary>
    [MaxLength(PhoneKey.LongestCountry)]
    public string Country { get; set; } = PhoneKey.DefaultCountry;

    public long Version { get; set; }

    public PersonId? ChangedBy { get; set; }

    public DateTimeOffset? ChangedAt { get; set; }
}
