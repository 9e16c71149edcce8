using System.Diagnostics;
using System.Globalization;

namespace EndToEnd.Peers;

/// <summary>
/// A PostgreSQL server of Debian's package, with a cluster of its own in a temporary folder, on a port of its own, run by a user that is
/// not root.
/// </summary>
internal sealed class Postgres : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("tccc-postgres-").FullName;
    private readonly int port = Ports.Free();

    private Postgres()
    {
    }

    public string Connection => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Database=tccc;Username=tccc");

    private string Data => Path.Combine(folder, "cluster");

    /// <summary>A new cluster, and in it a database: an empty one, or filled by a script of pg_dump.</summary>
    public static async Task<Postgres> Start(string? script = null)
    {
        var postgres = new Postgres();
        if (Environment.IsPrivilegedProcess) await Run("chown", "postgres", postgres.folder);
        try
        {
            await Tool("initdb", "-D", postgres.Data, "-U", "tccc", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
            await postgres.Up();
            await Tool("createdb", "-h", "127.0.0.1", "-p", postgres.Port, "-U", "tccc", "tccc");
            if (script is not null)
                await Run("psql", "-h", "127.0.0.1", "-p", postgres.Port, "-U", "tccc", "-d", "tccc", "-q", "-v", "ON_ERROR_STOP=1", "-f", script);
            return postgres;
        }
        catch
        {
            // nobody else knows of it
            await postgres.DisposeAsync();
            throw;
        }
    }

    public Task Up() => Tool("pg_ctl", "-D", Data, "-w", "-l", Path.Combine(folder, "log"), "-o",
        $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=40", "start");

    /// <summary>An operator stops it; who is connected is cut off.</summary>
    public Task Down() => Tool("pg_ctl", "-D", Data, "-w", "-m", "fast", "stop");

    /// <summary>kill -9 of its first process; the others end when they notice.</summary>
    public async Task Kill()
    {
        var pid = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0];
        await Run("kill", "-9", pid);
        await Until.Holds("its port is free", () => !Directory.Exists("/proc/" + pid));
    }

    /// <summary>Rows, a line each, columns between bars.</summary>
    public async Task<string[]> Rows(string sql) =>
        (await Tool("psql", "-h", "127.0.0.1", "-p", Port, "-U", "tccc", "-d", "tccc", "-At", "-c", sql))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Tool("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");
        }
        catch (InvalidOperationException)
        {
            // a test left it down
        }
        Directory.Delete(folder, recursive: true);
    }

    private string Port => port.ToString(CultureInfo.InvariantCulture);

    private static Task<string> Tool(string name, params string[] arguments)
    {
        // initdb and pg_ctl refuse to run as root
        var tool = Path.Combine(Home(), name);
        return Environment.IsPrivilegedProcess
            ? Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", tool, .. arguments])
            : Run(tool, arguments);
    }

    private static string Home() =>
        Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order().LastOrDefault()
        ?? throw new InvalidOperationException("PostgreSQL is missing: bin/test installs it.");

    private static async Task<string> Run(string file, params string[] arguments)
    {
        var start =
            new ProcessStartInfo(file, arguments) { WorkingDirectory = "/", RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        // pg_ctl's server keeps its own output open in a log
        var said =
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode == 0
            ? said[0]
            : throw new InvalidOperationException(
                $"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}: {string.Concat(said)}");
    }
}
