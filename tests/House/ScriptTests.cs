using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace Tccc.House.Tests;

/// <summary>
/// The scripts of bin/ as they are, in a tree of their own, with tools in front of the real ones that write down what they are asked and do
/// as much of it as the scripts look at.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class ScriptTests : IDisposable
{
    private const string Migrations = "src/Tccc.Web/Migrations";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly string folder = Directory.CreateTempSubdirectory("tccc-scripts-").FullName;

    public ScriptTests()
    {
        Directory.CreateDirectory(At("bin"));
        foreach (var file in (string[])["lib.sh", "migration", "run"]) File.Copy(Tree.Path("bin/" + file), At("bin/" + file));
        Directory.CreateDirectory(At(Migrations + "/Model"));
        File.WriteAllText(At(Migrations + "/1_First.cs"), "first");
        File.WriteAllText(At(Migrations + "/Model/Model.cs"), "old model");
        Tool("dotnet", $"""
            [ -d {Migrations}/Model ] && model=there || model=gone
            echo "$*; the model is $model" >>asked
            [ -z "$FAILS" ] || case "$*" in *"$FAILS"*) exit 1 ;; esac
            case "$*" in
              --list-sdks) echo "10.0.100 [/sdk]" ;;
              *"migrations add"*) echo second >{Migrations}/2_Second.cs ;;
              *"dbcontext optimize"*) mkdir {Migrations}/Model && echo new model >{Migrations}/Model/Model.cs ;;
              *"publish"*) mkdir -p artifacts/web ;;
            esac
            """);
        Tool("dpkg-query", "echo install ok installed");
        foreach (var tool in (string[])["node", "npm"]) Tool(tool, "");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    [Trait("Case", "F-E1")]
    public void A_migration_is_made_on_a_fresh_clone_which_restores_before_the_old_model_goes()
    {
        Assert.Equal(0, Run("bin/migration", "Second").Code);
        var asked = File.ReadAllLines(At("asked"));
        Assert.Equal(
            ["tool restore", "restore src/Tccc.Web", "ef migrations add Second", "ef dbcontext optimize"],
            asked.Select(line => Regex.Match(line, "^(tool restore|restore \\S+|ef migrations add \\S+|ef dbcontext optimize)").Value));
        Assert.Equal(["there", "there", "gone", "gone"], asked.Select(line => line.Split(' ')[^1]));
        Assert.Equal(["1_First.cs: first", "2_Second.cs: second\n", "Model/Model.cs: new model\n"], Written());
    }

    [Theory]
    [Trait("Case", "F-E1")]
    [InlineData("tool restore")]
    [InlineData("restore src/Tccc.Web")]
    [InlineData("migrations add")]
    [InlineData("dbcontext optimize")]
    public void A_migration_that_fails_at_any_step_leaves_all_as_it_was_and_says_so(string step)
    {
        var (code, printed) = Run("bin/migration", "Second", fails: step);
        Assert.NotEqual(0, code);
        Assert.Contains("is as it was", printed, StringComparison.Ordinal);
        Assert.Equal(["1_First.cs: first", "Model/Model.cs: old model"], Written());
    }

    [Fact]
    [Trait("Case", "F-D15")]
    public void A_start_on_a_new_machine_tells_each_step_in_one_line_with_its_time()
    {
        var (code, printed) = Run("bin/run", "--data", At("data"));
        Assert.Equal(0, code);
        var lines = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.All(lines[..3], line => Assert.Matches(Step(), line));
        Assert.StartsWith("Starting", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "F-D15")]
    public void A_start_whose_step_fails_names_it_and_goes_no_further()
    {
        var (code, printed) = Run("bin/run", "--data", At("data"), fails: "restore");
        Assert.NotEqual(0, code);
        Assert.EndsWith("Fetching libraries (NuGet) failed.", printed.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain(File.ReadAllLines(At("asked")), line => line.StartsWith("publish", StringComparison.Ordinal));
    }

    private string At(string path) => Path.Combine(folder, path);

    /// <summary>All files of the migrations with what is in them.</summary>
    private string[] Written() =>
    [
        .. Directory.EnumerateFiles(At(Migrations), "*", SearchOption.AllDirectories)
            .Select(file => $"{Path.GetRelativePath(At(Migrations), file)}: {File.ReadAllText(file)}").Order(StringComparer.Ordinal),
    ];

    private void Tool(string name, string does)
    {
        var file = Path.Combine(Directory.CreateDirectory(At("tools")).FullName, name);
        File.WriteAllText(file, $"#!/bin/sh\n{does}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private (int Code, string Printed) Run(string script, string argument, string? second = null, string fails = "")
    {
        var start = new ProcessStartInfo("bash", [script, argument, .. second is null ? (string[])[] : [second]])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{At("tools")}:{start.Environment["PATH"]}";
        start.Environment["FAILS"] = fails;
        using var process = Process.Start(start)!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        Assert.True(process.WaitForExit(Limit), script + " did not end");
        return (process.ExitCode, string.Concat(said.Result));
    }

    [GeneratedRegex(@"^(Looking for the packages it needs|Fetching libraries \(NuGet\)|Building) \.\.\. +\d+ s$")]
    private static partial Regex Step();
}
