using EndToEnd.Peers;
using Microsoft.Playwright;

namespace EndToEnd;

/// <summary>
/// What an agent sees and does at the workbench, in a real browser: nothing takes the page away from a call, and what stands there is true.
/// </summary>
public sealed class WorkbenchTests : Scene
{
    private protected override string[] Settings =>
        ["Timeouts:RingSeconds=8", "Timeouts:WrapUpSeconds=60", "Timeouts:ConnectionLostSeconds=30"];

    [Fact]
    [Trait("Case", "F-D1")]
    [Trait("Case", "F-D9")]
    public async Task Settings_open_over_a_call_keep_it_and_give_the_focus_back()
    {
        await using var caller = await Phone();
        var amy = await InCall(caller);
        var page = amy.Page;
        var drawer = page.Locator("#drawer");
        await amy.Press("Settings");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change password" }).ClickAsync();
        await drawer.GetByLabel("Current password").WaitForAsync();
        Assert.EndsWith("/workbench", new Uri(page.Url).AbsolutePath, StringComparison.Ordinal);
        await drawer.GetByRole(AriaRole.Link, new() { Name = "Personal information" }).ClickAsync();
        await drawer.GetByLabel("Nickname").FillAsync("");
        await drawer.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await drawer.Locator("[aria-invalid=true]").WaitForAsync();
        await drawer.GetByLabel("Nickname").FillAsync("Amelia");
        await drawer.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await drawer.Locator(".done").WaitForAsync();

        // what is typed is asked about before it is thrown away
        await drawer.GetByLabel("Nickname").FillAsync("Amy again");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await drawer.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await Focused(page, "button.rail-end");

        // the browser's Back closes it too
        await amy.Press("Settings");
        await page.GetByRole(AriaRole.Link, new() { Name = "Personal information" }).ClickAsync();
        await drawer.GetByLabel("Nickname").WaitForAsync();
        await page.GoBackAsync();
        await drawer.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await amy.Is("Busy");
        await amy.Hears(CallersTone);
    }

    [Fact]
    [Trait("Case", "F-D9")]
    public async Task The_focus_is_not_lost_when_the_page_changes_by_itself_or_a_part_of_it_is_closed_from_within()
    {
        await using var caller = await Phone();
        var amy = await InCall(caller);
        var page = amy.Page;
        // where the panel lies over the middle it has a button of its own
        await page.SetViewportSizeAsync(1024, 900);
        await page.Locator(".top-bar [data-collapses=panel]").ClickAsync();
        await page.Locator("#panel .panel-close").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Focused(page, ".top-bar [data-collapses=panel]");
        Assert.Equal("false", await page.Locator(".top-bar [data-collapses=panel]").GetAttributeAsync("aria-expanded"));

        await page.EvaluateAsync("() => window.tccc.say('Said by the page', true)");
        var notice = page.Locator(".notice", new() { HasText = "Said by the page" });
        await notice.GetByRole(AriaRole.Button, new() { Name = "Close" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await notice.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.True(await page.EvaluateAsync<bool>("() => document.activeElement !== document.body"));

        await page.Locator("#call-mute").FocusAsync();
        await caller.HangUp();
        await Focused(page, "#wrapped-note");
    }

    [Fact]
    [Trait("Case", "F-D9")]
    [Trait("Case", "F-D10")]
    [Trait("Case", "F-D4")]
    public async Task The_focus_goes_to_what_came_of_a_press_and_the_window_says_that_it_rings()
    {
        var amy = await Online("amy");
        var page = amy.Page;
        var (title, icon) = (await page.TitleAsync(), await Icon(page));
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await Until.Holds(
            "the title tells of the call", async () => (await page.TitleAsync()).Contains("Incoming call", StringComparison.Ordinal));
        Assert.NotEqual(icon, await Icon(page));
        await page.Locator("#offer-answer").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Focused(page, ".call-panel[data-live]");
        await Until.Holds("the title is as before", async () => await page.TitleAsync() == title && await Icon(page) == icon);

        await page.Locator("#call-hold").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).WaitForAsync();
        await Focused(page, "#call-hold");
        await page.Locator("#call-hang-up").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Focused(page, "#wrapped-note");
        await page.Keyboard.TypeAsync("call back on Monday");
        await page.Locator("#wrapped-saved").GetByText("Saved").WaitForAsync();
        await page.Locator("#wrap-up-continue").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Focused(page, "#wrap-up-return");
        await page.ReloadAsync();
        Assert.Equal("call back on Monday", await page.Locator("#wrapped-note").InputValueAsync());
        await page.Locator("#wrap-up-return").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Focused(page, "#state-button");
        await amy.Is("Available");
    }

    [Fact]
    [Trait("Case", "F-D3")]
    public async Task A_missed_call_is_told_counted_and_seen_also_after_a_reload()
    {
        var amy = await Online("amy");
        var page = amy.Page;
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await amy.RingsNoMore();
        await page.GetByText("You missed a call").First.WaitForAsync();
        Assert.Equal("1", await page.Locator("#missed-count").GetAttributeAsync("data-count"));
        await page.ReloadAsync();
        await page.Locator("#missed-count[data-count='1']").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show in History" }).ClickAsync();
        await page.Locator(".task-missed").First.WaitForAsync();
        await page.Locator("#missed-count[data-count='0']").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.ReloadAsync();
        await amy.Status.WaitForAsync();
        await amy.LineIsUp();
        Assert.Equal("0", await page.Locator("#missed-count").GetAttributeAsync("data-count"));
    }

    [Fact]
    [Trait("Case", "F-D12")]
    public async Task A_session_that_ended_is_begun_again_over_the_page_and_what_was_asked_goes_on()
    {
        await using var caller = await Phone();
        var amy = await InCall(caller);
        var page = amy.Page;
        await amy.Press("Settings");
        await page.GetByRole(AriaRole.Link, new() { Name = "Personal information" }).ClickAsync();
        await page.Locator("#drawer").GetByLabel("Nickname").FillAsync("Kept");
        await page.Context.ClearCookiesAsync();
        await page.Locator("#drawer").GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        var again = page.GetByRole(AriaRole.Dialog, new() { Name = "Your session has ended" });
        await again.GetByLabel("E-mail").FillAsync("amy@demo.test");
        await again.GetByLabel("Password").FillAsync(Workbench.Password);
        await again.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.Locator("#drawer .done").WaitForAsync();
        Assert.Equal("Kept", await page.Locator("#drawer").GetByLabel("Nickname").InputValueAsync());
        await amy.Is("Busy");
        await amy.Hears(CallersTone);
    }

    [Fact]
    [Trait("Case", "F-D12")]
    public async Task A_form_of_an_ended_session_is_saved_after_signing_in_over_it_and_a_menu_click_asks_first()
    {
        var ada = await Workbench.Open(chromium, server, "admin", goOnline: false);
        var page = ada.Page;
        await page.GotoAsync("/admin/groups/new");
        await page.Locator("#field-Name").FillAsync("Typed");
        await page.Locator("#field-Number").FillAsync("77");
        var asked = 0;
        page.Dialog += async (_, dialog) =>
        {
            asked++;
            await dialog.DismissAsync();
        };
        await page.Locator(".admin-menu a").Nth(1).ClickAsync();
        await Until.Holds("the browser asks", () => asked == 1);
        Assert.Equal("Typed", await page.Locator("#field-Name").InputValueAsync());

        await page.Context.ClearCookiesAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        var again = page.GetByRole(AriaRole.Dialog, new() { Name = "Your session has ended" });
        await again.GetByLabel("E-mail").FillAsync("admin@demo.test");
        await again.GetByLabel("Password").FillAsync(Workbench.Password);
        await again.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/admin/groups?done=saved");
        await page.GetByText("Typed").First.WaitForAsync();
    }

    [Fact]
    [Trait("Case", "F-D6")]
    public async Task Signing_out_in_a_call_asks_first()
    {
        await using var caller = await Phone();
        var amy = await InCall(caller);
        await amy.Status.ClickAsync();
        await amy.Page.GetByText("After this call:").WaitForAsync();
        await amy.Press("Sign out");
        await amy.Page.GetByRole(AriaRole.Alertdialog, new() { Name = "You are in a call" }).WaitForAsync();
        await amy.Press("Stay");
        await amy.Hears(CallersTone);
        await amy.Is("Busy");
    }

    [Fact]
    [Trait("Case", "F-A13")]
    [Trait("Case", "F-A7")]
    public async Task A_stalled_link_is_told_by_page_and_server_and_what_rings_ends_with_its_lease()
    {
        await using var link = new Link(server.HttpPort);
        var amy = await Workbench.Open(chromium, server, "amy", address: link.Address);
        await amy.LineIsUp();
        var page = amy.Page;
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        link.Stall();
        await amy.RingsNoMore();
        await Until.Holds(
            "the page rings no more", async () => !(await page.TitleAsync()).Contains("Incoming call", StringComparison.Ordinal));
        await page.Locator("#link-state").WaitForAsync();
        Assert.Equal("lost", await page.EvaluateAsync<string>("() => document.documentElement.dataset.link"));
        Assert.Equal(
            "hidden", await page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('.state-pill .timer')).visibility"));
        await Until.Holds("the server took notice", () => Connected() == 0, TimeSpan.FromSeconds(30));
        link.GoOn();
        await page.Locator("#link-state").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await Until.Holds("the page is connected again", () => Connected() == 1);
        int Connected() => (int)server.Metric("tccc_streams_open").GetAwaiter().GetResult();
    }

    [Fact]
    [Trait("Case", "F-A7")]
    public async Task A_server_that_dies_does_not_leave_the_page_ringing()
    {
        var amy = await Online("amy");
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await server.Kill();
        await amy.RingsNoMore();
        Assert.Null(await amy.Page.QuerySelectorAsync("[data-ring]"));
    }

    [Fact]
    [Trait("Case", "F-A14")]
    public async Task Without_a_microphone_the_page_says_so_before_and_in_the_call_and_calls_nothing_ready()
    {
        var page = await chromium.Visit(server.Address);
        // a computer without one: the browser's own fake device can't be taken out
        await page.AddInitScriptAsync("""
            navigator.mediaDevices.enumerateDevices = async () => [];
            navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('Requested device not found', 'NotFoundError'); };
            """);
        await Workbench.SignIn(page, "amy");
        var amy = new Workbench(page);
        await amy.Enter(goOnline: true);
        await amy.LineIsUp();
        await page.GetByText("No microphone found. Plug in a headset before your first call").WaitForAsync();
        await page.Locator("#line .microphone-off").WaitForAsync();
        Assert.False(await page.GetByText("Line ready").IsVisibleAsync());
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await amy.Press("Answer");
        await page.GetByText("No microphone found, so the customer can't hear you.").WaitForAsync();
        await amy.Call.GetByText("The customer can't hear you").WaitForAsync();
        Assert.False(await page.GetByText("Network good").IsVisibleAsync());
    }

    [Fact]
    [Trait("Case", "F-A14")]
    public async Task A_microphone_that_goes_silent_in_the_call_is_told()
    {
        var amy = await Online("amy");
        await amy.WatchMicrophone();
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await amy.Press("Answer");
        await amy.Call.WaitForAsync();
        await Until.Holds("the page sends", amy.IsSending);
        await amy.Page.EvaluateAsync("() => window.microphones.at(-1).dispatchEvent(new Event('mute'))");
        await amy.Call.GetByText("The customer can't hear you").WaitForAsync();
        await amy.Page.EvaluateAsync("() => window.microphones.at(-1).dispatchEvent(new Event('unmute'))");
        await amy.Call.GetByText("The customer can't hear you").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    [Theory]
    [Trait("Case", "F-D8")]
    [InlineData("zh-CN", 1024)]
    [InlineData("en", 1024)]
    [InlineData("zh-CN", 1280)]
    [InlineData("en", 1440)]
    public async Task The_parts_of_the_top_bar_keep_their_places_in_every_state_and_overlap_nowhere(string language, int width)
    {
        var page = await chromium.Visit(server.Address, language);
        await page.SetViewportSizeAsync(width, 768);
        var amy = await At(page, "amy", language);
        await amy.LineIsUp();
        var places = new HashSet<string>();
        async Task Look(string when)
        {
            var found = await page.EvaluateAsync<string>("""
                () => {
                  const parts = ['.systems', '.line', '.state-pill', '.brand'].map(s => document.querySelector('.top-bar ' + s)).filter(Boolean);
                  const boxes = parts.map(p => p.getBoundingClientRect());
                  const clash = boxes.some((a, i) => boxes.some((b, j) => i < j && a.left < b.right - 1 && b.left < a.right - 1 && a.width && b.width));
                  const out = document.documentElement.scrollWidth > innerWidth || boxes.some(b => b.right > innerWidth);
                  return (clash || out ? 'clash ' : '') + boxes.slice(0, 3).map(b => `${Math.round(b.left)}-${Math.round(b.right)}`).join(' ');
                }
                """);
            Assert.False(found.StartsWith("clash", StringComparison.Ordinal), $"{when}: {found}");
            places.Add(found);
        }
        await Look("available");
        await amy.Status(language).ClickAsync();
        await page.Locator("#state-not-ready").ClickAsync();
        await page.Locator("#agent-state[data-state=not-ready]").WaitForAsync();
        await Look("not ready");
        using var waits = new RawSip(server.SipPort);
        waits.Send(waits.Request("INVITE", Sales, body: waits.Sdp()));
        await page.Locator("#tab-waiting").ClickAsync();
        await page.Locator(".task-do .btn").First.WaitForAsync();
        Assert.False(await page.EvaluateAsync<bool>("""
            () => { const [a, b] = [...document.querySelectorAll('.task-do .btn')].map(x => x.getBoundingClientRect());
                    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom; }
            """));
        var answered = waits.FinalStatus(Sales);
        await page.Locator(".task-do .btn-answer").First.ClickAsync();
        await page.Locator(".call-panel[data-live]").WaitForAsync();
        Assert.Equal(200, await answered);
        await Look("busy");
        await page.Locator("#call-hang-up").ClickAsync();
        await page.Locator("#wrap-up-return").WaitForAsync();
        await page.Locator("#wrapped-note").WaitForAsync();
        await Look("wrap-up");
        Assert.Single(places);
    }

    [Theory]
    [Trait("Case", "F-D7")]
    [InlineData("en", 390)]
    [InlineData("zh-CN", 320)]
    public async Task On_a_phone_the_notes_are_there_numbers_do_not_break_and_hang_up_stands_apart(string language, int width)
    {
        var page = await chromium.Visit(server.Address, language);
        await page.SetViewportSizeAsync(width, 844);
        var amy = await At(page, "amy", language);
        await amy.LineIsUp();
        using var caller = new RawSip(server.SipPort);
        caller.Send(caller.Request("INVITE", Sales, body: caller.Sdp()));
        await page.Locator("#offer-answer").WaitForAsync();
        Assert.True(
            await page.EvaluateAsync<bool>("() => document.querySelector('.ring-bar').getBoundingClientRect().right <= innerWidth"));
        var answered = caller.FinalStatus(Sales);
        await page.Locator("#offer-answer").ClickAsync();
        Assert.Equal(200, await answered);
        await page.Locator(".call-panel[data-live]").WaitForAsync();
        await page.EvaluateAsync("() => { document.querySelector('.call-name').textContent = '13800138000'; }");
        var apart = await page.EvaluateAsync<string>("""
            () => {
              const box = s => document.querySelector(s).getBoundingClientRect();
              const name = box('.call-name'), hold = box('#call-hold'), end = box('#call-hang-up');
              return [name.height < 40, end.top >= hold.bottom + 8, document.documentElement.scrollWidth <= innerWidth].join(' ');
            }
            """);
        Assert.Equal("true true true", apart);
        await amy.Status(language).ClickAsync();
        await page.Locator("#state-not-ready").ClickAsync();
        await page.Locator(".state-note").WaitForAsync();
    }

    [Fact]
    [Trait("Case", "F-D16")]
    public async Task A_newcomer_is_led_from_the_sign_in_page_to_a_call_and_sees_the_code_where_it_is_asked_for()
    {
        var page = await chromium.Visit(server.Address);
        await page.GotoAsync("/login");
        Assert.Equal(
            "/demo/phone",
            await page.GetByRole(AriaRole.Link, new() { Name = "Then call them from the demo phone" }).GetAttributeAsync("href"));
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("amy@demo.test") }).ClickAsync();
        await page.WaitForURLAsync("**/centers");

        var other = await chromium.Visit(server.Address);
        await other.GotoAsync("/login?way=code");
        await other.GetByLabel("Mobile number").FillAsync("13800001002");
        await other.GetByRole(AriaRole.Button, new() { Name = "Get code" }).ClickAsync();
        var code = await other.Locator("#shown-code").TextContentAsync();
        await other.GetByLabel("Code", new() { Exact = true }).FillAsync(code!);
        await other.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await other.WaitForURLAsync("**/centers");
        await other.GetByText("bob@demo.test").WaitForAsync();
    }

    private static async Task<LanguageWorkbench> At(IPage page, string account, string language)
    {
        await page.GotoAsync("/login");
        await page.Locator("#field-email").FillAsync(account + "@demo.test");
        await page.Locator("#field-password").FillAsync(Workbench.Password);
        await page.Locator("form[action='/login'] .btn-primary").ClickAsync();
        await page.WaitForURLAsync("**/centers");
        await page.Locator(".center-card .btn").First.ClickAsync();
        await page.WaitForURLAsync("**/workbench**");
        await page.Locator("#state-button").WaitForAsync();
        return new(new Workbench(page), page, language);
    }

    private sealed record LanguageWorkbench(Workbench Bench, IPage Page, string Language)
    {
        public ILocator Status(string language) => Page.Locator("#state-button");

        public Task LineIsUp() => Bench.LineIsUp();
    }

    private static Task<string> Icon(IPage page) => page.EvaluateAsync<string>("() => document.querySelector('link[rel=icon]').href");

    private static Task Focused(IPage page, string selector) => Until.Holds($"the focus is at {selector}",
        async () => await page.EvaluateAsync<bool>("s => document.activeElement?.matches(s) === true", selector), seen: () =>
            "It is at " + page.EvaluateAsync<string>("() => document.activeElement?.outerHTML.slice(0, 120)").Result);

    private async Task<Workbench> Online(string account)
    {
        var agent = await Workbench.Open(chromium, server, account);
        await agent.LineIsUp();
        return agent;
    }

    private async Task<Workbench> InCall(Baresip caller)
    {
        var amy = await Online("amy");
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await amy.Press("Answer");
        await amy.Hears(CallersTone);
        return amy;
    }
}
