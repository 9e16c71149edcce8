using System.Diagnostics;
using System.Globalization;
using EndToEnd.Peers;
using Microsoft.Playwright;

namespace EndToEnd;

/// <summary>
/// A server whose machine's clock is set while it runs, by Debian's libfaketime: wall time steps, monotonic time does not. Every lease,
/// countdown and wait must last its length; docs/adr/0010.
/// </summary>
public sealed class ClockTests : IAsyncLifetime
{
    private static readonly string FakeTime = Directory.EnumerateFiles(
        "/usr/lib", "libfaketimeMT.so.1", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }).First();

    private const int RingSeconds = 8;
    private const int WrapUpSeconds = 8;

    /// <summary>What a busy machine may be late by; the steps of the clock are larger.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);

    private readonly string folder = Directory.CreateTempSubdirectory("tccc-clock-").FullName;
    private Server server = null!;
    private Chromium chromium = null!;
    private Baresip caller = null!;

    private string Clock => Path.Combine(folder, "clock");

    public async Task InitializeAsync()
    {
        Tone.Write(Path.Combine(folder, "caller.wav"), 440, TimeSpan.FromMinutes(3), 8000);
        Step(0);
        server = await Server.Start(
            new Dictionary<string, string>
            {
                ["LD_PRELOAD"] = FakeTime, ["FAKETIME_TIMESTAMP_FILE"] = Clock, ["FAKETIME_NO_CACHE"] = "1", ["NO_FAKE_STAT"] = "1",
                ["DONT_FAKE_MONOTONIC"] = "1",
                // else it reckons the end of a timed wait by the steady clock as it would fake it, and each is over at once
                ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
            },
            [$"Timeouts:RingSeconds={RingSeconds}", $"Timeouts:WrapUpSeconds={WrapUpSeconds}"]);
        chromium = await Chromium.Start(1000);
        caller = await Baresip.Start(Directory.CreateDirectory(Path.Combine(folder, "phone")).FullName, Path.Combine(folder, "caller.wav"));
    }

    public async Task DisposeAsync()
    {
        await caller.DisposeAsync();
        await server.DisposeAsync();
        await chromium.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    [Trait("Case", "F-A6")]
    public async Task Ringing_wrap_up_and_waiting_last_their_length_whatever_is_done_to_the_clock()
    {
        var amy = await Workbench.Open(chromium, server, "amy");
        await amy.LineIsUp();
        await caller.Dial(server.Sip("4000000001"));
        await amy.Rings();
        var rings = Stopwatch.StartNew();
        Step(-22);
        await amy.RingBar.WaitForAsync(new() { State = WaitForSelectorState.Hidden, Timeout = 60_000 });
        Assert.InRange(rings.Elapsed, TimeSpan.FromSeconds(RingSeconds) / 2, TimeSpan.FromSeconds(RingSeconds) + Late);

        // nobody else is there: she is asked again, after the 15 s in which who missed a call is asked for nobody
        await amy.Rings(TimeSpan.FromSeconds(45));
        await amy.Press("Answer");
        await caller.Hears(1000);
        await amy.Press("Hang up");
        await amy.Is("Wrap-up");
        var wrapsUp = Stopwatch.StartNew();
        Step(-52);
        await amy.Is("Available", TimeSpan.FromSeconds(60));
        Assert.InRange(wrapsUp.Elapsed, TimeSpan.FromSeconds(WrapUpSeconds) / 2, TimeSpan.FromSeconds(WrapUpSeconds) + Late);

        await amy.Choose("Not ready");
        await caller.Closed();
        await caller.Dial(server.Sip("4000000001"));
        await amy.Page.GetByRole(AriaRole.Tab, new() { Name = "Waiting 1" }).ClickAsync();
        Step(3600);
        await amy.Press("Take");
        await caller.Hears(1000);
        Step(-3600);
        await amy.Press("Hang up");
        await caller.Closed();
        await Until.Holds(
            "both calls are on record", () => server.Rows("select Result from Calls where EndedAt is not null").Count == 2,
            seen: () => server.Log);
        var span = server.Rows("select max(At) - min(At) as Span from AgentStateChanges")[0]["Span"];
        Assert.True(Convert.ToInt64(span, CultureInfo.InvariantCulture) > 3_000_000_000, "the server's clock was not stepped");
        foreach (var call in server.Rows("select ArrivedAt, EndedAt from Calls"))
            Assert.InRange(
                Convert.ToInt64(call["EndedAt"], CultureInfo.InvariantCulture) - Convert.ToInt64(
                    call["ArrivedAt"], CultureInfo.InvariantCulture), 0, 300_000_000);
    }

    private void Step(int seconds)
    {
        // whole at once: the server reads it at each look at the clock
        File.WriteAllText(Clock + ".new", seconds.ToString("+0;-0;+0", CultureInfo.InvariantCulture) + "\n");
        File.Move(Clock + ".new", Clock, overwrite: true);
    }
}
