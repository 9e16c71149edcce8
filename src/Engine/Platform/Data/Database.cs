using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Tccc.Platform;

/// <summary>Which database, by the settings Database:Provider and Database:ConnectionString; contract.md «Ports and settings».</summary>
internal static class Database
{
    /// <summary>Where the migrations are: the host's assembly, which alone knows all tables.</summary>
    public const string MigrationsIn = "Tccc.Web";

    private const string Sqlite = "sqlite";
    private const string Postgres = "postgres";

    public static IServiceCollection AddDatabase(this IServiceCollection services) => services
        .AddPooledDbContextFactory<TcccDb>((provider, options) => Configure(
            options,
            provider.GetRequiredService<IConfiguration>().GetSection("Database"),
            provider.GetRequiredService<DataFolder>(),
            provider.GetServices<IModelPart>()))
        .AddScoped(provider => provider.GetRequiredService<IDbContextFactory<TcccDb>>().CreateDbContext());

    public static void Configure(DbContextOptionsBuilder options, IConfigurationSection settings, DataFolder data, IEnumerable<IModelPart> parts)
    {
        var connection = settings["ConnectionString"];
        switch (settings["Provider"] ?? Sqlite)
        {
            case Sqlite:
                options.UseSqlite(connection ?? new SqliteConnectionStringBuilder { DataSource = data["tccc.db"] }.ToString(), sqlite => sqlite.MigrationsAssembly(MigrationsIn));
                break;
            case Postgres:
                options.UseNpgsql(
                    connection ?? throw new StartupException("Database:Provider is postgres and Database:ConnectionString is empty: say where the server is (Host=…;Database=…;Username=…;Password=…)."),
                    postgres => postgres.MigrationsAssembly(MigrationsIn));
                // the snapshot names SQLite's column types; the migrations themselves name none
                options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
                break;
            case var other:
                throw new StartupException($"Database:Provider is \"{other}\"; it must be {Sqlite} or {Postgres}.");
        }
        options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new ModelPartsOption([.. parts]));
    }

    /// <summary>Brings the schema up to date; a new database is made. Without a migration that fits (a test with tables of its own) the tables are made as the model says.</summary>
    public static async Task Migrate(TcccDb db, CancellationToken ct)
    {
        try
        {
            if (db.Database.IsSqlite()) await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", ct);
            if (db.Database.GetMigrations().Any()) await db.Database.MigrateAsync(ct);
            else await db.Database.EnsureCreatedAsync(ct);
        }
        catch (Exception e) when (e is SqliteException or NpgsqlException)
        {
            throw new StartupException($"The database can't be used: {e.Message}. Check Database:ConnectionString and the data folder.", e);
        }
    }
}
