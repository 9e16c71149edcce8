using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tccc.Platform.Tests;

public sealed class OperationTests
{
    [Fact]
    public async Task Metrics_show_what_our_meters_count()
    {
        using var meter = new Meter("Tccc.Test");
        await using var host = await TestHost.Start();
        var calls = meter.CreateCounter<long>("tccc_test_calls", description: "Calls");
        calls.Add(2, new KeyValuePair<string, object?>("trunk", "a \"b\""));
        calls.Add(1, new KeyValuePair<string, object?>("trunk", "a \"b\""));
        await host.Writer.Flush();
        meter.CreateObservableGauge("tccc_test_legs", () => 7);
        var ring = meter.CreateHistogram<double>("tccc.test.ring");
        ring.Record(0.25);
        ring.Record(0.5);

        using var client = host.Client();
        var text = await client.GetStringAsync("/metrics");
        Assert.Contains(
            "# HELP tccc_test_calls_total Calls\n# TYPE tccc_test_calls_total counter\ntccc_test_calls_total{trunk=\"a \\\"b\\\"\"} 3\n",
            text, StringComparison.Ordinal);
        Assert.Contains("# TYPE tccc_test_legs gauge\ntccc_test_legs 7\n", text, StringComparison.Ordinal);
        Assert.Contains("tccc_test_ring_bucket{le=\"0.25\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "tccc_test_ring_bucket{le=\"+Inf\"} 2\ntccc_test_ring_sum 0.75\ntccc_test_ring_count 2\n", text, StringComparison.Ordinal);
        Assert.Contains("tccc_writer_transactions", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_is_within_its_bounds_or_named()
    {
        var settings = new ConfigurationManager { ["Here"] = "7", ["Empty"] = "" };
        Assert.Equal((7, 3, 3), (settings.Whole("Here", 3, 0, 9), settings.Whole("Empty", 3, 0, 9), settings.Whole("Nowhere", 3, 0, 9)));
        foreach (var wrong in (string[])["abc", "1024", "-1", "1e3"])
        {
            var error = await Assert.ThrowsAsync<StartupException>(() => TestHost.Start(builder => builder.Configuration["Cell"] = wrong));
            Assert.Equal($"Cell is \"{wrong}\"; it must be a whole number from 0 to 1023.", error.Message);
        }
    }

    [Fact]
    [Trait("Case", "F-A6")]
    public async Task Ids_rise_over_a_restart_though_the_clock_was_set_back_meanwhile()
    {
        var (right, wrong) = (new ManualTime(), new ManualTime());
        wrong.StepWall(TimeSpan.FromHours(-1));
        var first = await TestHost.Start(builder => builder.Services.AddSingleton<TimeProvider>(right));
        var highest = first.Ids.Next();
        await first.Writer.Write(
            db => db.AddAsync(
                new NoticeRow { Id = highest, To = "x", Language = "en", Text = "SignInCode", State = NoticeState.Sent }).AsTask());
        await first.Stop();
        await using var second =
            await TestHost.Start(builder => builder.Services.AddSingleton<TimeProvider>(wrong), folder: first.Folder);
        Assert.True(second.Ids.Next() > highest);
    }

    [Fact]
    public void A_switch_is_on_off_or_named()
    {
        var settings = new ConfigurationManager { ["Demo:Enabled"] = "True", ["Media:Loopback"] = "", ["Demo:Other"] = "maybe" };
        Assert.True(settings.IsOn("Demo:Enabled"));
        Assert.False(settings.IsOn("Media:Loopback"));
        Assert.False(settings.IsOn("Not:Set"));
        Assert.Equal(
            "Demo:Other is \"maybe\"; it must be true or false.",
            Assert.Throws<StartupException>(() => settings.IsOn("Demo:Other")).Message);
    }

    [Fact]
    public async Task Ready_says_which_check_is_ill_and_live_does_not_care()
    {
        await using var host =
            await TestHost.Start(
                builder => builder.Services.AddHealthChecks().AddCheck("trunk", () => HealthCheckResult.Unhealthy("It does not answer.")));
        using var client = host.Client();
        Assert.Equal("Healthy", await client.GetStringAsync("/health/live"));
        var ready = await client.GetAsync("/health/ready");
        Assert.Equal(503, (int)ready.StatusCode);
        var text = await ready.Content.ReadAsStringAsync();
        Assert.Contains("\"database\":{\"status\":\"Healthy\"", text, StringComparison.Ordinal);
        Assert.Contains("\"trunk\":{\"status\":\"Unhealthy\",\"description\":\"It does not answer.\"}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_an_operator_can_mend_ends_with_one_line_and_1()
    {
        var file = Path.GetTempFileName();
        var error =
            Assert.Throws<StartupException>(() => new DataFolder(new ConfigurationManager { ["data"] = Path.Combine(file, "data") }));
        Assert.Contains($"The data folder {file}/data can't be written", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, await StartupException.Explain(() => throw error));
        Assert.Equal(1, await StartupException.Explain(() => throw new AggregateException(new InvalidOperationException("", error))));
        Assert.Equal(0, await StartupException.Explain(() => Task.CompletedTask));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => StartupException.Explain(() => throw new InvalidOperationException("a bug")));
        File.Delete(file);
    }

    [Fact, Trait("Case", "F-A15"), Trait("Case", "F-E3")]
    public async Task A_data_folder_that_another_server_has_is_refused_before_anything_and_free_when_that_one_ends()
    {
        var host = await TestHost.Start();
        var error = await Assert.ThrowsAsync<StartupException>(() => TestHost.Start(folder: host.Folder));
        Assert.Matches($"^The data folder {host.Folder} is held by another server: process {Environment.ProcessId} on .+ since .+Z\\. Stop that one, or give this one another with --data DIR\\.$", error.Message);
        await host.Stop();
        await using (await TestHost.Start(folder: host.Folder))
        {
        }
        await host.DisposeAsync();
    }

    [Fact, Trait("Case", "F-C10"), System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public async Task Nobody_else_on_the_machine_reads_the_data_folder_and_what_was_open_is_closed()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("tccc-open-").FullName;
        var old = Path.Combine(System.IO.Directory.CreateDirectory(Path.Combine(folder, "sounds")).FullName, "old.wav");
        await File.WriteAllTextAsync(old, "");
        const UnixFileMode everybody = (UnixFileMode)0b111_111_111;
        foreach (var path in new[] { folder, Path.Combine(folder, "sounds"), old }) File.SetUnixFileMode(path, everybody);
        await using var host = await TestHost.Start(folder: folder);
        host.Writer.Enqueue(new OtherHappened(new(1), default));
        await host.Writer.Flush();
        await File.WriteAllTextAsync(host.Get<DataFolder>()["prompts", "new.wav"], "");
        var seen = new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).ToList();
        Assert.Contains(seen, f => f.Name == "tccc.db-wal");
        Assert.Contains(seen, f => f.Name == "old.wav");
        Assert.All(
            seen.Prepend(new DirectoryInfo(folder)),
            f => Assert.True((f.UnixFileMode & (UnixFileMode)0b000_111_111) == 0, $"{f.FullName} is {f.UnixFileMode}"));
    }

    [Fact]
    public async Task A_taken_port_is_a_start_an_operator_can_mend()
    {
        await using var host = await TestHost.Start();
        using var client = host.Client();
        Assert.Equal(
            1, await StartupException.Explain(
                () => TestHost.Start(builder => builder.Configuration["urls"] = client.BaseAddress!.ToString())));
    }

    [Theory]
    [InlineData("oracle", null)]
    [InlineData("postgres", null)]
    [InlineData("postgres", "Host=127.0.0.1;Port=1;Username=nobody;Password=x;Timeout=2")]
    [InlineData("sqlite", "Data Source=/proc/nowhere/tccc.db")]
    public async Task A_database_that_can_not_be_used_is_one_too(string provider, string? connection)
    {
        await Assert.ThrowsAsync<StartupException>(() => TestHost.Start(builder =>
        {
            builder.Configuration["Database:Provider"] = provider;
            builder.Configuration["Database:ConnectionString"] = connection;
        }));
    }
}
