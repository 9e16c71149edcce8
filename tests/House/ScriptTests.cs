using System.Diagnostics;

namespace Tccc.House.Tests;

/// <summary>The scripts of bin/ as they run on a machine whose dotnet, node and dpkg-query the test plays.</summary>
public sealed class ScriptTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly string root = Directory.CreateTempSubdirectory("tccc-scripts-").FullName;

    public ScriptTests()
    {
        Directory.CreateDirectory(Path.Combine(root, "bin"));
        foreach (var script in Directory.EnumerateFiles(Tree.Path("bin")))
            File.Copy(script, Path.Combine(root, "bin", Path.GetFileName(script)));
        Directory.CreateDirectory(Path.Combine(root, "src/Tccc.Web/Migrations"));
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(root, "tests")).FullName, "Some.Tests.csproj"), "");
        Play("dpkg-query", "echo 'install ok installed'");
        Play("npm", "");
        Play("node", "echo v22.1.0");
        Play("dotnet", "case $1 in --list-sdks) echo '10.0.100 [/dotnet]' ;; publish) mkdir -p artifacts/web ;; esac");
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact, Trait("Case", "F-D15")]
    public async Task A_start_says_each_step_and_how_long_it_took()
    {
        var (code, said) = await Run("bin/run");
        Assert.Equal((0, 3), (code, said.Split('\n').Count(line => line.EndsWith(" s", StringComparison.Ordinal))));
        foreach (var step in (string[])["Looking for the packages", "Fetching libraries", "Building", "Starting"])
            Assert.Contains(step, said, StringComparison.Ordinal);
    }

    [Theory, Trait("Case", "F-D15")]
    [InlineData("bin/test", "Fetching libraries")]
    [InlineData("bin/bench", "Building the server")]
    [InlineData("bin/migration", "Fetching libraries")]
    public async Task The_other_scripts_say_what_they_are_at_too(string script, string step) =>
        Assert.Contains(step, (await Run(script)).Said, StringComparison.Ordinal);

    [Fact, Trait("Case", "F-D15")]
    public async Task A_Node_that_is_too_old_is_named()
    {
        Play("node", "echo v18.20.4");
        var (code, said) = await Run("bin/run");
        Assert.NotEqual(0, code);
        Assert.Contains("Node 18.20.4 is too old", said, StringComparison.Ordinal);
    }

    [Theory, Trait("Case", "F-E1")]
    [InlineData("tool")]
    [InlineData("restore")]
    [InlineData("ef")]
    public async Task A_migration_that_fails_leaves_everything_as_it_was(string fails)
    {
        var model = Path.Combine(root, "src/Tccc.Web/Migrations/Model");
        Directory.CreateDirectory(model);
        await File.WriteAllTextAsync(Path.Combine(model, "Kept.cs"), "kept");
        await File.WriteAllTextAsync(Path.Combine(model, "..", "First.cs"), "first");
        Play("dotnet", $"[ $1 != {fails} ] || {{ echo > src/Tccc.Web/Migrations/Half.cs; exit 1; }}");
        Assert.NotEqual(0, (await Run("bin/migration", "Next")).Code);
        Assert.Equal(["First.cs", "Kept.cs"], Directory.EnumerateFiles(Path.Combine(model, ".."), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(file)).Order());
        Assert.Equal("kept", await File.ReadAllTextAsync(Path.Combine(model, "Kept.cs")));
    }

    private void Play(string program, string does)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "path")).FullName;
        var file = Path.Combine(folder, program);
        File.WriteAllText(file, $"#!/bin/sh\n{does}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<(int Code, string Said)> Run(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(root, script), .. arguments])
        {
            WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        start.Environment["PATH"] = $"{root}/path:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Limit);
        var said =
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, string.Concat(said));
    }
}
