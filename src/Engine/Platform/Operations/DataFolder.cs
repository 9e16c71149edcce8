using Microsoft.Extensions.Configuration;

namespace Tccc.Platform;

/// <summary>The folder that holds everything the server keeps: <c>--data DIR</c>, <c>./data</c> by default; operations.md «Data folder».</summary>
public sealed class DataFolder
{
    /// <summary>Makes the folder and tries it: one that can't be written is a <see cref="StartupException"/> now rather than a lost recording later.</summary>
    public DataFolder(IConfiguration configuration)
    {
        Path = System.IO.Path.GetFullPath(configuration["data"] ?? "data");
        try
        {
            System.IO.Directory.CreateDirectory(Path);
            var trial = System.IO.Path.Combine(Path, $".write-{Environment.ProcessId}");
            File.WriteAllBytes(trial, []);
            File.Delete(trial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The data folder {Path} can't be written ({e.Message}). Give another with --data DIR, or make this one writable.", e);
        }
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

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
}
