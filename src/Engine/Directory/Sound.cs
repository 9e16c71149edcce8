using System.ComponentModel.DataAnnotations;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>What a center plays to callers; the WAV file itself is kept by Telephony, under the id. product.md §4</summary>
public sealed class Sound : ICenterRow, IVersioned
{
    public const int LongestName = 50;

    public SoundId Id { get; set; }

    public CenterId Center { get; set; }

    [MaxLength(LongestName)]
    public required string Name { get; set; }

    /// <summary>The text that was spoken; null when a file was uploaded.</summary>
    [MaxLength(1000)]
    public string? Text { get; set; }

    /// <summary>The voice of <see cref="Text"/>: «cmn» or «en».</summary>
    [MaxLength(20)]
    public string? Voice { get; set; }

    public int Milliseconds { get; set; }

    public long Version { get; set; }

    public PersonId? ChangedBy { get; set; }

    public DateTimeOffset? ChangedAt { get; set; }
}
