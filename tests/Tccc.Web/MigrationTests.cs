using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Web.Tests;

[Collection(OneSite.Name)]
public sealed partial class MigrationTests(Site site)
{
    [Fact]
    public async Task Every_change_of_the_model_has_its_migration()
    {
        await using var db = await Database(site.Services);
        Assert.False(db.Database.HasPendingModelChanges(), "The tables are not as the migrations make them: run bin/migration NAME.");
    }

    [Fact]
    public async Task Every_table_belongs_to_a_center_but_those_that_can_not()
    {
        await using var db = await Database(site.Services);
        var shared = db.Model.GetEntityTypes().Where(e => !typeof(ICenterRow).IsAssignableFrom(e.ClrType)).Select(e => e.GetTableName());
        // of what is said to a person and what a person did, some belongs to no center; sign-ins come before the choice of one
        Assert.Equal(["Audit", "Centers", "EndedSessions", "Notices", "Outbox", "People", "SmsCodes"], shared.Order());
    }

    [Fact]
    public async Task The_same_migrations_make_the_tables_of_PostgreSQL()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("tccc-migrations-").FullName;
        var builder = WebApplication.CreateBuilder(["--data", folder, "--Database:Provider=postgres", "--Database:ConnectionString=Host=nowhere"]);
        builder.AddPlatform();
        builder.Services.AddMigrationsIn(typeof(Program).Assembly);
        builder.AddDirectory();
        builder.Services.AddAcd();
        builder.Services.AddTelephony();
        await using var app = builder.Build();
        await using var db = await Database(app.Services);
        var migrated = Columns(db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.NoTransactions));
        var modelled = Columns(db.Database.GenerateCreateScript());
        Assert.NotEmpty(modelled);
        Assert.Equal(modelled, migrated.Intersect(modelled).Order());
        System.IO.Directory.Delete(folder, recursive: true);
    }

    private static Task<TcccDb> Database(IServiceProvider services) => services.GetRequiredService<IDbContextFactory<TcccDb>>().CreateDbContextAsync();

    /// <summary>Every column's line with the table it stands in.</summary>
    private static List<string> Columns(string script)
    {
        var (columns, table) = (new List<string>(), "");
        foreach (var line in script.Split('\n').Select(line => line.Trim().TrimEnd(',')))
        {
            if (line.StartsWith("CREATE TABLE", StringComparison.Ordinal)) table = line.Split('"')[1];
            else if (line.StartsWith('"')) columns.Add($"{table}: {line}");
            else if (Added().Match(line) is { Success: true } added) columns.Add($"{added.Groups["table"]}: {added.Groups["column"]}");
        }
        return [.. columns.Order()];
    }

    [GeneratedRegex("""^ALTER TABLE "(?<table>\w+)" ADD (?<column>"\w+".*?)( DEFAULT .*)?;$""", RegexOptions.ExplicitCapture)]
    private static partial Regex Added();
}
