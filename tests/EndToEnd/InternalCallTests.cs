using EndToEnd.Peers;
using Microsoft.Playwright;

namespace EndToEnd;

/// <summary>Agents call colleagues and desk phones; product.md §5 «Internal call».</summary>
public sealed class InternalCallTests : Scene
{
    private const double BobsTone = 700;

    [Fact]
    public async Task A_colleague_answers_declines_and_is_refused_when_on_a_break()
    {
        var amy = await Workbench.Open(chromium, server, "amy");
        var bob = await Workbench.Open(await Chromium.Start(BobsTone), server, "bob");
        await amy.LineIsUp();
        await bob.LineIsUp();

        await Call(amy, "Agent", "bob");
        await amy.Is("Busy");
        await bob.Rings();
        await bob.RingBar.GetByText("Amy", new() { Exact = true }).WaitForAsync();
        await bob.RingBar.GetByText("Internal call").WaitForAsync();
        await bob.Press("Answer");
        await amy.Hears(BobsTone);
        await bob.Hears(AgentsTone);
        await amy.Call.GetByText("Bob", new() { Exact = true }).WaitForAsync();
        await bob.Call.GetByText("Amy", new() { Exact = true }).WaitForAsync();
        await bob.Press("Mute");
        await amy.HearsSilence();
        await bob.Press("Unmute");
        await amy.Hears(BobsTone);
        await bob.Press("Hang up");
        // no wrap-up
        await amy.Is("Available");
        await bob.Is("Available");
        await Until.Holds("it is on record", () => server.Rows("select Direction, Result, TalkMs from Calls where EndedAt is not null")
            is [var row] && (row["Direction"]?.ToString(), row["Result"]?.ToString()) == ("Internal", "Served"), seen: () => server.Log);

        await bob.Choose("Not ready");
        await bob.Is("Not ready");
        await Call(amy, "Agent", "bob");
        await bob.Rings();
        await bob.Press("Decline");
        await amy.Page.Locator("#dial-outcome").GetByText("The call to Bob was refused.", new() { Exact = true }).WaitForAsync();
        await amy.Is("Available");

        await bob.Choose("Offline");
        await bob.Is("Offline");
        await amy.Press("Internal call");
        var row = amy.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "bob" });
        await row.GetByText("Offline", new() { Exact = true }).WaitForAsync();
        await Assertions.Expect(row.GetByRole(AriaRole.Button, new() { Name = "Call" })).ToBeDisabledAsync();
        await amy.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search" }).FillAsync("nobody at all");
        await amy.Page.GetByText("Nothing found. Check the spelling, or search for less.").WaitForAsync();
    }

    [Fact]
    public async Task A_desk_phone_nobody_is_bound_to_rings_and_both_hear_each_other()
    {
        await using var desk = await Baresip.Start(
            Directory.CreateDirectory(Path.Combine(folder, "desk")).FullName, Path.Combine(folder, "caller.wav"), "8001",
            ";auth_user=8001;auth_pass=Phone#8001;regint=60;answermode=manual", $"127.0.0.1:{server.SipPort}");
        await desk.Prints("200 OK (Tccc)");
        var amy = await Workbench.Open(chromium, server, "amy");
        await amy.LineIsUp();
        await Call(amy, "Desk phone", "8001");
        await desk.Saw("CALL_INCOMING");
        await desk.Answer();
        await amy.Hears(CallersTone);
        await desk.Hears(AgentsTone);
        await amy.Press("Hang up");
        await desk.Closed();
        await amy.Is("Available");
    }

    private static async Task Call(Workbench agent, string tab, string whom)
    {
        await agent.Press("Internal call");
        await agent.Page.GetByRole(AriaRole.Dialog, new() { Name = "Internal call" })
            .GetByRole(AriaRole.Tab, new() { Name = tab, Exact = true }).ClickAsync();
        await agent.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = whom })
            .GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();
    }
}
