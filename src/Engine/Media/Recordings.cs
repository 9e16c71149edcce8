using Tccc.Media.Recording;

namespace Tccc.Media;

/// <summary>How a recording ended: whole, or cut and why. A file that was cut plays to where it was.</summary>
public enum RecordingEnd
{
    /// <summary>Until the order to stop, or the end of the leg.</summary>
    Complete,
    /// <summary>No space was left.</summary>
    DiskFull,
    /// <summary>The file could not be made, written or given its name.</summary>
    WriteFailed,
    /// <summary>The storage stood still for so long that more than <see cref="Recordings.MostWaiting"/> waited for it.</summary>
    TooFarBehind,
    /// <summary>It reached <see cref="Recordings.Longest"/>.</summary>
    TooLong,
}

/// <summary>A recording that the end of the process cut, with the name it was to have; null when no sound was in it.</summary>
/// <param name="Of">The name that the order gave.</param>
public sealed record CutRecording(string Of, string? Path, TimeSpan Length);

/// <summary>Limits of recordings, and what a kill left of them. product.md §12.</summary>
public static class Recordings
{
    /// <summary>What a file's name ends with until it is whole.</summary>
    public const string Unfinished = ".part";

    /// <summary>Recordings under way at a time.</summary>
    public const int MostAtOnce = 500;

    /// <summary>
    /// Bytes of one recording that wait for the storage, at most: 14 s of both channels. Beside them each takes 64 KB.
    /// </summary>
    public const int MostWaiting = 256 * 1024;

    /// <summary>1.38 GB, so that the sizes in a WAV file can say it, and to programs that read them as signed numbers too.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>
    /// Gives what a kill left in a folder and those below it its name, with sizes that are true; to be called before anything is recorded.
    /// What can't be mended now (no rights, no space) stays for the next time and is not told of.
    /// </summary>
    public static IReadOnlyList<CutRecording> Mend(string folder) => Leftovers.Mend(folder);
}
