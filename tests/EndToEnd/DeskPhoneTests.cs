using EndToEnd.Peers;

namespace EndToEnd;

/// <summary>An agent bound to a desk phone: a real SIP phone registers with digest and rings in place of the browser's line.</summary>
public sealed class DeskPhoneTests : IAsyncLifetime
{
    private const string Sales = "4000000001";

    private readonly string folder = Directory.CreateTempSubdirectory("tccc-desk-").FullName;
    private Server server = null!;
    private Chromium chromium = null!;

    public async Task InitializeAsync()
    {
        Tone.Write(Path.Combine(folder, "caller.wav"), 440, TimeSpan.FromMinutes(2), 8000);
        Tone.Write(Path.Combine(folder, "desk.wav"), 1000, TimeSpan.FromMinutes(2), 8000);
        server = await Server.Start("Timeouts:WrapUpSeconds=3");
        await server.Stop();
        Fleet.Bind(server, "8001", "amy");
        await server.Again();
        chromium = await Chromium.Start(700);
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await chromium.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_desk_phone_rings_and_the_page_controls_the_call()
    {
        await using var desk = await Desk("manual");
        var amy = await Workbench.Open(chromium, server, "amy");
        await using var caller = await Caller();
        await caller.Dial(server.Sip(Sales));
        await desk.Saw("CALL_INCOMING");
        await amy.Rings();
        await desk.Answer();
        await amy.RingsNoMore();
        await amy.Is("Busy");
        await caller.Hears(1000);
        await desk.Hears(440);

        await amy.Press("Hold");
        await caller.HearsMusic();
        await desk.HearsSilence();
        await amy.Press("Resume");
        await caller.Hears(1000);
        await amy.Press("Mute");
        await caller.HearsSilence();
        await desk.Hears(440);
        await amy.Press("Unmute");
        await caller.Hears(1000);

        await desk.HangUp();
        await caller.Closed();
        await amy.Is("Wrap-up");
        await amy.Is("Available");
    }

    [Fact]
    public async Task A_caller_who_gives_up_stops_the_desk_phone_at_once()
    {
        await using var desk = await Desk("manual");
        var amy = await Workbench.Open(chromium, server, "amy");
        await using var caller = await Caller();
        await caller.Dial(server.Sip(Sales));
        await desk.Saw("CALL_INCOMING");
        await caller.HangUp();
        await desk.Closed();
        await amy.RingsNoMore();
        await amy.Is("Available");
    }

    [Fact]
    [Trait("Case", "F-A1")]
    public async Task A_desk_phone_that_registered_for_an_hour_rings_after_the_server_was_killed_and_the_badge_tells_when_it_goes()
    {
        await using var desk = await Desk("manual", registersFor: 3600);
        await server.Kill();
        await server.Again();
        var amy = await Workbench.Open(chromium, server, "amy");
        await amy.Page.GetByText("Desk phone 8001", new() { Exact = true }).WaitForAsync();
        Assert.Equal(1, await server.Metric("tccc_sip_bindings"));
        await using (var caller = await Caller())
        {
            await caller.Dial(server.Sip(Sales));
            await desk.Saw("CALL_INCOMING");
            await desk.Answer();
            await caller.Hears(1000);
            await desk.HangUp();
            await caller.Closed();
        }

        await amy.Is("Available");
        await desk.Quit();
        await amy.Page.GetByText("Desk phone 8001 not registered").WaitForAsync();
        Assert.Equal(0, await server.Metric("tccc_sip_bindings"));
    }

    [Fact]
    public async Task A_wrong_password_registers_nothing()
    {
        await using var desk = await Baresip.Start(
            Directory.CreateDirectory(Path.Combine(folder, "stranger")).FullName, Path.Combine(folder, "desk.wav"),
            "8001", ";auth_user=8001;auth_pass=wrong;regint=60", $"127.0.0.1:{server.SipPort}");
        // it tries again at once, and is told to wait
        await desk.Prints("503 Service Unavailable");
        Assert.Equal(0, await server.Metric("tccc_sip_bindings"));
    }

    private async Task<Baresip> Desk(string answer, int registersFor = 60)
    {
        var desk = await Baresip.Start(
            Directory.CreateDirectory(Path.Combine(folder, "desk")).FullName, Path.Combine(folder, "desk.wav"),
            "8001", $";auth_user=8001;auth_pass=Phone#8001;regint={registersFor};answermode={answer}", $"127.0.0.1:{server.SipPort}");
        await desk.Prints("200 OK (Tccc)");
        return desk;
    }

    private Task<Baresip> Caller() =>
        Baresip.Start(Directory.CreateDirectory(Path.Combine(folder, "caller")).FullName, Path.Combine(folder, "caller.wav"));
}
