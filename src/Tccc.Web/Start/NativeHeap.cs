using System.Runtime.InteropServices;

namespace Tccc.Web.Start;

/// <summary>
/// The C library's heap, where OpenSSL, SQLite and the runtime's own compiler take their memory. On another C library than glibc nothing is
/// done.
/// </summary>
internal static unsafe class NativeHeap
{
    /// <summary>
    /// Threads share so many arenas in place of eight a core: each keeps free room of its own, and no packet of a call takes memory here.
    /// </summary>
    private const int Arenas = 2;

    // malloc.h
    private const int MArenaMax = -8;

    /// <summary>To be called before there are many threads: an arena that was made stays.</summary>
    public static void KeepFewArenas()
    {
        if (Find("mallopt") is var mallopt and not 0) _ = ((delegate* unmanaged<int, int, int>)mallopt)(MArenaMax, Arenas);
    }

    /// <summary>Gives back to the system what was freed and kept.</summary>
    public static void Trim()
    {
        if (Find("malloc_trim") is var trim and not 0) _ = ((delegate* unmanaged<nuint, int>)trim)(0);
    }

    private static nint Find(string function) =>
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var libc)
            && NativeLibrary.TryGetExport(libc, function, out var found) ? found : 0;
}
