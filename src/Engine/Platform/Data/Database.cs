using System.Data.Common;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Tccc.Platform;

/// <summary>Which database, by the settings Database:Provider and Database:ConnectionString; operations.md «Settings».</summary>
public static class Database
{
    private const string Sqlite = "sqlite";
    private const string Postgres = "postgres";

    /// <summary>
    /// Says where the migrations and the compiled model are: in the assembly that alone knows all tables. Without one (a test with tables
    /// of its own) they are made as the model says.
    /// </summary>
    public static IServiceCollection AddMigrationsIn(this IServiceCollection services, Assembly assembly) =>
        services.AddSingleton(new MigrationsHome(assembly));

    internal static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration["Database:Provider"] == Postgres) services.AddSingleton<PostgresHold>();
        return services.AddFactory();
    }

    private static IServiceCollection AddFactory(this IServiceCollection services) => services
        .AddPooledDbContextFactory<TcccDb>((provider, options) => Configure(
            options,
            provider.GetRequiredService<IConfiguration>().GetSection("Database"),
            provider.GetRequiredService<DataFolder>(),
            provider.GetServices<IModelPart>(),
            provider.GetService<MigrationsHome>()?.Assembly))
        .AddScoped(provider => provider.GetRequiredService<IDbContextFactory<TcccDb>>().CreateDbContext());

    private static void Configure(
        DbContextOptionsBuilder options, IConfigurationSection settings, DataFolder data, IEnumerable<IModelPart> parts,
        Assembly? migrations)
    {
        var connection = settings["ConnectionString"];
        switch (settings["Provider"] ?? Sqlite)
        {
            case Sqlite:
                options.UseSqlite(
                    connection ?? new SqliteConnectionStringBuilder { DataSource = data["tccc.db"] }.ToString(),
                    sqlite => sqlite.MigrationsAssembly(migrations?.FullName));
                if (CompiledModel(migrations) is { } model) options.UseModel(model);
                // to change a table SQLite makes it anew, outside of a transaction; nobody who reads the log can do anything about it
                options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.NonTransactionalMigrationOperationWarning));
                break;
            case Postgres:
                ConfigurePostgres(options, connection, migrations);
                break;
            case var other:
                throw new StartupException($"Database:Provider is \"{other}\"; it must be {Sqlite} or {Postgres}.");
        }
        options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new ModelPartsOption([.. parts]));
    }

    // written by bin/migration, and bound to the provider that first reads it; PostgreSQL's is built at each start
    private static IModel? CompiledModel(Assembly? assembly) =>
        assembly?.GetCustomAttribute<DbContextModelAttribute>()?.ModelType.GetProperty(
            "Instance", BindingFlags.Public | BindingFlags.Static)!.GetValue(null) as IModel;

    // apart, so that its driver is loaded only where it is used
    private static void ConfigurePostgres(DbContextOptionsBuilder options, string? connection, Assembly? migrations)
    {
        options.UseNpgsql(
            connection ?? throw new StartupException("Database:Provider is postgres and Database:ConnectionString is empty: say where the server is (Host=…;Database=…;Username=…;Password=…)."),
            postgres => postgres.MigrationsAssembly(migrations?.FullName));
        // the snapshot names SQLite's column types; the migrations themselves name none
        options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
    }

    /// <summary>Brings the schema up to date; a new database is made.</summary>
    internal static async Task Migrate(TcccDb db, CancellationToken ct)
    {
        try
        {
            if (db.Database.IsSqlite()) await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", ct);
            if (!db.Database.GetMigrations().Any()) await db.Database.EnsureCreatedAsync(ct);
            else if (!await IsMigrated(db, ct)) await MigrateAll(db, ct);
        }
        // PostgreSQL's provider wraps what it believes to pass; a type of its own here would load it
        catch (Exception e) when ((e is InvalidOperationException ? e.InnerException : e) is DbException)
        {
            throw Unusable(e);
        }
    }

    /// <summary>However long a migration takes over millions of rows.</summary>
    private static async Task MigrateAll(TcccDb db, CancellationToken ct)
    {
        var limit = db.Database.GetCommandTimeout();
        db.Database.SetCommandTimeout(0);
        await db.Database.MigrateAsync(ct);
        db.Database.SetCommandTimeout(limit);
    }

    /// <summary>The highest id that a row has; 0 in a new database. A look at the end of each table's key.</summary>
    internal static async Task<long> HighestId(TcccDb db, CancellationToken ct)
    {
        var keys = db.Model.GetEntityTypes().Select(table => (Table: table.GetTableName(), Key: table.FindPrimaryKey()?.Properties))
            .Where(t => t is { Table: not null, Key: [{ ClrType: var type }] } && Conventions.IsNumber(type));
        var each = keys.Select(t => $"SELECT MAX(\"{t.Key![0].GetColumnName()}\") AS \"Id\" FROM \"{t.Table}\"");
        await db.Database.OpenConnectionAsync(ct);
        await using var query = db.Database.GetDbConnection().CreateCommand();
        query.CommandText = $"SELECT MAX(\"Id\") FROM ({string.Join(" UNION ALL ", each)}) AS \"Ids\"";
        var highest = await query.ExecuteScalarAsync(ct) as long? ?? 0;
        await db.Database.CloseConnectionAsync();
        return highest;
    }

    internal static StartupException Unusable(Exception e) =>
        new($"The database can't be used: {StorageFaults.Words(e)} Check Database:ConnectionString and the data folder.", e);

    // asked first and in plain SQL: to migrate is to build the whole model twice, EF's own question builds one of the history's table, and
    // mostly nothing is to be done
    private static async Task<bool> IsMigrated(TcccDb db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        await using var query = db.Database.GetDbConnection().CreateCommand();
        // not IHistoryRepository.ExistsAsync: PostgreSQL's says yes to a table that is not there
        query.CommandText = db.Database.IsSqlite()
            ? $"SELECT 1 FROM sqlite_master WHERE name = '{HistoryRepository.DefaultTableName}'"
            : $"SELECT 1 WHERE to_regclass('\"{HistoryRepository.DefaultTableName}\"') IS NOT NULL";
        var applied = new List<string>();
        if (await query.ExecuteScalarAsync(ct) is not null)
        {
            query.CommandText = $"SELECT \"MigrationId\" FROM \"{HistoryRepository.DefaultTableName}\"";
            await using var rows = await query.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct)) applied.Add(rows.GetString(0));
        }
        await db.Database.CloseConnectionAsync();
        return !db.Database.GetMigrations().Except(applied).Any();
    }
}

internal sealed record MigrationsHome(Assembly Assembly);
