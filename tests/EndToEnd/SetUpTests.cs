using System.Text.RegularExpressions;
using EndToEnd.Peers;
using Microsoft.Playwright;

namespace EndToEnd;

/// <summary>
/// From an empty database to an answered call, with nothing but the pages: product.md §1 and §4, operations.md «First start».
/// </summary>
public sealed partial class SetUpTests : Scene
{
    private const string OwnPassword = "Chosen#2026";

    private protected override string[] Settings => ["Demo:Enabled=false", "Announcements:Language=en"];

    [Fact]
    public async Task An_empty_server_is_set_up_in_the_browser_and_a_call_is_answered()
    {
        var admin = await Administrator();
        Assert.Equal(["call", "group", "number", "person", "trunk"], await Steps(admin, done: false));

        await admin.GetByRole(AriaRole.Link, new() { Name = "New trunk" }).ClickAsync();
        await Fill(admin, ("Name", "Carrier"), ("Host", "127.0.0.1"), ("Port", "5080"), ("Allowed networks", "127.0.0.0/8"));
        await Save(admin, "trunks");

        await admin.GotoAsync("/admin/groups/new");
        await Fill(admin, ("Name", "Sales"));
        await Save(admin, "groups");

        var password = await NewPerson(admin, "eve@demo.test", "Sales");

        await admin.GotoAsync("/admin/numbers/new");
        await Fill(admin, ("Number", "400-000 0001"));
        await Choose(admin, "Skill group", "1 · Sales");
        await Save(admin, "numbers");

        await admin.GotoAsync("/admin");
        Assert.Equal(["call"], await Steps(admin, done: false));

        var page = await chromium.Visit(server.Address);
        await Workbench.SignIn(page, "eve", password);
        await ChooseOwnPassword(page);
        var eve = new Workbench(page);
        await eve.Enter(goOnline: true);
        await eve.Is("Available");
        await eve.LineIsUp();

        await using var caller = await Phone();
        await caller.Dial(server.Sip("4000000001"));
        await eve.Rings();
        await eve.Press("Answer");
        await caller.Hears(AgentsTone);
        await eve.Hears(CallersTone);
        await eve.Press("Hang up");
        await caller.Closed();

        await Until.Holds("the checklist is done", async () =>
        {
            await admin.GotoAsync("/admin");
            return (await Steps(admin, done: false)).Length == 0;
        });
    }

    [Fact]
    public async Task Outside_its_hours_a_number_plays_its_announcement_and_the_record_says_closed()
    {
        var admin = await Administrator();
        await admin.GotoAsync("/admin/trunks/new");
        await Fill(admin, ("Name", "Carrier"), ("Host", "127.0.0.1"), ("Port", "5080"), ("Allowed networks", "127.0.0.0/8"));
        await Save(admin, "trunks");
        await admin.GotoAsync("/admin/groups/new");
        await Fill(admin, ("Name", "Sales"));
        await Save(admin, "groups");

        Tone.Write(Path.Combine(folder, "closed.wav"), 700, TimeSpan.FromSeconds(4), 8000);
        await admin.GotoAsync("/admin/sounds/new");
        await Fill(admin, ("Name", "Closed"));
        await admin.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(Path.Combine(folder, "closed.wav"));
        await Save(admin, "sounds");

        // one minute of a day that is neither today nor tomorrow, in any time zone
        var far = (DayOfWeek)(((int)TimeProvider.System.GetUtcNow().DayOfWeek + 3) % 7);
        await admin.GotoAsync("/admin/schedules/new");
        await Fill(admin, ("Name", "Once a week"));
        foreach (var day in Enum.GetValues<DayOfWeek>()) await Fill(admin, (day.ToString(), day == far ? "00:00-00:01" : ""));
        await Save(admin, "schedules");
        await admin.GotoAsync("/admin/numbers/new");
        await Fill(admin, ("Number", "4000000001"));
        await Choose(admin, "Skill group", "1 · Sales");
        await Choose(admin, "Open", "Once a week");
        await Choose(admin, "Announcement outside these hours", "Closed");
        await Save(admin, "numbers");

        await using var caller = await Phone();
        await caller.Dial(server.Sip("4000000001"));
        await caller.Hears(700);
        await caller.Closed();
        await Until.Holds(
            "the record says closed", () => server.Rows("select Reason from Calls").Any(r => r["Reason"]?.ToString() == "Closed"),
            seen: () => server.Log);
    }

    private async Task<IPage> Administrator()
    {
        var page = await chromium.Visit(server.Address);
        await page.GotoAsync("/login");
        await page.GetByLabel("E-mail").FillAsync("admin@localhost");
        await page.GetByLabel("Password").FillAsync(PrintedPassword().Match(server.Log).Groups[1].Value);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await ChooseOwnPassword(page);
        await new Workbench(page).Enter(goOnline: false);
        await page.GetByRole(AriaRole.Link, new() { Name = "Admin", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/admin");
        return page;
    }

    // whoever was given a password chooses their own before anything else
    private static async Task ChooseOwnPassword(IPage page)
    {
        await page.WaitForURLAsync("**/login/bind**");
        await Fill(page, ("New password", OwnPassword), ("Repeat new password", OwnPassword));
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true }).ClickAsync();
    }

    private static async Task<string> NewPerson(IPage admin, string email, string group)
    {
        await admin.GotoAsync("/admin/people/new");
        await Fill(admin, ("E-mail", email), ("Nickname", "Eve"));
        await admin.GetByLabel($"Level in {group}").SelectOptionAsync("5");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();
        return await admin.Locator("#secret").InnerTextAsync();
    }

    private static async Task Fill(IPage page, params (string Label, string Value)[] fields)
    {
        foreach (var (label, value) in fields) await page.GetByLabel(label, new() { Exact = true }).FillAsync(value);
    }

    private static async Task Choose(IPage page, string label, string word) =>
        await page.GetByLabel(label, new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = word });

    private static async Task Save(IPage page, string list)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.WaitForURLAsync($"**/admin/{list}?done=saved");
    }

    private static async Task<string[]> Steps(IPage page, bool done)
    {
        var keys = await page.Locator(done ? "[data-step].is-done" : "[data-step]:not(.is-done)")
            .EvaluateAllAsync<string>("all => all.map(step => step.dataset.step).join(' ')");
        return [.. keys.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex("with the password (.+) \\(shown this once\\)")]
    private static partial Regex PrintedPassword();
}
