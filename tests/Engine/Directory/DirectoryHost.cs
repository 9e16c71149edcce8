using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Platform;

namespace Tccc.Directory.Tests;

/// <summary>Platform and directory in a real host over a SQLite file, with nobody in it.</summary>
internal sealed class DirectoryHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private DirectoryHost(WebApplication app) => this.app = app;

    public Centers Centers => Get<Centers>();

    public IdSource Ids => Get<IdSource>();

    public static Task<DirectoryHost> Start(bool empty = true, Action<WebApplicationBuilder>? with = null) =>
        Start(System.IO.Directory.CreateTempSubdirectory("tccc-directory-").FullName, empty, with);

    private static async Task<DirectoryHost> Start(string folder, bool empty, Action<WebApplicationBuilder>? with)
    {
        var builder = WebApplication.CreateBuilder(["--data", folder]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        // somebody else fills the database
        builder.Configuration["Demo:Enabled"] = empty.ToString();
        builder.AddPlatform();
        builder.AddDirectory();
        with?.Invoke(builder);
        var app = builder.Build();
        app.UseRouting();
        app.UsePlatform();
        app.MapGet("/sign-in", async (HttpContext http, People people, Centers centers, string email, string password, long? agent) =>
        {
            var signedIn = await people.Authenticate(email, password, http.Origin());
            if (!signedIn.Ok) return signedIn.Error!.ToHttp();
            if (agent is null) await http.SignInAsync(signedIn.Value);
            else await http.EnterAsync(signedIn.Value, centers.Agent(new AgentId(agent.Value))!);
            return Results.Ok();
        });
        app.MapGet("/sign-out", async (HttpContext http) => await http.LeaveAsync());
        app.MapGet("/me", (CurrentAgent me) => $"{me.Person}").RequireAuthorization(Access.Person);
        app.MapGet("/agent", (CurrentAgent me) => $"{me.Agent} {me.Role}").RequireAuthorization(Right.Serve);
        app.MapGet("/kept", (CurrentAgent me) => $"{me.Agent} {me.Role}").RequireAuthorization(Right.Serve).WithMetadata(new KeptInCall());
        await app.StartAsync();
        return new(app);
    }

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public HttpClient Client() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(app.Urls.First()) };

    public async Task Write(params object[] rows)
    {
        await Get<Writer>().Write(db =>
        {
            db.AddRange(rows);
            return Task.CompletedTask;
        });
        await Centers.Load();
    }

    public async Task<T> As<T>(Func<People, Task<T>> what)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await what(scope.ServiceProvider.GetRequiredService<People>());
    }

    /// <summary>The code of the newest SMS to this number; null when there was none.</summary>
    public async Task<string?> CodeTo(string mobile)
    {
        var notice = await Read(db => db.Set<NoticeRow>().Where(n => n.To == mobile).OrderByDescending(n => n.Id).FirstOrDefaultAsync());
        return notice is null ? null : Get<IDataProtectionProvider>().CreateProtector("Tccc.Platform.Notices")
            .Unprotect(notice.ProtectedSecret!);
    }

    /// <summary>Stops the server and starts another over the same data.</summary>
    public async Task<DirectoryHost> Again(Action<WebApplicationBuilder>? with = null)
    {
        var folder = Get<DataFolder>().Path;
        await app.StopAsync();
        await app.DisposeAsync();
        return await Start(folder, empty: true, with);
    }

    public async Task<T> Read<T>(Func<TcccDb, Task<T>> query)
    {
        await using var db = await Get<IDbContextFactory<TcccDb>>().CreateDbContextAsync();
        return await query(db);
    }

    /// <summary>A center with an agent in a group; everything in it is named after the center.</summary>
    public async Task<(Center Center, Agent Agent, SkillGroup Group)> MakeCenter(string name)
    {
        var person =
            await As(
                people => people.Create(new() { Email = $"amy@{name}.test", Mobile = $"138{Ids.Next() % 100_000_000:D8}" }, "Demo#2026"));
        var center = new Center { Id = Ids.Next<CenterId>(), Name = name };
        var group = new SkillGroup { Id = Ids.Next<GroupId>(), Center = center.Id, Number = 1, Name = "Sales" };
        var agent = new Agent { Id = Ids.Next<AgentId>(), Center = center.Id, Person = person.Value.Id, Nickname = $"Amy of {name}" };
        await Write(center, group, agent, new GroupMember { Center = center.Id, Group = group.Id, Agent = agent.Id, Level = 3 });
        return (center, agent, group);
    }

    public async ValueTask DisposeAsync()
    {
        var folder = Get<DataFolder>().Path;
        await app.StopAsync();
        await app.DisposeAsync();
        System.IO.Directory.Delete(folder, recursive: true);
    }
}
