using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>A recording of a center: music on hold, or an announcement.</summary>
public readonly record struct SoundId(long Value) : IId<SoundId>
{
    public static SoundId From(long value) => new(value);

    public static SoundId Parse(string s, IFormatProvider? provider) => new(long.Parse(s, NumberStyles.None, CultureInfo.InvariantCulture));

    public static bool TryParse(string? s, IFormatProvider? provider, out SoundId result)
    {
        var ok = long.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        result = new(value);
        return ok;
    }

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a center plays to callers; the WAV file itself is kept by Telephony, under the id. product.md §4</summary>
public sealed class Sound : ICenterRow
{
    public SoundId Id { get; set; }

    public CenterId Center { get; set; }

    [MaxLength(50)]
    public required string Name { get; set; }

    /// <summary>The text that was spoken; null when a file was uploaded.</summary>
    [MaxLength(1000)]
    public string? Text { get; set; }

    /// <summary>The voice of <see cref="Text"/>: «cmn» or «en».</summary>
    [MaxLength(20)]
    public string? Voice { get; set; }

    public int Milliseconds { get; set; }
}
