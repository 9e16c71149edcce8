using EndToEnd.Peers;
using Microsoft.Playwright;

namespace EndToEnd;

/// <summary>A SIP phone calls, an agent serves it in the browser: the product's main path, with nothing between that is not real.</summary>
public sealed class CallTests : Scene
{
    private static readonly double[] AnswerBeep = [587.33, 783.99];

    private protected override string[] Settings => ["Timeouts:WrapUpSeconds=3", "Timeouts:RingSeconds=5"];

    [Fact]
    public async Task Caller_and_agent_hear_each_other_through_hold_mute_and_reload_and_the_agent_hangs_up()
    {
        var amy = await Online("amy");
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await amy.Press("Answer");
        await caller.Established();
        await caller.Hears(AgentsTone);
        await amy.Hears(CallersTone);
        await amy.Is("Busy");
        await amy.RingsNoMore();

        await amy.Press("Hold");
        await caller.HearsMusic();
        await amy.HearsSilence();
        await amy.Press("Resume");
        await caller.Hears(AgentsTone);
        await amy.Hears(CallersTone);

        await amy.Press("Mute");
        await caller.HearsSilence();
        await amy.Hears(CallersTone);
        await amy.Press("Unmute");
        await caller.Hears(AgentsTone);

        await amy.Page.ReloadAsync();
        await caller.Hears(AgentsTone);
        await amy.Hears(CallersTone);
        await amy.Is("Busy");

        await amy.Press("Hang up");
        await caller.Closed();
        await amy.Is("Wrap-up");
        await amy.Is("Available");
        await IsOnRecord("Served", "HungUp", "Agent");
    }

    [Fact]
    public async Task A_caller_who_hangs_up_puts_the_agent_into_wrap_up_and_then_available()
    {
        var amy = await Online("amy");
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await amy.Press("Answer");
        await amy.Hears(CallersTone);
        await caller.HangUp();
        await amy.Is("Wrap-up");
        await amy.Press("Return to service");
        await amy.Is("Available");
        await IsOnRecord("Served", "HungUp", "Customer");
    }

    [Fact]
    public async Task A_caller_who_gives_up_while_it_rings_frees_the_agent_at_once()
    {
        var amy = await Online("amy");
        await using (var caller = await Phone())
        {
            await caller.Dial(server.Sip(Sales));
            await amy.Rings();
            await caller.HangUp();
            await amy.RingsNoMore();
            await amy.Is("Available");
        }
        await IsOnRecord("Abandoned", "GaveUpWhileRinging", "Customer");
        await using var next = await Phone();
        await next.Dial(server.Sip(Sales));
        await amy.Rings();
    }

    [Fact]
    public async Task Pages_stream_and_call_work_over_https_too()
    {
        var amy = await Workbench.Open(chromium, server, "amy", address: server.SecureAddress);
        await amy.LineIsUp();
        Assert.Equal("h2", await amy.Page.EvaluateAsync<string>("() => performance.getEntriesByType('navigation')[0].nextHopProtocol"));
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await amy.Press("Answer");
        await caller.Hears(AgentsTone);
        await amy.Hears(CallersTone);
        await caller.HangUp();
        await amy.Is("Wrap-up");
    }

    [Fact]
    public async Task The_microphone_opens_while_it_rings_is_heard_from_the_answer_on_and_is_put_away_after_it()
    {
        var amy = await Online("amy");
        await amy.WatchMicrophone();
        await using (var hasty = await Phone())
        {
            await hasty.Dial(server.Sip(Sales));
            await amy.Rings();
            await amy.MicrophoneIs(open: true);
            await hasty.HangUp();
            await amy.RingsNoMore();
            await amy.MicrophoneIs(open: false);
        }
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await amy.MicrophoneIs(open: true);
        Assert.False(await amy.IsSending());
        await amy.Press("Answer");
        await caller.Hears(AgentsTone);
        await caller.HangUp();
        await amy.Is("Wrap-up");
        await amy.MicrophoneIs(open: false);
    }

    [Fact]
    public async Task A_slow_microphone_that_an_abandoned_ring_asked_for_does_not_silence_the_next_call()
    {
        var amy = await Online("amy");
        await amy.Page.EvaluateAsync("""
            () => {
              const devices = navigator.mediaDevices, open = devices.getUserMedia.bind(devices);
              const ready = new Promise(done => { window.deviceIsReady = done; });
              window.asked = 0;
              devices.getUserMedia = async wish => { window.asked++; await ready; return open(wish); };
            }
            """);
        await using (var hasty = await Phone())
        {
            await hasty.Dial(server.Sip(Sales));
            await amy.Rings();
            await Until.Holds("the first ring asked for the microphone", () => amy.Page.EvaluateAsync<bool>("() => window.asked === 1"));
            await hasty.HangUp();
            await amy.RingsNoMore();
        }
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await amy.Press("Answer");
        await Until.Holds("the second asked again", () => amy.Page.EvaluateAsync<bool>("() => window.asked === 2"));
        await amy.Page.EvaluateAsync("() => window.deviceIsReady()");
        await caller.Hears(AgentsTone);
    }

    [Fact]
    public async Task A_call_that_rings_does_not_make_the_browser_ask_for_the_microphone_and_the_answer_does()
    {
        var amy = await Online("amy");
        await amy.WatchMicrophone();
        // a browser that lets pages have the microphone for one use at a time
        await amy.Page.EvaluateAsync(
            "() => { navigator.permissions.query = async () => { window.looked = true; return { state: 'prompt' }; }; }");
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await Until.Holds(
            "the page has looked whether it may have the microphone", () => amy.Page.EvaluateAsync<bool>("() => window.looked === true"));
        await amy.MicrophoneIs(open: false);
        await amy.Press("Answer");
        await caller.Hears(AgentsTone);
    }

    [Fact]
    public async Task The_first_agent_lets_it_ring_and_the_second_gets_it()
    {
        var amy = await Online("amy");
        var bob = await Online("bob");
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await amy.RingsNoMore();
        await bob.Rings();
        await bob.Press("Answer");
        await bob.Hears(CallersTone);
        await caller.Hears(AgentsTone);
        await bob.Press("Hang up");
        await caller.Closed();
    }

    [Fact]
    public async Task With_no_agent_free_the_caller_hears_music_until_one_comes_online()
    {
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await caller.HearsMusic();
        var amy = await Online("amy");
        await amy.Rings();
        await amy.Press("Answer");
        await caller.Hears(AgentsTone);
        await amy.Hears(CallersTone);
        await caller.HangUp();
        await amy.Is("Wrap-up");
    }

    [Fact]
    public async Task Declined_the_call_goes_to_the_next_agent()
    {
        var amy = await Online("amy");
        var bob = await Online("bob");
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await amy.Press("Decline");
        await bob.Rings();
        await amy.RingsNoMore();
        await caller.HangUp();
        await bob.RingsNoMore();
    }

    [Fact]
    public async Task With_auto_answer_the_agent_hears_a_short_tone_and_the_call_is_up_without_a_ring_bar()
    {
        var ada = await Administrator("/admin/settings");
        await ada.GetByLabel("Answer automatically").SetCheckedAsync(true);
        await ada.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await ada.WaitForURLAsync("**done=saved");
        var amy = await Online("amy");
        await amy.KeepEar();
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await caller.Established();
        await caller.Hears(AgentsTone);
        await amy.Hears(CallersTone);
        await amy.Is("Busy");
        foreach (var hertz in AnswerBeep) await amy.EarHeard(hertz);
        Assert.False(await amy.EverRang());
        await caller.HangUp();
        await amy.Is("Wrap-up");
    }

    [Fact]
    public async Task An_agent_disabled_in_a_call_keeps_it_to_its_end_and_is_then_at_the_sign_in_page()
    {
        var amy = await Online("amy");
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await amy.Press("Answer");
        await caller.Hears(AgentsTone);

        var ada = await Administrator("/admin/people");
        await ada.GetByRole(AriaRole.Link, new() { Name = "Amy", Exact = true }).ClickAsync();
        await ada.GetByRole(AriaRole.Button, new() { Name = "Disable", Exact = true }).First.ClickAsync();
        await ada.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Disable", Exact = true }).ClickAsync();
        await ada.WaitForURLAsync("**done=saved");

        await amy.Press("Hold");
        await caller.HearsMusic();
        await amy.Press("Resume");
        await caller.Hears(AgentsTone);
        await amy.Hears(CallersTone);
        await amy.Press("Hang up");
        await caller.Closed();
        await amy.Page.WaitForURLAsync("**/login**");
        await IsOnRecord("Served", "HungUp", "Agent");
    }

    private async Task<IPage> Administrator(string path)
    {
        var page = await chromium.Visit(server.Address);
        await Workbench.SignIn(page, "admin");
        await new Workbench(page).Enter(goOnline: false);
        await page.GotoAsync(path);
        return page;
    }

    [Fact]
    public async Task A_newcomer_tries_a_call_with_two_tabs_and_no_phone()
    {
        var amy = await Online("amy");
        var customer = await chromium.Visit(server.Address);
        await customer.GotoAsync("/demo/phone");
        await customer.GetByLabel("Number to call").FillAsync(Sales);
        await customer.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();
        await amy.Rings();
        await amy.Press("Answer");
        await amy.Hears(AgentsTone);
        await new Workbench(customer).Hears(AgentsTone);
        await customer.GetByRole(AriaRole.Button, new() { Name = "Hang up", Exact = true }).ClickAsync();
        await amy.Is("Wrap-up");
    }

    [Fact]
    public async Task A_killed_server_closes_the_record_and_the_agents_come_back_as_they_were()
    {
        var amy = await Online("amy");
        var bob = await Online("bob");
        await bob.Choose("Not ready");
        await bob.Is("Not ready");
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await amy.Press("Answer");
        await caller.Hears(AgentsTone);
        await server.Kill();
        await server.Again();
        await IsOnRecord("Served", "ServerRestarted", "System");
        await bob.Is("Not ready");
        await amy.Is("Available");
        await amy.LineIsUp();
        await using var next = await Phone();
        await next.Dial(server.Sip(Sales));
        await amy.Rings();
        await amy.Press("Answer");
        await next.Hears(AgentsTone);
    }

    [Fact]
    public async Task A_stopped_server_says_goodbye_to_its_calls()
    {
        var amy = await Online("amy");
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await amy.Press("Answer");
        await caller.Hears(AgentsTone);
        Assert.Equal(0, await server.Stop());
        await caller.Closed();
        await IsOnRecord("Served", "ServerStopped", "System");
    }

    private async Task<Workbench> Online(string account)
    {
        var workbench = await Workbench.Open(chromium, server, account);
        await workbench.LineIsUp();
        return workbench;
    }

    private Task IsOnRecord(string result, string reason, string by) =>
        Until.Holds(
            $"the record says {result}, {reason}, by {by}", () => Ended().Contains((result, reason, by)),
            seen: () => string.Join("; ", Ended()) + "\n" + server.Log);

    private List<(string?, string?, string?)> Ended() =>
        [.. server.Rows("select Result, Reason, EndedBy from Calls")
            .Select(r => (r["Result"]?.ToString(), r["Reason"]?.ToString(), r["EndedBy"]?.ToString()))];
}
