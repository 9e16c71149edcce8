using System.Diagnostics;
using System.Globalization;

namespace EndToEnd.Peers;

/// <summary>
/// A disk of a few megabytes that a test fills and empties under a running server: a tmpfs; where nothing may be mounted (containers
/// without that right), a limit on the size of the server's files, which the kernel enforces as it does a full disk.
/// </summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int Megabytes = 48;
    private const int Block = 4096;

    private readonly string place = Directory.CreateTempSubdirectory("tccc-disk-").FullName;
    private bool mounted;

    private SmallDisk()
    {
    }

    /// <summary>For a server's data.</summary>
    public string Folder => Path.Combine(place, "data");

    private string Filler => Path.Combine(place, "filler");

    public static async Task<SmallDisk> Make()
    {
        var disk = new SmallDisk();
        disk.mounted = await Runs("mount", "-t", "tmpfs", "-o", $"size={Megabytes}m", "tccc", disk.place);
        Directory.CreateDirectory(disk.Folder);
        return disk;
    }

    /// <summary>From now on this server finds no room for another byte.</summary>
    public async Task Fill(Server server)
    {
        if (!mounted)
        {
            await Limit(server, "0");
            return;
        }
        await using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        try
        {
            while (true) filler.Write(new byte[Block]);
        }
        catch (IOException)
        {
            // that was the last one
        }
    }

    /// <summary>There is room again.</summary>
    public async Task Empty(Server server)
    {
        if (mounted) File.Delete(Filler);
        else await Limit(server, "unlimited");
    }

    public async ValueTask DisposeAsync()
    {
        if (mounted) await Runs("umount", "--lazy", place);
        Directory.Delete(place, recursive: true);
    }

    private static async Task Limit(Server server, string bytes)
    {
        var id = server.ProcessId.ToString(CultureInfo.InvariantCulture);
        if (!await Runs("prlimit", "--pid", id, $"--fsize={bytes}:unlimited"))
            throw new InvalidOperationException($"prlimit does not let process {id} be limited.");
    }

    private static async Task<bool> Runs(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
