using EndToEnd.Peers;
using Microsoft.Playwright;

namespace EndToEnd;

/// <summary>
/// The Waiting tab in Chromium with a real caller; product.md §3. And what a hidden page does when it rings; §4 «Manual answer».
/// </summary>
public sealed class TakeTests : Scene
{
    private protected override string[] Settings => ["Timeouts:WrapUpSeconds=3"];

    [Fact]
    public async Task An_agent_who_is_Not_ready_takes_a_caller_from_the_list_and_both_hear_each_other()
    {
        var amy = await NotReady("amy");
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await Tab(amy, "Waiting 1").ClickAsync();
        await amy.Press("Why not me?");
        await amy.Page.GetByRole(AriaRole.Dialog, new() { Name = "Why not me?" }).GetByText("You were Not ready.").WaitForAsync();
        await amy.Press("Close");
        await amy.Press("Take");
        await caller.Hears(AgentsTone);
        await amy.Hears(CallersTone);
        await amy.Is("Busy");
        await amy.Page.GetByText("No one is waiting").WaitForAsync();
        await amy.Press("Hang up");
        await caller.Closed();
        await amy.Is("Not ready");
        await Tab(amy, "History").ClickAsync();
        await amy.Page.GetByRole(AriaRole.List, new() { Name = "Recent calls" }).GetByRole(AriaRole.Link).WaitForAsync();
        Assert.Single(server.Rows("select Outcome from CallAttempts where Outcome = 'Accepted'"));
    }

    [Fact]
    public async Task Two_who_take_the_same_caller_at_the_same_time_one_talks_and_the_other_is_told()
    {
        var (amy, bob) = (await NotReady("amy"), await NotReady("bob"));
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        foreach (var agent in new[] { amy, bob }) await Tab(agent, "Waiting 1").ClickAsync();
        foreach (var agent in new[] { amy, bob }) await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Take" }).WaitForAsync();
        await Task.WhenAll(amy.Press("Take"), bob.Press("Take"));
        var told = await Task.WhenAll(Told(amy), Told(bob));
        Assert.Single(told, t => t);
        var winner = told[0] ? bob : amy;
        await caller.Hears(AgentsTone);
        await winner.Hears(CallersTone);
        await winner.Is("Busy");
        await (told[0] ? amy : bob).Is("Not ready");
    }

    [Fact]
    public async Task The_list_follows_the_queue_by_itself()
    {
        var amy = await NotReady("amy");
        await Tab(amy, "Waiting").ClickAsync();
        await amy.Page.GetByText("No one is waiting").WaitForAsync();
        await using (var caller = await Phone())
        {
            await caller.Dial(server.Sip(Sales));
            await amy.Page.GetByRole(AriaRole.Button, new() { Name = "Take" }).WaitForAsync();
            await caller.HangUp();
        }
        await amy.Page.GetByText("No one is waiting").WaitForAsync();
    }

    [Fact]
    public async Task A_hidden_page_that_rings_notifies_on_the_desktop_and_takes_it_back_when_the_caller_gives_up()
    {
        var amy = await Workbench.Open(chromium, server, "amy");
        await amy.LineIsUp();
        // headless Chromium never hides a page and shows no desktop: both ends are looked at from inside
        await amy.Page.EvaluateAsync("""
            () => {
              window.made = []; window.takenBack = 0;
              window.Notification = class extends Notification {
                constructor(title, options) { super(title, options); window.made.push(`${title}|${options.body}`); }
                close() { window.takenBack++; super.close(); }
              };
              Object.defineProperty(document, 'hidden', { get: () => window.isHidden ?? false });
            }
            """);
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        Assert.Equal(0, await amy.Page.EvaluateAsync<int>("() => window.made.length"));
        await amy.Page.EvaluateAsync("() => { window.isHidden = true; document.dispatchEvent(new Event('visibilitychange')); }");
        await Until.Holds("one notification was made", async () => await amy.Page.EvaluateAsync<int>("() => window.made.length") == 1);
        var said = await amy.Page.EvaluateAsync<string>("() => window.made[0]");
        Assert.StartsWith("Incoming call|", said, StringComparison.Ordinal);
        Assert.Contains("Sales · 4000000001", said, StringComparison.Ordinal);
        await caller.HangUp();
        await amy.RingsNoMore();
        await Until.Holds("it was taken back", async () => await amy.Page.EvaluateAsync<int>("() => window.takenBack") == 1);
    }

    [Fact]
    public async Task A_page_asks_for_notifications_with_the_click_that_goes_online_and_not_before()
    {
        var page = await chromium.Visit(server.Address, permissions: ["microphone"]);
        await page.AddInitScriptAsync("""
            window.asked = 0;
            Object.defineProperty(Notification, 'permission', { get: () => 'default' });
            Notification.requestPermission = async () => { window.asked++; return 'denied'; };
            """);
        await Workbench.SignIn(page, "amy");
        var amy = new Workbench(page);
        await amy.Enter(goOnline: false);
        Assert.Equal(0, await page.EvaluateAsync<int>("() => window.asked"));
        await amy.Choose("Online");
        await amy.Is("Available");
        Assert.Equal(1, await page.EvaluateAsync<int>("() => window.asked"));
    }

    [Fact]
    public async Task Who_is_online_keeps_the_workbench_when_they_open_the_records()
    {
        var amy = await Workbench.Open(chromium, server, "amy");
        await amy.LineIsUp();
        var records =
            await amy.Page.RunAndWaitForPopupAsync(
                () => amy.Page.GetByRole(AriaRole.Link, new() { Name = "Service records" }).ClickAsync());
        await records.GetByRole(AriaRole.Heading, new() { Name = "Service records" }).WaitForAsync();
        await amy.LineIsUp();
        await amy.Is("Available");
    }

    private static async Task<bool> Told(Workbench agent)
    {
        var told = agent.Page.GetByRole(AriaRole.Alert)
            .Filter(new() { HasTextRegex = new("offered to a colleague|a colleague has taken|a colleague took") });
        await told.Or(agent.Call).First.WaitForAsync();
        return await told.CountAsync() > 0;
    }

    private static ILocator Tab(Workbench agent, string name) => agent.Page.GetByRole(AriaRole.Tab, new() { Name = name, Exact = true });

    private async Task<Workbench> NotReady(string account)
    {
        var workbench = await Workbench.Open(chromium, server, account);
        await workbench.LineIsUp();
        await workbench.Choose("Not ready");
        await workbench.Is("Not ready");
        return workbench;
    }

}
