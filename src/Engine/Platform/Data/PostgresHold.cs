using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace Tccc.Platform;

/// <summary>
/// Says that this server has the PostgreSQL database: an advisory lock of a connection of its own, which ends with the process or its
/// connection. When that breaks in mid-run nothing is written until the lock is had again; if another server has it by then, what is to be
/// stored waits as when the database is away. SQLite's file is held by its folder. docs/operations.md «One server».
/// </summary>
internal sealed partial class PostgresHold(IDbContextFactory<TcccDb> databases, TimeProvider time, ILogger<PostgresHold> log)
    : IAsyncDisposable
{
    /// <summary>PostgreSQL takes a moment to notice that a server was killed.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How often the connection is tried.</summary>
    internal static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    // "Tccc" in ASCII, and the first of what may be held
    private const string Key = "1415799651, 1";

    private const string Holder = """
        SELECT a.application_name || coalesce(' from ' || host(a.client_addr), '') FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 1415799651 AND l.objid = 1 AND a.datname = current_database()
        """;

    private readonly SemaphoreSlim gate = new(1, 1);
    private TcccDb? db;
    private ITimer? looking;
    private volatile bool held;

    /// <summary>Takes the database at the start; makes it first, when the server has none of that name.</summary>
    /// <exception cref="StartupException">Another server has it.</exception>
    public async Task Begin(CancellationToken ct)
    {
        try
        {
            await using (var first = await databases.CreateDbContextAsync(ct))
            {
                var creator = first.GetService<IRelationalDatabaseCreator>();
                if (!await creator.ExistsAsync(ct)) await creator.CreateAsync(ct);
            }
            await Take(ct);
        }
        catch (HeldElsewhereException e)
        {
            throw new StartupException($"{e.Message}. Stop that one, or give this one another with Database:ConnectionString.", e);
        }
        catch (Exception e) when (StorageFaults.IsAway(e))
        {
            throw Database.Unusable(e);
        }
        looking = time.CreateTimer(_ => _ = Look(), null, LookEvery, LookEvery);
    }

    private async Task Take(CancellationToken ct)
    {
        var began = time.GetTimestamp();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(200), time);
        while (true)
        {
            try
            {
                await Ensure();
                return;
            }
            catch (HeldElsewhereException) when (time.GetElapsedTime(began) < Patience)
            {
                await pause.WaitForNextTickAsync(ct);
            }
        }
    }

    /// <summary>To be called before each transaction.</summary>
    /// <exception cref="HeldElsewhereException">Another server has it.</exception>
    public async ValueTask Ensure()
    {
        if (held) return;
        await gate.WaitAsync();
        try
        {
            if (held) return;
            if (db is null) await Connect();
            if (!await Ask<bool>($"SELECT pg_try_advisory_lock({Key})"))
                throw new HeldElsewhereException(await Ask<string?>(Holder) ?? "one that just ended");
            held = true;
        }
        catch (Exception e) when (e is not HeldElsewhereException)
        {
            await Drop();
            throw;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The database was away: the connection is tried before it is believed again.</summary>
    public async Task Doubt()
    {
        await gate.WaitAsync();
        try
        {
            if (db is not null) await Ask<int>("SELECT 1");
        }
        catch (Exception e) when (StorageFaults.IsAway(e) || e is InvalidOperationException)
        {
            if (held) LogLost(e.Message);
            await Drop();
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (looking is not null) await looking.DisposeAsync();
        await gate.WaitAsync();
        try
        {
            // its connection goes back to the driver's pool, and would keep the lock there
            if (held) await Ask<object>("SELECT pg_advisory_unlock_all()");
        }
        catch (Exception e) when (StorageFaults.IsAway(e) || e is InvalidOperationException)
        {
            // then it is gone anyway
        }
        await Drop();
        gate.Release();
    }

    private async Task Look()
    {
        try
        {
            await Doubt();
            await Ensure();
        }
        catch (HeldElsewhereException e)
        {
            LogHeldElsewhere(e.Message);
        }
        catch (Exception e) when (StorageFaults.IsAway(e) || e is ObjectDisposedException)
        {
            // the writer says that the database is away; or the server stops
        }
    }

    private async Task Connect()
    {
        db = await databases.CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        await using var name = db.Database.GetDbConnection().CreateCommand();
        name.CommandText = "SELECT set_config('application_name', @name, false)";
        var who = name.CreateParameter();
        (who.ParameterName, who.Value) = ("name", "Tccc, " + HeldFile.Me);
        name.Parameters.Add(who);
        await name.ExecuteNonQueryAsync();
    }

    private async Task<T?> Ask<T>(string sql)
    {
        await using var command = db!.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // all constants
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync() is T answer ? answer : default;
    }

    private async Task Drop()
    {
        held = false;
        if (db is null) return;
        var old = db;
        db = null;
        try
        {
            await old.DisposeAsync();
        }
        catch (DbException)
        {
            // it broke
        }
    }

    [LoggerMessage(
        LogLevel.Error, "The connection that holds the database for this server broke ({Why}); nothing is written until it is held again")]
    private partial void LogLost(string why);

    [LoggerMessage(LogLevel.Critical, "{Message}: what this server has to store waits until that one ends")]
    private partial void LogHeldElsewhere(string message);
}

/// <summary>Another server has the database.</summary>
internal sealed class HeldElsewhereException(string holder) : Exception($"The database is held by another server: {holder}");
