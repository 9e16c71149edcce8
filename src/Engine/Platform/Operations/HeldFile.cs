using System.Diagnostics;
using System.Globalization;

namespace Tccc.Platform;

/// <summary>
/// Says that one server has something: a file that the kernel keeps locked for as long as the process lives, however it ends, and beside it
/// one that says who.
/// </summary>
internal sealed class HeldFile : IDisposable
{
    private readonly FileStream locked;

    private HeldFile(FileStream locked) => this.locked = locked;

    /// <summary>This process, as others are told of it.</summary>
    public static string Me { get; } = Describe();

    /// <param name="path">Files of this name, ending in .lock and .holder, are made.</param>
    /// <param name="what">What is held, as the beginning of a sentence.</param>
    /// <param name="otherwise">What to do but stop the other server.</param>
    /// <exception cref="StartupException">Another server has it.</exception>
    public static HeldFile Take(string path, string what, string otherwise)
    {
        var (file, holder) = (path + ".lock", path + ".holder");
        FileStream locked;
        try
        {
            locked = new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(holder))
        {
            throw new StartupException(
                $"{what} is held by another server: {File.ReadAllText(holder).Trim()}. Stop that one, or {otherwise}.", e);
        }
        File.WriteAllText(holder, Me + "\n");
        return new(locked);
    }

    public void Dispose() => locked.Dispose();

    private static string Describe()
    {
        using var me = Process.GetCurrentProcess();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"process {me.Id} on {Environment.MachineName} since {me.StartTime.ToUniversalTime():yyyy-MM-dd HH:mm:ss}Z");
    }
}
