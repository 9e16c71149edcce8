using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Platform.Look;

namespace Tccc.Modules.Tests;

/// <summary>
/// The engines and the rooms under test on a real socket and an SQLite file: one center with Amy and Bob in the group Sales, and another
/// with Nora. Only the pages of Login are not there: people are signed in by asking for it.
/// </summary>
internal sealed class TestCenter : IAsyncDisposable
{
    public static readonly CenterId Center = new(1);
    public static readonly CenterId Other = new(2);
    public static readonly AgentId Amy = new(11);
    public static readonly AgentId Bob = new(12);
    public static readonly AgentId Nora = new(21);
    public static readonly GroupId Sales = new(101);

    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("tccc-rooms-").FullName;
    private WebApplication app = null!;

    public string Address { get; private set; } = "";

    public static async Task<TestCenter> Start(
        Action<WebApplicationBuilder> rooms, Action<WebApplication> routes, Func<Seed, Task>? more = null, params string[] settings)
    {
        var center = new TestCenter();
        var builder =
            WebApplication.CreateBuilder(["--data", center.folder, "--Demo:Enabled=true", "--urls=http://127.0.0.1:0", .. settings]);
        builder.AddPlatform();
        builder.AddDirectory();
        builder.Services.AddHostedService(services => new Seed(services, more));
        builder.Services.AddAcd();
        builder.Services.AddLook();
        rooms(builder);
        center.app = builder.Build();
        center.app.UsePlatform();
        center.app.MapGet("/test/enter/{agent:long}", Enter).AllowAnonymous();
        center.app.MapGet(
            "/test/stream",
            (CurrentAgent me, WorkbenchStreams streams, CancellationToken gone) => Sse.Stream(streams.Open(me.Scope, "w", gone)))
                .RequireAuthorization(Right.Serve);
        routes(center.app);
        await center.app.StartAsync();
        center.Address = center.Get<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return center;
    }

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>A browser in which this agent is signed in, and whose page carries the token; as htmx asks.</summary>
    public async Task<HttpClient> As(AgentId agent, string language = "en")
    {
        var browser = Stranger(language);
        browser.DefaultRequestHeaders.Add("RequestVerificationToken", await browser.GetStringAsync($"/test/enter/{agent}"));
        return browser;
    }

    public HttpClient Stranger(string language = "en")
    {
        var browser =
            new HttpClient(
                new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress =
                    new(Address) };
        browser.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
        browser.DefaultRequestHeaders.Add("HX-Request", "true");
        return browser;
    }

    /// <summary>Goes online as a page does: its stream is connected and its line, or a phone, can be rung.</summary>
    public async Task Online(AgentId agent)
    {
        var dispatch = Get<Dispatch>();
        dispatch.WorkbenchOpened(agent, "w");
        dispatch.DeviceReachable(agent, true);
        Assert.True((await dispatch.Choose(agent, Choice.Available, ChangedBy.Agent)).Ok);
    }

    /// <summary>A customer who calls waits in the group.</summary>
    public Contact Caller(string number = "13800138000")
    {
        var time = Get<TimeProvider>();
        var contact = new Contact(Get<IdSource>().Next<ContactId>(), Center, ContactKind.Call, number, "4000000001", time.Now());
        Get<Dispatch>().Enqueue(contact, Sales);
        return contact;
    }

    public async Task<OfferView> Rings(AgentId agent)
    {
        OfferView? offer = null;
        await Until($"it rings at {agent}", () => (offer = Get<Dispatch>().See(agent)?.Offer) is not null);
        return offer!;
    }

    public Task Is(AgentId agent, AgentState state) => Until($"{agent} is {state}", () => Get<Dispatch>().See(agent)?.State == state);

    public static Task Until(string what, Func<bool> condition) => Until(() => what, condition);

    public static async Task Until(Func<string> what, Func<bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            if (limit.IsCancellationRequested) Assert.Fail($"This did not come true: {what()}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Reads the agent's stream until this fragment came in a shape that is wanted.</summary>
    public static async Task<string> Pushed(HttpClient browser, string fragment, Func<string, bool> wanted, Func<Task>? once = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await using var stream = await browser.GetStreamAsync(new Uri("/test/stream", UriKind.Relative), limit.Token);
        var begun = false;
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(limit.Token))
        {
            if (item.EventType == fragment && wanted(item.Data)) return item.Data;
            if (begun || once is null) continue;
            begun = true;
            await once();
        }
        throw new InvalidOperationException($"The stream ended and brought no such {fragment}.");
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await Until($"{folder} is deleted", Gone);
    }

    // a voice that was speaking an announcement into the folder may finish its word first
    private bool Gone()
    {
        try
        {
            System.IO.Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<string> Enter(HttpContext http, AgentId agent, Centers centers, TcccDb db, IAntiforgery antiforgery)
    {
        var info = centers.Agent(agent)!;
        await http.EnterAsync((await db.FindAsync<Person>(info.Person))!, info);
        return antiforgery.GetAndStoreTokens(http).RequestToken!;
    }

    /// <summary>Fills the empty database before the other rooms start.</summary>
    internal sealed class Seed(IServiceProvider services, Func<Seed, Task>? more) : IHostedLifecycleService
    {
        public List<object> Rows { get; } =
        [
            new Center { Id = Center, Name = "Here" }, new Center { Id = Other, Name = "There" },
            new BreakReason { Id = 1, Center = Center, Name = "Meeting" },
            new SkillGroup { Id = Sales, Center = Center, Number = 1, Name = "Sales" },
            new Number { Id = new(201), Center = Center, Digits = "4000000001", Entry = NumberEntry.Group, Group = Sales },
            .. Agent(Amy, Center, "Amy"), .. Agent(Bob, Center, "Bob"), .. Agent(Nora, Other, "Nora"),
            Member(Amy), Member(Bob),
        ];

        public async Task StartingAsync(CancellationToken cancellationToken)
        {
            if (more is not null) await more(this);
            await services.GetRequiredService<Writer>().Write(db =>
            {
                db.AddRange(Rows);
                return Task.CompletedTask;
            });
            foreach (var center in Rows.OfType<Center>()) await services.GetRequiredService<Centers>().Reload(center.Id);
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        private static object[] Agent(AgentId id, CenterId center, string name) =>
        [
            new Person { Id = new(id.Value), Email = $"{name}@test", NormalizedEmail = $"{name}@TEST"
                .ToUpperInvariant(), SecurityStamp = name, Mobile = $"139{id.Value:D8}" },
            new Agent { Id = id, Center = center, Person = new(id.Value), Role = Role.Agent, Nickname = name },
        ];

        private static GroupMember Member(AgentId agent) => new() { Group = Sales, Agent = agent, Center = Center };
    }
}
