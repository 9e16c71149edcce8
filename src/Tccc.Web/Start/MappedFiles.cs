using System.Globalization;
using System.Runtime.InteropServices;

namespace Tccc.Web.Start;

/// <summary>
/// Lets go of the pages of programs and libraries that the start has read: more than half of what an idle process holds, of which a
/// third is read again soon. Whatever is needed comes back from the machine's file cache, page by page.
/// </summary>
internal static partial class MappedFiles
{
    // <sys/mman.h>: the pages of a mapped file are dropped here and stay in the file
    private const int DontNeed = 4;

    /// <summary>What can be let go at this moment; nothing where there is no /proc.</summary>
    public static HashSet<(nint Start, nint Length)> Find() =>
        OperatingSystem.IsLinux() && File.Exists("/proc/self/smaps") ? [.. Unchanged(File.ReadLines("/proc/self/smaps"))] : [];

    /// <summary>
    /// Lets go of what stood there <paramref name="before"/> too: a library that is being loaded lies for a moment where its data will.
    /// </summary>
    public static void Release(HashSet<(nint Start, nint Length)> before)
    {
        foreach (var (start, length) in Find())
        {
            if (before.Contains((start, length))) _ = Advise(start, length, DontNeed);
        }
    }

    /// <summary>
    /// Of /proc/self/smaps (proc(5)): libraries' mappings that can't be written and hold no page of their own, here or in the swap, which
    /// would be lost. They stay mapped as long as the process lives, so that nothing else can stand in their place.
    /// </summary>
    internal static IEnumerable<(nint Start, nint Length)> Unchanged(IEnumerable<string> smaps)
    {
        (nint Start, nint Length)? mapping = null;
        foreach (var line in smaps)
        {
            if (Says(line, "Rss:") is 0 || Says(line, "Anonymous:") is > 0)
            {
                mapping = null;
            }
            else if (Says(line, "Swap:") is { } swapped)
            {
                if (mapping is { } found && swapped == 0) yield return found;
                mapping = null;
            }
            else if (line.IndexOf('-') is > 0 and var dash && dash < line.IndexOf(' ') && !line[..line.IndexOf(' ')].Contains(':'))
            {
                mapping = IsOfLibrary(line) ? Range(line, dash) : null;
            }
        }
    }

    // in kilobytes; none for another line
    private static long? Says(string line, string name)
    {
        if (!line.StartsWith(name, StringComparison.Ordinal)) return null;
        var text = line.AsSpan(name.Length).TrimEnd("kB").Trim();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes : long.MaxValue;
    }

    // 7f2c10000000-7f2c10021000 r-xp 00000000 08:01 1234   /usr/lib/libcrypto.so.3
    private static bool IsOfLibrary(string line)
    {
        var rights = line.IndexOf(' ') + 1;
        var path = line.IndexOf('/');
        return path > 0 && line[rights + 1] != 'w'
            && (line.EndsWith(".dll", StringComparison.Ordinal) || line.AsSpan(path).Contains(".so", StringComparison.Ordinal))
            && !line.EndsWith("(deleted)", StringComparison.Ordinal);
    }

    private static (nint Start, nint Length) Range(string line, int dash)
    {
        var start = Address(line.AsSpan(0, dash));
        return (start, Address(line.AsSpan(dash + 1, line.IndexOf(' ') - dash - 1)) - start);
    }

    private static nint Address(ReadOnlySpan<char> digits) =>
        nint.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint address, nint length, int advice);
}
