using System.Globalization;
using Microsoft.Data.Sqlite;

namespace EndToEnd.Peers;

/// <summary>The product itself, started as an administrator starts it: the published program, a data folder, ports of its own.</summary>
internal sealed class Server : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    /// <summary>Servers that stand beside each other take their sound from ports of their own.</summary>
    private const int FirstRtpPort = 22000, RtpPorts = 1000, RtpBlocks = 8;

    private static int servers;

    private readonly int rtp = FirstRtpPort + Interlocked.Increment(ref servers) % RtpBlocks * RtpPorts;
    private readonly List<string> settings;
    private readonly IReadOnlyDictionary<string, string>? environment;
    private Program program = null!;

    private Server(string folder, List<string> settings, IReadOnlyDictionary<string, string>? environment) =>
        (Folder, this.settings, this.environment) = (folder, settings, environment);

    public string Folder { get; }

    public int HttpPort { get; } = Ports.Free();

    public int SipPort { get; } = Ports.Free();

    public int SipTlsPort { get; } = Ports.Free();

    public int WebRtcPort { get; } = Ports.Free();

    public int ProcessId => program.Id;

    public string Address => $"http://localhost:{HttpPort}";

    /// <summary>The same pages over https, with the certificate that the server made for itself.</summary>
    public string SecureAddress => $"https://localhost:{HttpPort + 1}";

    public string Log => program.Printed;

    /// <summary>The SIP address of a number of the demo center.</summary>
    public string Sip(string user) => $"sip:{user}@127.0.0.1:{SipPort}";

    public static Task<Server> Start(params string[] settings) => Start(null, settings);

    public static async Task<Server> Start(IReadOnlyDictionary<string, string>? environment, string[] settings)
    {
        return await Started(new(Directory.CreateTempSubdirectory("tccc-e2e-").FullName, [.. settings], environment));
    }

    /// <summary>With its data in a folder that the test made.</summary>
    public static Task<Server> In(string folder, params string[] settings) => Started(new(folder, [.. settings], null));

    private static async Task<Server> Started(Server server)
    {
        try
        {
            await server.Again();
            return server;
        }
        catch
        {
            // nobody else knows of it
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it without waiting: for the starts that must fail.</summary>
    public static Program Launch(string data, IEnumerable<string> settings, IReadOnlyDictionary<string, string>? environment = null)
    {
        var web = Source("artifacts/web");
        if (!File.Exists(Path.Combine(web, "Tccc.Web.dll")))
            throw new InvalidOperationException("The published server is missing: run bin/test e2e, which makes it.");
        return Program.Start("dotnet", ["Tccc.Web.dll", "--data", data, .. settings.Select(s => "--" + s)], web, environment);
    }

    /// <summary>Starts it (again) on the same folder and ports, and waits until it is ready.</summary>
    public async Task Again()
    {
        program = Launch(Folder, [
            $"Http:Port={HttpPort}", $"Https:Port={HttpPort + 1}", $"Sip:Port={SipPort}", $"Sip:TlsPort={SipTlsPort}",
            $"Media:WebRtcPort={WebRtcPort}", $"Media:RtpPorts={rtp}-{rtp + RtpPorts - 1}", "Demo:Enabled=true", .. settings], environment);
        using var http = new HttpClient();
        await Until.Holds("the server is ready", async () =>
        {
            if (program.HasEnded) throw new InvalidOperationException("The server ended:\n" + Log);
            try
            {
                return (await http.GetAsync(new Uri(Address + "/health/ready"))).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, StartLimit, () => Log);
    }

    public Task Kill() => program.Kill();

    public Task<int> Stop() => program.Stop(TimeSpan.FromSeconds(20));

    /// <summary>One figure of /metrics, summed over its labels; 0 when it was never counted.</summary>
    public async Task<double> Metric(string name, string label = "")
    {
        using var http = new HttpClient();
        var text = await http.GetStringAsync(new Uri(Address + "/metrics"));
        return text.Split('\n')
            .Where(line =>
                line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] is ' ' or '{'
                    && line.Contains(label, StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>Rows of the database, read beside the running server.</summary>
    public List<Dictionary<string, object?>> Rows(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "tccc.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the statements are the tests' own
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<Dictionary<string, object?>>();
        while (reader.Read())
            rows.Add(
                Enumerable.Range(0, reader.FieldCount)
                    .ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i), StringComparer.OrdinalIgnoreCase));
        return rows;
    }

    /// <summary>Changes rows of a stopped server's database, for what has no page.</summary>
    public void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "tccc.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the statements are the tests' own
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        await program.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A path of the repository that this was built from.</summary>
    public static string Source(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tccc.sln"))) folder = folder.Parent;
        return Path.Combine(folder!.FullName, path);
    }
}
