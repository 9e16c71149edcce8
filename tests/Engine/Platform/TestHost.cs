using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tccc.Platform.Tests;

/// <summary>The platform in a real host: a SQLite file, a socket, and a table and events of the tests' own.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebApplication app;
    private bool stopped;

    private TestHost(WebApplication app, string folder) => (this.app, Folder) = (app, folder);

    public string Folder { get; }

    public IServiceProvider Services => app.Services;

    public Writer Writer => Get<Writer>();

    public IdSource Ids => Get<IdSource>();

    public LogLines Log => Get<LogLines>();

    /// <summary>A host that runs; <paramref name="folder"/> is that of an earlier one, to see what it left.</summary>
    public static async Task<TestHost> Start(Action<WebApplicationBuilder>? with = null, Action<WebApplication>? map = null, string? folder = null)
    {
        folder ??= System.IO.Directory.CreateTempSubdirectory("tccc-platform-").FullName;
        var builder = WebApplication.CreateBuilder(["--data", folder]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddPlatform();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<LogLines>().AddSingleton<ILoggerProvider>(services => services.GetRequiredService<LogLines>());
        builder.Services.AddModelPart<TestTables>().AddEvents(typeof(Happened), typeof(OtherHappened), typeof(Passed)).AddUseCases(typeof(TestHost).Assembly).AddSingleton<Seen>();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        with?.Invoke(builder);
        var app = builder.Build();
        app.UseRouting();
        app.UsePlatform();
        new OperationsModule().AddRoutes(app);
        map?.Invoke(app);
        await app.StartAsync();
        return new(app, folder);
    }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public HttpClient Client() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(app.Urls.First()) };

    public async Task<T> Read<T>(Func<TcccDb, Task<T>> query)
    {
        await using var db = await Get<IDbContextFactory<TcccDb>>().CreateDbContextAsync();
        return await query(db);
    }

    /// <summary>Asks until it is so; a test that waits in vain says what for.</summary>
    public static async Task Until(Func<Task<bool>> isSo, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await isSo())
        {
            try
            {
                await pause.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Waited in vain: {what}");
            }
        }
    }

    public static Task Until(Func<bool> isSo, string what) => Until(() => Task.FromResult(isSo()), what);

    public async Task Stop()
    {
        if (stopped) return;
        stopped = true;
        await app.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await app.DisposeAsync();
        if (System.IO.Directory.Exists(Folder)) System.IO.Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>Everything that was logged.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly List<string> lines = [];

    public IReadOnlyList<string> All
    {
        get
        {
            lock (lines) return [.. lines];
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines) lines.Add($"{logLevel}: {formatter(state, exception)} {exception?.Message}");
    }

    public void Dispose()
    {
    }
}
