using EndToEnd.Peers;
using Microsoft.Playwright;

namespace EndToEnd;

/// <summary>
/// Who calls is known, whatever form the number comes in, and what is noted in one call stands beside the next;
/// product.md §3 «customer card».
/// </summary>
public sealed class CustomerTests : Scene
{
    private const string National = "013800138000";

    private protected override string[] Settings => ["Timeouts:RingSeconds=20", "Timeouts:WrapUpSeconds=60"];

    [Fact]
    public async Task A_known_customer_who_calls_in_national_form_is_shown_with_the_earlier_call_and_a_note_of_this_call_at_the_next()
    {
        await WrittenDown("Zhang Wei", "+86 138 0013 8000");
        var amy = await Workbench.Open(chromium, server, "amy");
        await amy.LineIsUp();
        var card = amy.Page.Locator("#customer-card");
        await using var abroad = await Phone("+8613800138000");
        await Serve(amy, abroad);

        await using var caller = await Phone(National);
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await card.GetByRole(AriaRole.Heading, new() { Name = "Zhang Wei" }).WaitForAsync();
        Assert.Equal(1, await card.Locator("[id^=earlier-]:not(a)").CountAsync());
        await amy.Press("Answer");
        await caller.Hears(AgentsTone);

        // changed in its place, beside the call
        await card.GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true }).ClickAsync();
        await Until.Holds("the first field has the focus", () =>
            amy.Page.EvaluateAsync<bool>("() => document.activeElement?.id === 'field-Name'"));
        await card.GetByLabel("Company").FillAsync("Acme");
        await card.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await card.GetByText("Acme").WaitForAsync();
        await card.GetByLabel("New note").FillAsync("wants a refund by Friday");
        await card.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();
        await card.Locator(".earlier-note").GetByText("wants a refund by Friday").WaitForAsync();
        await amy.Hears(CallersTone);

        // what is half typed when the call ends is not taken away
        await card.GetByLabel("New note").FillAsync("and asked for");
        await caller.HangUp();
        await amy.Is("Wrap-up");
        await card.GetByText("This card stays until").WaitForAsync();
        Assert.Equal("and asked for", await card.GetByLabel("New note").InputValueAsync());
        await card.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Until.Holds("the field is empty", async () => await card.GetByLabel("New note").InputValueAsync() == "");
        await amy.Press("Return to service");
        await amy.Is("Available");
        await card.GetByText("No customer yet").WaitForAsync();

        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await card.Locator(".earlier-note").GetByText("wants a refund by Friday").WaitForAsync();
        Assert.Equal(2, await card.Locator("[id^=earlier-]:not(a)").CountAsync());
    }

    private async Task WrittenDown(string name, string number)
    {
        var page = await chromium.Visit(server.Address);
        await Workbench.SignIn(page, "admin");
        await new Workbench(page).Enter(goOnline: false);
        await page.GotoAsync("/customers");
        await page.GetByRole(AriaRole.Link, new() { Name = "New customer" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Numbers").FillAsync(number);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**done=saved");
        await page.Context.CloseAsync();
    }

    private async Task Serve(Workbench agent, Baresip caller)
    {
        await caller.Dial(server.Sip(Sales));
        await agent.Rings();
        await agent.Press("Answer");
        await caller.Hears(AgentsTone);
        await caller.HangUp();
        await agent.Is("Wrap-up");
        await agent.Press("Return to service");
        await agent.Is("Available");
    }
}
