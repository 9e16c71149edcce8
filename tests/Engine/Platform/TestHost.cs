using System.Data.Common;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tccc.Platform.Tests;

/// <summary>The platform in a real host: a SQLite file, a socket, and a table and events of the tests' own.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebApplication app;
    private bool stopped;

    private TestHost(WebApplication app, string folder) => (this.app, Folder) = (app, folder);

    public string Folder { get; }

    public IServiceProvider Services => app.Services;

    public Writer Writer => Get<Writer>();

    public IdSource Ids => Get<IdSource>();

    public LogLines Log => Get<LogLines>();

    /// <summary>A host that runs; <paramref name="folder"/> is that of an earlier one, to see what it left.</summary>
    public static async Task<TestHost> Start(
        Action<WebApplicationBuilder>? with = null, Action<WebApplication>? map = null, string? folder = null)
    {
        folder ??= System.IO.Directory.CreateTempSubdirectory("tccc-platform-").FullName;
        var builder = WebApplication.CreateBuilder(["--data", folder]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddPlatform();
        builder.Logging.ClearProviders();
        var disk = new Disk();
        builder.Services.AddSingleton(disk).ConfigureDbContext<TcccDb>(options => options.AddInterceptors(disk));
        builder.Services.AddSingleton<LogLines>().AddSingleton<ILoggerProvider>(services => services.GetRequiredService<LogLines>());
        builder.Services.AddModelPart<TestTables>().AddEvents(typeof(Happened), typeof(OtherHappened), typeof(Passed))
            .AddUseCases(typeof(TestHost).Assembly).AddSingleton<Seen>();
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

    /// <summary>The database may not grow any more.</summary>
    public void Full() => Get<Disk>().IsFull = true;

    /// <summary>It may again.</summary>
    public void Room() => Get<Disk>().IsFull = false;

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

/// <summary>
/// A disk whose room the test decides: SQLite itself says SQLITE_FULL when a transaction needs a page more than there are.
/// </summary>
internal sealed class Disk : DbTransactionInterceptor
{
    private const int NoLimit = 1_000_000_000;

    public volatile bool IsFull;

    public override InterceptionResult<DbTransaction> TransactionStarting(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result)
    {
        Limit(connection);
        return result;
    }

    public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
        CancellationToken cancellationToken = default)
    {
        Limit(connection);
        return new(result);
    }

    // less than what is there means what is there
    private void Limit(DbConnection connection)
    {
        if (connection is not SqliteConnection) return;
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA max_page_count = {(IsFull ? 1 : NoLimit)}";
        command.ExecuteScalar();
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

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines) lines.Add($"{logLevel}: {formatter(state, exception)} {exception?.Message}");
    }

    public void Dispose()
    {
    }
}
