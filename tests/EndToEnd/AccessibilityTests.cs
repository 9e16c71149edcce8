using System.Text.Json;
using Microsoft.Playwright;
using EndToEnd.Peers;

namespace EndToEnd;

/// <summary>
/// axe finds nothing on any page, in any state of a call, in both languages and colour schemes (its own set of rules, best practices
/// included, and WCAG 2.2's target size).
/// </summary>
public sealed class AccessibilityTests : Scene
{
    private readonly string axe = File.ReadAllText(Server.Source("src/Tccc.Web/node_modules/axe-core/axe.min.js"));

    [Theory]
    [InlineData("en", ColorScheme.Light)]
    [InlineData("zh-CN", ColorScheme.Dark)]
    public async Task Axe_finds_nothing_on_the_way_from_sign_in_to_wrap_up(string language, ColorScheme colours)
    {
        var page = await chromium.Visit(server.Address, language);
        await page.EmulateMediaAsync(new() { ColorScheme = colours, ReducedMotion = ReducedMotion.Reduce });
        await page.GotoAsync("/login");
        await FindsNothing(page, "sign-in");
        await page.GetByLabel(new System.Text.RegularExpressions.Regex("E-mail|邮箱")).FillAsync("amy@demo.test");
        await page.GetByLabel(new System.Text.RegularExpressions.Regex("Password|密码")).FillAsync(Workbench.Password);
        await Named(page, "Sign in", "登录").ClickAsync();
        await page.WaitForURLAsync("**/centers");
        await FindsNothing(page, "centers");
        await Named(page, "Enter", "进入").First.ClickAsync();
        await page.WaitForURLAsync("**/workbench**");
        await Until.Holds("the line is up", async () => await page.EvaluateAsync<bool>("() => window.tccc?.line?.state === 'connected'"));
        await FindsNothing(page, "workbench idle");

        using var caller = new RawSip(server.SipPort);
        caller.Send(caller.Request("INVITE", "4000000001", body: caller.Sdp()));
        await Named(page, "Answer", "接听").WaitForAsync();
        await FindsNothing(page, "workbench ringing");
        var answered = caller.FinalStatus("4000000001");
        await Named(page, "Answer", "接听").ClickAsync();
        Assert.Equal(200, await answered);
        await Named(page, "Hang up", "挂断").WaitForAsync();
        await FindsNothing(page, "workbench in call");
        await Named(page, "Keypad", "输入号码").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await FindsNothing(page, "workbench keypad");
        await page.Keyboard.PressAsync("Escape");
        await Named(page, "Hang up", "挂断").ClickAsync();
        await Named(page, "Return to service", "返回接待").WaitForAsync();
        await FindsNothing(page, "workbench wrap-up");

        // somebody waits: nobody of Sales takes calls now
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Status: |状态：)") }).ClickAsync();
        await Named(page, "Not ready", "示忙").ClickAsync();
        using var waiting = new RawSip(server.SipPort);
        waiting.Send(waiting.Request("INVITE", "4000000001", body: waiting.Sdp()));
        await page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^(Waiting|待分配)") }).ClickAsync();
        await Named(page, "Take", "领取").WaitForAsync();
        await FindsNothing(page, "workbench waiting");
        await Named(page, "Why not me\\?", "为什么没分给我？").ClickAsync();
        await page.Locator("#drawer .why-lines").WaitForAsync();
        await FindsNothing(page, "workbench why not me");
        await Named(page, "Close", "关闭").ClickAsync();
        await page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^(History|历史)$") }).ClickAsync();
        await page.Locator("#served-list .task").First.WaitForAsync();
        await FindsNothing(page, "workbench history");
        await page.GotoAsync("/demo/phone");
        await FindsNothing(page, "demo phone");
    }

    [Theory]
    [InlineData("en", ColorScheme.Light)]
    [InlineData("zh-CN", ColorScheme.Dark)]
    public async Task Axe_finds_nothing_on_the_outbox_and_the_audit_trail(string language, ColorScheme colours)
    {
        var page = await chromium.Visit(server.Address, language);
        await page.EmulateMediaAsync(new() { ColorScheme = colours, ReducedMotion = ReducedMotion.Reduce });
        await page.GotoAsync("/login");
        await page.GetByLabel(new System.Text.RegularExpressions.Regex("E-mail|邮箱")).FillAsync("admin@demo.test");
        await page.GetByLabel(new System.Text.RegularExpressions.Regex("Password|密码")).FillAsync(Workbench.Password);
        await Named(page, "Sign in", "登录").ClickAsync();
        await page.WaitForURLAsync("**/centers");
        await Named(page, "Enter", "进入").First.ClickAsync();
        await page.WaitForURLAsync("**/workbench**");
        await page.GotoAsync("/admin/outbox");
        await FindsNothing(page, "empty outbox");
        await page.GotoAsync("/admin/people/new");
        await page.GetByLabel(new System.Text.RegularExpressions.Regex("E-mail|邮箱")).FillAsync("axe@demo.test");
        await Named(page, "Create", "新建|创建").ClickAsync();
        await page.Locator("#secret").WaitForAsync();
        await page.GotoAsync("/admin/outbox");
        await page.Locator("#rows").GetByText("axe@demo.test").First.WaitForAsync();
        await FindsNothing(page, "outbox");
        await page.GotoAsync("/admin/audit");
        await page.Locator("#rows").GetByText("axe@demo.test").First.WaitForAsync();
        await FindsNothing(page, "audit trail");
        await page.GotoAsync("/admin/audit?from=2001-01-01&to=2001-01-01");
        await FindsNothing(page, "audit trail with nothing found");
    }

    [Theory]
    [InlineData("en", ColorScheme.Light)]
    [InlineData("zh-CN", ColorScheme.Dark)]
    public async Task Axe_finds_nothing_on_any_page_that_an_administrator_can_reach(string language, ColorScheme colours)
    {
        using (var caller = new RawSip(server.SipPort))
        {
            caller.Send(caller.Request("INVITE", "4000000001", body: caller.Sdp()));
            await Until.Holds("the call is on record", () => server.Rows("select Id from Calls").Count > 0);
        }
        var page = await chromium.Visit(server.Address, language);
        await page.EmulateMediaAsync(new() { ColorScheme = colours, ReducedMotion = ReducedMotion.Reduce });
        await page.GotoAsync("/login");
        await page.GetByLabel(new System.Text.RegularExpressions.Regex("E-mail|邮箱")).FillAsync("admin@demo.test");
        await page.GetByLabel(new System.Text.RegularExpressions.Regex("Password|密码")).FillAsync(Workbench.Password);
        await Named(page, "Sign in", "登录").ClickAsync();
        await page.WaitForURLAsync("**/centers");
        await page.Locator("input[name=online]").First.SetCheckedAsync(false);
        await Named(page, "Enter", "进入").First.ClickAsync();
        await page.WaitForURLAsync("**/workbench**");
        var seen = new HashSet<string>();
        var next = new Queue<string>(["/admin", "/records/calls"]);
        while (next.TryDequeue(out var path))
        {
            // the library's own pages, as they come
            if (path.StartsWith("/admin/jobs", StringComparison.Ordinal)) continue;
            // one page of each kind: ids are all alike
            if (!seen.Add(System.Text.RegularExpressions.Regex.Replace(path, @"\d+", "N"))) continue;
            await page.GotoAsync(path);
            await FindsNothing(page, path);
            var links = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('main a[href]:not([download]), nav a[href]')].filter(a => a.origin === location.origin).map(a => a.pathname)");
            foreach (var link in links.Where(
                l => l.StartsWith("/admin", StringComparison.Ordinal) || l.StartsWith("/records", StringComparison.Ordinal))) next.Enqueue(
                    link);
        }
        Assert.Contains("/records/calls/N", seen);
        Assert.InRange(seen.Count, 18, 60);
    }

    private static ILocator Named(IPage page, string english, string chinese) =>
        page.GetByRole(AriaRole.Button, new() { NameRegex = new($"^({english}|{chinese})$") });

    private async Task FindsNothing(IPage page, string where)
    {
        await page.EvaluateAsync(axe);
        var json = await page.EvaluateAsync<string>(
            "async () => JSON.stringify((await axe.run(document, { rules: { 'target-size': { enabled: true } } })).violations.map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.html + n.any.map(a => ' ' + a.message)).join(' | ')}`))");
        var found = JsonSerializer.Deserialize<string[]>(json)!;
        Assert.True(found.Length == 0, $"{where}:\n" + string.Join('\n', found));
    }
}
