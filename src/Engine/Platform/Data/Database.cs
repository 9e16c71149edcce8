using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Tccc.Platform;

/// <summary>Which database, by the settings Database:Provider and Database:ConnectionString; contract.md «Ports and settings».</summary>
public static class Database
{
    private const string Sqlite = "sqlite";
    private const string Postgres = "postgres";

    /// <summary>Says where the migrations are: the assembly that alone knows all tables. Without one (a test with tables of its own) they are made as the model says.</summary>
    public static IServiceCollection AddMigrationsIn(this IServiceCollection services, Assembly assembly) => services.AddSingleton(new MigrationsHome(assembly));

    internal static IServiceCollection AddDatabase(this IServiceCollection services) => services
        .AddPooledDbContextFactory<TcccDb>((provider, options) => Configure(
            options,
            provider.GetRequiredService<IConfiguration>().GetSection("Database"),
            provider.GetRequiredService<DataFolder>(),
            provider.GetServices<IModelPart>(),
            provider.GetService<MigrationsHome>()?.Assembly))
        .AddScoped(provider => provider.GetRequiredService<IDbContextFactory<TcccDb>>().CreateDbContext());

    private static void Configure(DbContextOptionsBuilder options, IConfigurationSection settings, DataFolder data, IEnumerable<IModelPart> parts, Assembly? migrations)
    {
        var connection = settings["ConnectionString"];
        switch (settings["Provider"] ?? Sqlite)
        {
            case Sqlite:
                options.UseSqlite(connection ?? new SqliteConnectionStringBuilder { DataSource = data["tccc.db"] }.ToString(), sqlite => sqlite.MigrationsAssembly(migrations?.FullName));
                break;
            case Postgres:
                options.UseNpgsql(
                    connection ?? throw new StartupException("Database:Provider is postgres and Database:ConnectionString is empty: say where the server is (Host=…;Database=…;Username=…;Password=…)."),
                    postgres => postgres.MigrationsAssembly(migrations?.FullName));
                // the snapshot names SQLite's column types; the migrations themselves name none
                options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
                break;
            case var other:
                throw new StartupException($"Database:Provider is \"{other}\"; it must be {Sqlite} or {Postgres}.");
        }
        options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new ModelPartsOption([.. parts]));
    }

    /// <summary>Brings the schema up to date; a new database is made.</summary>
    internal static async Task Migrate(TcccDb db, CancellationToken ct)
    {
        try
        {
            if (db.Database.IsSqlite()) await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", ct);
            if (db.Database.GetMigrations().Any()) await db.Database.MigrateAsync(ct);
            else await db.Database.EnsureCreatedAsync(ct);
        }
        // PostgreSQL's provider wraps what it believes to pass
        catch (Exception e) when ((e is InvalidOperationException ? e.InnerException : e) is SqliteException or NpgsqlException)
        {
            throw new StartupException($"The database can't be used: {(e.InnerException ?? e).Message} Check Database:ConnectionString and the data folder.", e);
        }
    }
}

internal sealed record MigrationsHome(Assembly Assembly);
