using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;

namespace Tccc.Platform;

/// <summary>
/// The folder that holds everything the server keeps: <c>--data DIR</c>, <c>./data</c> by default; operations.md «Data folder». One server
/// at a time has it, and nobody else on the machine reads it.
/// </summary>
public sealed partial class DataFolder : IDisposable
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    /// <summary>What umask takes away: everything from everybody else.</summary>
    private const int OthersNothing = 0x3F;

    private readonly HeldFile held;

    /// <summary>
    /// Makes the folder, takes it and tries it: one that another server has, or that can't be written, is a <see cref="StartupException"/>
    /// now rather than a lost recording later. Comes before the database and the ports.
    /// </summary>
    public DataFolder(IConfiguration configuration)
    {
        Path = System.IO.Path.GetFullPath(configuration["data"] ?? "data");
        try
        {
            // also for what SQLite and other libraries make
            if (!OperatingSystem.IsWindows()) _ = Umask(OthersNothing);
            System.IO.Directory.CreateDirectory(Path);
            held = HeldFile.Take(
                System.IO.Path.Combine(Path, "server"), $"The data folder {Path}", "give this one another with --data DIR");
            Tighten();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"The data folder {Path} can't be written ({e.Message}). Give another with --data DIR, or make this one writable.", e);
        }
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>What others on the machine may read, because it is not this user's to change; empty where all is well.</summary>
    internal IReadOnlyList<string> Wide { get; private set; } = [];

    /// <summary>A file or folder in it; the folder above it is made.</summary>
    public string this[params ReadOnlySpan<string> parts]
    {
        get
        {
            var path = System.IO.Path.Combine([Path, .. parts]);
            System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            return path;
        }
    }

    /// <summary>Lets another server have it.</summary>
    public void Dispose() => held.Dispose();

    // what an earlier version, or a copy from elsewhere, left open
    private void Tighten()
    {
        if (OperatingSystem.IsWindows()) return;
        var wide = new List<string>();
        foreach (var entry in new DirectoryInfo(Path).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Prepend(new DirectoryInfo(Path)))
        {
            var wanted = entry is DirectoryInfo ? OwnersFolder : OwnersFile;
            try
            {
                if (entry.LinkTarget is null && (entry.UnixFileMode & ~OwnersFolder) != 0) entry.UnixFileMode = wanted;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                wide.Add(entry.FullName);
            }
        }
        Wide = wide;
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial int Umask(int mask);
}
