using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Platform;

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
        Assert.Equal(["Audit", "Centers", "EndedSessions", "Notices", "Outbox", "People", "SmsCodes", "WrongPasswords"], shared.Order());
    }

    [Fact]
    public async Task The_same_migrations_make_the_tables_of_PostgreSQL()
    {
        using var rooms = new Rooms(["--Database:Provider=postgres", "--Database:ConnectionString=Host=nowhere"], compiled: true);
        await using var db = await Database(rooms.Services);
        var migrated = Columns(db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.NoTransactions));
        var modelled = Columns(db.Database.GenerateCreateScript());
        Assert.NotEmpty(modelled);
        Assert.Equal(modelled, migrated.Intersect(modelled).Order());
    }

    [Fact]
    public async Task The_compiled_model_is_what_the_rooms_say()
    {
        using var compiled = new Rooms(["--Database:Provider=sqlite"], compiled: true);
        using var built = new Rooms(["--Database:Provider=sqlite"], compiled: false);
        await using var one = await Database(compiled.Services);
        await using var other = await Database(built.Services);
        Assert.Equal("TcccDbModel", one.Model.GetType().Name);
        Assert.True(Described(other) == Described(one), "The compiled model is old: run bin/migration.");

        static string Described(TcccDb db) =>
            db.Model.ToDebugString(MetadataDebugStringOptions.LongDefault) + db.Model.GetRelationalModel()
                .ToDebugString(MetadataDebugStringOptions.LongDefault);
    }

    private static Task<TcccDb> Database(IServiceProvider services) =>
        services.GetRequiredService<IDbContextFactory<TcccDb>>().CreateDbContextAsync();

    /// <summary>Every column's line with the table it stands in.</summary>
    private static List<string> Columns(string script)
    {
        var (columns, table) = (new List<string>(), "");
        foreach (var line in script.Split('\n').Select(line => line.Trim().TrimEnd(',')))
        {
            if (line.StartsWith("CREATE TABLE", StringComparison.Ordinal)) table = line.Split('"')[1];
            // a value for the rows of before stands in the line that makes a table, and not in what is taken of the one that adds a column
            else if (line.StartsWith('"')) columns.Add($"{table}: {Default().Replace(line, "")}");
            else if (Renamed().Match(line) is { Success: true } renamed) columns = [.. columns.Select(c => AsRenamed(c, renamed))];
            else if (Retyped().Match(line) is { Success: true } retyped)
                columns =
                    [.. columns.Select(
                        c => c.StartsWith($"{retyped.Groups["table"]}: \"{retyped.Groups["column"]}\"", StringComparison.Ordinal)
                    ? $"{retyped.Groups["table"]}: \"{retyped.Groups["column"]}\" {retyped.Groups["type"]}" : c)];
            else if (Added().Match(line) is { Success: true } added) columns.Add($"{added.Groups["table"]}: {added.Groups["column"]}");
        }
        return [.. columns.Order()];
    }

    /// <summary>A column's line after its table, or itself, got another name.</summary>
    private static string AsRenamed(string column, Match renamed)
    {
        var (table, from, to) = (renamed.Groups["table"].Value, renamed.Groups["from"].Value, renamed.Groups["to"].Value);
        var (old, now) = from.Length > 0 ? ($"{table}: \"{from}\"", $"{table}: \"{to}\"") : ($"{table}: ", $"{to}: ");
        return column.StartsWith(old, StringComparison.Ordinal) ? now + column[old.Length..] : column;
    }

    [GeneratedRegex(" DEFAULT (?!BY).*$")]
    private static partial Regex Default();

    [GeneratedRegex("""^ALTER TABLE "(?<table>\w+)" ADD (?<column>"\w+".*?)( DEFAULT .*)?;$""", RegexOptions.ExplicitCapture)]
    private static partial Regex Added();

    [GeneratedRegex("""^ALTER TABLE "(?<table>\w+)" RENAME (COLUMN "(?<from>\w+)" )?TO "(?<to>\w+)";$""", RegexOptions.ExplicitCapture)]
    private static partial Regex Renamed();

    [GeneratedRegex(
        """^ALTER TABLE "(?<table>\w+)" ALTER COLUMN "(?<column>\w+)" TYPE (?<type>\w+)( USING NULL)?;$""", RegexOptions.ExplicitCapture)]
    private static partial Regex Retyped();
}
