using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Web.Tests;

#pragma warning disable CA1001 // the factory is given back in DisposeAsync, which xunit calls
/// <summary>
/// The whole server on real sockets and a SQLite file, with two centers and three people; one for all tests of this project.
/// </summary>
public class Site : IAsyncLifetime
#pragma warning restore CA1001
{
    internal const string Password = "Right#2026";

    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("tccc-web-").FullName;
    private readonly Factory factory;

    private int mobiles;

    public Site()
        : this(new Dictionary<string, string>())
    {
    }

    private protected Site(IReadOnlyDictionary<string, string> settings) => factory = new(folder, settings, Log);

    internal LogLines Log { get; } = new();

    /// <summary>The server over a folder of the test's own.</summary>
    internal static WebApplicationFactory<Program> Over(string folder) =>
        new Factory(folder, new Dictionary<string, string>(), new LogLines());

    internal IServiceProvider Services => factory.Services;

    internal Uri Address { get; private set; } = null!;

    internal int SecurePort { get; private set; }

    internal Center North { get; } = new() { Name = "North" };

    internal Center South { get; } = new() { Name = "South" };

    /// <summary>In the center North.</summary>
    internal Agent Nia { get; } = new() { Nickname = "<b>Nia</b>", StaffNumber = "1" };

    /// <summary>In the center South.</summary>
    internal Agent Sol { get; } = new() { Nickname = "Sol", StaffNumber = "1" };

    public async Task InitializeAsync()
    {
        factory.UseKestrel();
        factory.StartServer();
        var addresses = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Uri Of(string scheme) => new(addresses.Single(a => a.StartsWith(scheme + ":", StringComparison.Ordinal))
            .Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal));
        (Address, SecurePort) = (Of("http"), Of("https").Port);
        await Person("nia@test.example", (North, Nia));
        await Person("sol@test.example", (South, Sol));
        await Person("nobody@test.example");
    }

    public async Task DisposeAsync()
    {
        await factory.DisposeAsync();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    internal Visitor Visit(string language = "en", IPAddress? from = null) => new(Address, language, from);

    internal async Task<Visitor> SignedIn(string email)
    {
        var visitor = Visit();
        await visitor.SignIn(email, Password);
        return visitor;
    }

    /// <summary>A person of the test's own, in the center North.</summary>
    internal async Task<Agent> NewAgent(string email)
    {
        var agent = new Agent { Nickname = email };
        await Person(email, (North, agent));
        return agent;
    }

    /// <summary>Another process holds the database for writing, until this is given back.</summary>
    internal async Task<SqliteConnection> Held()
    {
        var other = new SqliteConnection($"Data Source={Services.GetRequiredService<DataFolder>()["tccc.db"]};Pooling=False");
        await other.OpenAsync();
        await using var begin = other.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        await begin.ExecuteNonQueryAsync();
        return other;
    }

    /// <summary>The database can be written, and all that waited for it is stored.</summary>
    internal async Task Stored()
    {
        var writer = Services.GetRequiredService<Writer>();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (writer is not { Trouble: null, Backlog.Changes: 0 }) await tick.WaitForNextTickAsync(limit.Token);
    }

    internal string NewMobile() => $"139{Interlocked.Increment(ref mobiles):D8}";

    internal Task Person(string email, params (Center Center, Agent Agent)[] places) => Person(email, NewMobile(), places);

    internal async Task Person(string email, string? mobile, params (Center Center, Agent Agent)[] places)
    {
        await using var scope = Services.CreateAsyncScope();
        var ids = Services.GetRequiredService<IdSource>();
        var made = await scope.ServiceProvider.GetRequiredService<People>().Create(new() { Email = email, Mobile = mobile }, Password);
        Assert.True(made.Ok, made.Error?.Message);
        await Services.GetRequiredService<Writer>().Write(db =>
        {
            foreach (var (center, agent) in places)
            {
                if (center.Id == default)
                {
                    center.Id = ids.Next<CenterId>();
                    db.Add(center);
                }
                (agent.Id, agent.Center, agent.Person) = (ids.Next<AgentId>(), center.Id, made.Value.Id);
                db.Add(agent);
            }
            return Task.CompletedTask;
        });
        foreach (var (center, _) in places) await Services.GetRequiredService<Centers>().Reload(center.Id);
        if (places.Length == 0) await Services.GetRequiredService<Centers>().Reload(North.Id);
    }

    private sealed class Factory(string folder, IReadOnlyDictionary<string, string> settings, LogLines log) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            // files as they are shipped: compressed, and kept by browsers
            builder.UseSetting("ReloadStaticAssetsAtRuntime", "false");
            builder.UseSetting("data", folder);
            foreach (var port in (string[])["Http:Port", "Https:Port", "Sip:TlsPort"]) builder.UseSetting(port, "0");
            foreach (var port in (string[])["Sip:Port", "Media:WebRtcPort"]) builder.UseSetting(port, FreePort());
            builder.UseSetting("Demo:Enabled", "false");
            foreach (var (name, value) in settings) builder.UseSetting(name, value);
            builder.ConfigureServices(services => services.AddSingleton<ILoggerProvider>(log));
        }

        private static string FreePort()
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.Any, 0));
            return ((IPEndPoint)socket.LocalEndPoint!).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}

[CollectionDefinition(Name)]
public sealed class OneSite : ICollectionFixture<Site>
{
    public const string Name = "site";
}
