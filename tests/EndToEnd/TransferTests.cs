using System.Globalization;
using EndToEnd.Peers;
using Microsoft.Playwright;

namespace EndToEnd;

/// <summary>Agents send customers on, and consult others first; product.md §6. Each change is checked by the tones at both ends.</summary>
public sealed class TransferTests : Scene
{
    private const double BobsTone = 700;
    private const double OutsideTone = 1800;
    private const string Outside = "13900000009";

    private protected override string[] Settings => ["Timeouts:WrapUpSeconds=8"];

    [Fact]
    [Trait("Case", "K2")]
    public async Task To_a_colleague_who_declines_then_to_one_who_answers()
    {
        var (amy, bob) = await Both();
        await using var caller = await Talks(amy, bob);

        await SendOn(amy, "Agent", "bob", "Transfer");
        await amy.Is("Wrap-up");
        await caller.HearsMusic();
        await bob.Rings();
        await bob.RingBar.GetByText("from amy").WaitForAsync();
        await bob.Press("Decline");

        // back at the head of the queue, and Amy is asked again when her wrap-up is over
        await amy.Rings(TimeSpan.FromSeconds(30));
        await amy.Press("Answer");
        await caller.Hears(AgentsTone);
        await bob.Choose("Available");
        await SendOn(amy, "Agent", "bob", "Transfer");
        await bob.Rings();
        await bob.Press("Answer");
        await caller.Hears(BobsTone);
        await bob.Hears(CallersTone);
        await amy.Is("Available");
        await caller.HangUp();
        await bob.Is("Wrap-up");

        await Until.Holds("the record is Bob's, and served", () => server.Rows(
            "select c.Result, p.Email from Calls c join Agents a on a.Id = c.Agent join People p on p.Id = a.Person where c.EndedAt is not null")
            is [var row]
            && (row["Result"]?.ToString(), row["Email"]?.ToString()) == ("Served", "bob@demo.test"), seen: () => server.Log);
        // both had a part, and both find it
        Assert.Equal(3L, server.Rows("select count(*) as n from CallAttempts where Outcome = 'Accepted'")[0]["n"]);
    }

    [Fact]
    [Trait("Case", "K3")]
    public async Task A_colleague_is_consulted_swapped_joined_and_left_with_the_customer()
    {
        var (amy, bob) = await Both();
        await using var caller = await Talks(amy, bob);

        await SendOn(amy, "Agent", "bob", "Consult");
        await caller.HearsMusic();
        await bob.Rings();
        await bob.RingBar.GetByText("amy wants to consult you").WaitForAsync();
        await bob.Press("Answer");
        await amy.Hears(BobsTone);
        await bob.Hears(AgentsTone);
        await caller.HearsMusic();
        await bob.Call.GetByText("amy consults you about this customer.").WaitForAsync();

        await amy.Press("Swap");
        await caller.Hears(AgentsTone);
        await amy.Hears(CallersTone);
        await amy.Press("Swap");
        await amy.Hears(BobsTone);

        await amy.Press("Three-way");
        await caller.HearsBoth(AgentsTone, BobsTone);
        await amy.Press("Hang up");
        await amy.Is("Wrap-up");
        await caller.Hears(BobsTone);
        await bob.Hears(CallersTone);
        await bob.Press("Hang up");
        await caller.Closed();
        await bob.Is("Wrap-up");
    }

    [Fact]
    public async Task Whoever_is_consulted_and_leaves_gives_the_customer_back_and_the_agent_reads_why()
    {
        var (amy, bob) = await Both();
        await using var caller = await Talks(amy, bob);

        await SendOn(amy, "Agent", "bob", "Consult");
        await bob.Rings();
        await bob.Press("Decline");
        await amy.Call.GetByText("It was declined there. You are with the customer again.").WaitForAsync();
        await caller.Hears(AgentsTone);

        await bob.Choose("Available");
        await SendOn(amy, "Agent", "bob", "Consult");
        await bob.Rings();
        await bob.Press("Answer");
        await amy.Hears(BobsTone);
        await bob.Press("Hang up");
        await amy.Call.GetByText("The other one has hung up. You are with the customer again.").WaitForAsync();
        await caller.Hears(AgentsTone);
        await amy.Hears(CallersTone);
        // a consultation is no call that needs wrapping up
        await bob.Is("Available");

        await SendOn(amy, "Agent", "bob", "Consult");
        await bob.Rings();
        await amy.Press("Take back");
        await bob.RingsNoMore();
        await caller.Hears(AgentsTone);
    }

    [Fact]
    [Trait("Case", "K8")]
    public async Task Outside_at_once_and_after_a_talk()
    {
        Tone.Write(Path.Combine(folder, "outside.wav"), OutsideTone, TimeSpan.FromMinutes(3), 8000);
        await using var outside = await Baresip.Start(
            Directory.CreateDirectory(Path.Combine(folder, "outside")).FullName, Path.Combine(folder, "outside.wav"), Outside);
        await server.Stop();
        server.Change(string.Create(CultureInfo.InvariantCulture, $"update Trunks set Host = '127.0.0.1', Port = {outside.SipPort}"));
        await server.Again();
        var amy = await Workbench.Open(chromium, server, "amy");
        await using var caller = await Talks(amy);

        // consulted, and connected: two outside parties stay
        await Typed(amy, "Consult");
        await outside.Saw("CALL_INCOMING");
        await caller.HearsMusic();
        await outside.Answer();
        await outside.Hears(AgentsTone);
        await amy.Hears(OutsideTone);
        await amy.Press("Connect");
        await amy.Is("Wrap-up");
        await outside.Hears(CallersTone);
        await caller.Hears(OutsideTone);
        await outside.HangUp();
        await caller.Closed();
        await Until.Holds(
            "the record says who ended it",
            () => server.Rows("select EndedBy from Calls where EndedAt is not null") is [var row] && row["EndedBy"]?.ToString() == "Third",
            seen: () => server.Log);

        // sent there at once, refused, and back in the queue
        await amy.Is("Available");
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await amy.Press("Answer");
        await Typed(amy, "Start transfer");
        await amy.Is("Wrap-up");
        await Until.Holds("it rings outside", () => outside.Count("CALL_INCOMING") == 2);
        await caller.HearsMusic();
        await outside.HangUp();
        await amy.Rings(TimeSpan.FromSeconds(30));
        await amy.Press("Answer");
        await caller.Hears(AgentsTone);
    }

    [Fact]
    public async Task To_a_desk_phone_by_the_keyboard_alone()
    {
        await using var desk = await Baresip.Start(
            Directory.CreateDirectory(Path.Combine(folder, "desk")).FullName, Path.Combine(folder, "caller.wav"), "8001",
            ";auth_user=8001;auth_pass=Phone#8001;regint=60;answermode=manual", $"127.0.0.1:{server.SipPort}");
        await desk.Prints("200 OK (Tccc)");
        var amy = await Workbench.Open(chromium, server, "amy");
        await using var caller = await Talks(amy);

        await amy.Page.GetByRole(AriaRole.Button, new() { Name = "Transfer", Exact = true }).FocusAsync();
        await amy.Page.Keyboard.PressAsync("Enter");
        await amy.Page.GetByRole(AriaRole.Tab, new() { Name = "Skill group" }).FocusAsync();
        await amy.Page.Keyboard.PressAsync("ArrowRight");
        await amy.Page.GetByRole(AriaRole.Tab, new() { Name = "Agent", Selected = true }).WaitForAsync();
        await amy.Page.GetByRole(AriaRole.Tab, new() { Name = "Agent" }).FocusAsync();
        await amy.Page.Keyboard.PressAsync("ArrowRight");
        await amy.Page.GetByRole(AriaRole.Tab, new() { Name = "Desk phone", Selected = true }).WaitForAsync();
        await amy.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "8001" })
            .GetByRole(AriaRole.Button, new() { Name = "Transfer" }).FocusAsync();
        await amy.Page.Keyboard.PressAsync("Enter");

        await desk.Saw("CALL_INCOMING");
        await amy.Is("Wrap-up");
        await caller.HearsMusic();
        await desk.Answer();
        await desk.Hears(CallersTone);
        await caller.HangUp();
        await desk.Closed();
    }

    [Fact]
    public async Task What_can_not_be_is_refused_with_the_reason_and_the_call_stays()
    {
        var (amy, bob) = await Both();
        await using var caller = await Talks(amy, bob);
        await Open(amy, "Agent");
        var row = amy.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "bob" });
        await row.GetByText("Not ready").WaitForAsync();
        await bob.Choose("Offline");
        await row.GetByText("Offline").WaitForAsync();
        await Assertions.Expect(row.GetByRole(AriaRole.Button, new() { Name = "Transfer" })).ToBeDisabledAsync();
        // the click was quicker than the list
        await row.GetByRole(AriaRole.Button, new() { Name = "Transfer" }).EvaluateAsync("button => { button.disabled = false; button.click(); }");
        await amy.Page.GetByRole(AriaRole.Alert).GetByText("Bob is offline.").WaitForAsync();
        await caller.Hears(AgentsTone);
        await amy.Is("Busy");

        await amy.Page.GetByRole(AriaRole.Tab, new() { Name = "External transfer" }).ClickAsync();
        await amy.Page.GetByLabel("Number", new() { Exact = true }).FillAsync("nobody");
        await amy.Press("Start transfer");
        await amy.Page.GetByRole(AriaRole.Alert).GetByText("Enter a number").WaitForAsync();
        await caller.Hears(AgentsTone);
    }

    private async Task<(Workbench Amy, Workbench Bob)> Both()
    {
        var amy = await Workbench.Open(chromium, server, "amy");
        var bob = await Workbench.Open(await Chromium.Start(BobsTone), server, "bob");
        await amy.LineIsUp();
        await bob.LineIsUp();
        return (amy, bob);
    }

    /// <summary>A customer who talks with Amy, while Bob is not asked.</summary>
    private async Task<Baresip> Talks(Workbench amy, Workbench? bob = null)
    {
        if (bob is not null) await bob.Choose("Not ready");
        var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await amy.Press("Answer");
        await caller.Hears(AgentsTone);
        return caller;
    }

    private static async Task Open(Workbench agent, string tab)
    {
        await agent.Press("Transfer");
        await agent.Page.GetByRole(AriaRole.Dialog, new() { Name = "Transfer" })
            .GetByRole(AriaRole.Tab, new() { Name = tab, Exact = true }).ClickAsync();
    }

    private static async Task SendOn(Workbench agent, string tab, string target, string how)
    {
        await Open(agent, tab);
        await agent.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = target })
            .GetByRole(AriaRole.Button, new() { Name = how, Exact = true }).ClickAsync();
    }

    private static async Task Typed(Workbench agent, string how)
    {
        await Open(agent, "External transfer");
        await agent.Page.GetByLabel("Number", new() { Exact = true }).FillAsync(Outside);
        await agent.Press(how);
    }
}
