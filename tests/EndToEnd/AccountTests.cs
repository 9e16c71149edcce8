using System.Text.Json;
using System.Text.RegularExpressions;
using EndToEnd.Peers;
using Microsoft.Playwright;

namespace EndToEnd;

/// <summary>
/// Signing in and a person's own account in the browser, in both languages; codes are read where the demo shows them. product.md §1
/// </summary>
public sealed partial class AccountTests : Scene
{
    private const string New = "Fresh#2026";

    private readonly string axe = File.ReadAllText(Server.Source("src/Tccc.Web/node_modules/axe-core/axe.min.js"));

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public async Task A_newcomer_binds_a_number_works_and_changes_what_is_theirs(string language)
    {
        var admin = await Ada();
        var at = new Person(await chromium.Visit(server.Address, language), language);
        await at.SignIn("new@demo.test", Workbench.Password);
        await at.Page.WaitForURLAsync("**/login/bind");
        await FindsNothing(at.Page, "first sign-in");

        // nothing else opens
        await at.Page.GotoAsync("/workbench");
        await at.Page.WaitForURLAsync("**/login/bind**");
        await at.Fill("Mobile number", "手机号", "139 0000 0001");
        await at.GetCode();
        await FindsNothing(at.Page, "code is on its way");
        await at.Fill("Nickname", "昵称", "<b>Nea</b>");
        await at.Fill("Code", "验证码", "000000");
        await at.Press("Confirm", "确认");
        await at.Page.GetByText(at.Word("This code is wrong.", "验证码错误。")).WaitForAsync();
        await at.Fill("Code", "验证码", await CodeTo(admin, "13900000001"));
        await at.Press("Confirm", "确认");
        await at.Page.WaitForURLAsync("**/centers**");
        await at.Press("Enter", "进入");
        await at.Page.WaitForURLAsync("**/workbench");

        // the press that entered let this page make sound
        Assert.Equal("running", await at.Page.EvaluateAsync<string>("() => new AudioContext().state"));
        await at.Press("Settings", "设置");
        await at.Page.GetByRole(AriaRole.Link, new() { Name = at.Word("Personal information", "个人信息") }).ClickAsync();
        await at.Page.Locator("#drawer").GetByLabel(at.Word("Nickname", "昵称")).WaitForAsync();
        await FindsNothing(at.Page, "personal information over the workbench");
        await at.Page.GotoAsync("/settings/profile");
        Assert.Equal("<b>Nea</b>", await at.Page.GetByLabel(at.Word("Nickname", "昵称")).InputValueAsync());
        await at.Page.GetByText("139****0001").WaitForAsync();
        await FindsNothing(at.Page, "personal information");
        await at.Fill("Nickname", "昵称", "Nea");
        await at.Press("Save", "保存");
        await at.Page.GetByText(at.Word("Saved.", "已保存。")).WaitForAsync();

        await at.Page.GotoAsync("/settings/mobile");
        await FindsNothing(at.Page, "mobile number");
        await at.Fill("Current number, in full", "完整的原手机号", "13900000001");
        await at.Fill("New mobile number", "新手机号", "13900000002");
        await at.GetCode();
        await at.Fill("Code", "验证码", await CodeTo(admin, "13900000002"));
        await at.Press("Confirm", "确认");
        await at.Page.GetByText("139****0002").WaitForAsync();

        await at.Page.GotoAsync("/settings/password");
        await at.Fill("Current password", "当前密码", Workbench.Password);
        await at.Fill("New password", "新密码", New);
        await at.Fill("Repeat new password", "确认新密码", New);
        await at.Press("Confirm", "确认");
        await at.Page.GetByText(at.Word("Your password is changed.", "密码已修改")).WaitForAsync();
        await FindsNothing(at.Page, "password changed");

        await at.Page.GotoAsync("/settings/sessions");
        await FindsNothing(at.Page, "sign out");
        await at.Press("Sign out everywhere", "退出所有登录");
        await at.Page.WaitForURLAsync("**/login");
        await at.SignIn("new@demo.test", New);
        await at.Page.WaitForURLAsync("**/centers");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public async Task A_code_signs_in_and_sets_a_forgotten_password(string language)
    {
        var admin = await Ada();
        var at = new Person(await chromium.Visit(server.Address, language), language);
        await at.Page.GotoAsync("/login");
        await at.Page.GetByRole(AriaRole.Link, new() { Name = at.Word("Forgot password", "忘记密码") }).ClickAsync();
        await FindsNothing(at.Page, "forgot password");
        await at.Fill("Mobile number", "手机号", "13800001002");
        await at.GetCode();
        await at.Fill("Code", "验证码", await CodeTo(admin, "13800001002"));
        await at.Press("Confirm", "确认");
        await FindsNothing(at.Page, "new password");
        await at.Fill("New password", "新密码", "short");
        await at.Fill("Repeat new password", "确认新密码", "short");
        await at.Press("Confirm", "确认");
        await at.Page.GetByText(at.Word("The password must contain a symbol.", "密码须包含符号。")).WaitForAsync();
        await FindsNothing(at.Page, "new password refused");
        await at.Fill("New password", "新密码", New);
        await at.Fill("Repeat new password", "确认新密码", New);
        await at.Press("Confirm", "确认");
        await at.Page.GetByText(at.Word("Your new password is set.", "新密码已设置")).WaitForAsync();
        await at.SignIn("bob@demo.test", New, go: false);
        await at.Page.WaitForURLAsync("**/centers");
        await at.Press("Sign out", "退出登录");
        await at.Page.WaitForURLAsync("**/login**");

        await at.Page.GotoAsync("/login");
        await at.Page.GetByRole(AriaRole.Link, new() { Name = at.Word("With SMS code", "验证码登录") }).ClickAsync();
        await FindsNothing(at.Page, "sign-in by code");
        await at.Fill("Mobile number", "手机号", "13800001003");
        await at.GetCode();

        // the next code may be asked for in a minute, and the button says so
        Assert.True(
            await at.Page.GetByRole(AriaRole.Button, new() { Name = at.Word("Get code", "获取验证码"), Exact = true }).IsDisabledAsync());
        await at.Fill("Code", "验证码", await CodeTo(admin, "13800001003"));
        await at.Press("Sign in", "登录");
        await at.Page.WaitForURLAsync("**/centers");
        await at.Page.GetByText("carol@demo.test").WaitForAsync();
    }

    [Fact]
    public async Task A_language_that_was_chosen_is_there_on_another_computer()
    {
        var amy = await Workbench.Open(chromium, server, "amy", goOnline: false);
        await amy.Press("Settings");
        await amy.Press("中文");
        await amy.Page.GetByRole(AriaRole.Button, new() { Name = "设置", Exact = true }).WaitForAsync();
        var elsewhere = await chromium.Visit(server.Address);
        await Workbench.SignIn(elsewhere, "amy");
        await elsewhere.GetByText("选择联络中心").First.WaitForAsync();
    }

    [Fact]
    public async Task Who_refuses_the_microphone_comes_in_and_is_told_what_is_missing()
    {
        var page = await chromium.Visit(server.Address);
        // the browser refuses what is not in the list
        await page.Context.ClearPermissionsAsync();
        await page.Context.GrantPermissionsAsync(["notifications"]);
        await Workbench.SignIn(page, "carol");
        var carol = new Workbench(page);
        await carol.Enter(goOnline: true);
        await carol.Is("Available");
        await page.GetByText("This page can't use the microphone yet").WaitForAsync();
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_a_workbench_on_another_computer()
    {
        var there = await Workbench.Open(chromium, server, "carol");
        var here = await chromium.Visit(server.Address);
        await Workbench.SignIn(here, "carol");
        await here.WaitForURLAsync("**/centers");
        await here.GotoAsync("/settings/sessions");
        await here.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await here.WaitForURLAsync("**/login");
        await there.Page.WaitForURLAsync("**/login**");
    }

    private async Task<IPage> Ada()
    {
        var ada = await Workbench.Open(chromium, server, "admin", goOnline: false);
        return ada.Page;
    }

    private static async Task<string> CodeTo(IPage admin, string mobile)
    {
        await admin.GotoAsync("/admin/outbox");
        var row = await admin.GetByRole(AriaRole.Row).Filter(new() { HasText = mobile }).First.InnerTextAsync();
        return Code().Match(row.Replace(mobile, "", StringComparison.Ordinal)).Value;
    }

    private async Task FindsNothing(IPage page, string where)
    {
        await page.EvaluateAsync(axe);
        var json = await page.EvaluateAsync<string>(
            "async () => JSON.stringify((await axe.run(document, { rules: { 'target-size': { enabled: true } } })).violations.map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.html + n.any.map(a => ' ' + a.message)).join(' | ')}`))");
        var found = JsonSerializer.Deserialize<string[]>(json)!;
        Assert.True(found.Length == 0, $"{where}:\n" + string.Join('\n', found));
    }

    [GeneratedRegex(@"(?<!\d)\d{6}(?!\d)")]
    private static partial Regex Code();

    /// <summary>Somebody at a browser of either language.</summary>
    private sealed class Person(IPage page, string language)
    {
        public IPage Page => page;

        public string Word(string english, string chinese) => language == "en" ? english : chinese;

        public Task Fill(string english, string chinese, string text) =>
            page.GetByLabel(Word(english, chinese), new() { Exact = true }).FillAsync(text);

        public Task Press(string english, string chinese) =>
            page.GetByRole(AriaRole.Button, new() { Name = Word(english, chinese), Exact = true }).ClickAsync();

        public async Task GetCode()
        {
            await Press("Get code", "获取验证码");
            await page.Locator("#get-code:disabled").WaitForAsync();
        }

        public async Task SignIn(string email, string password, bool go = true)
        {
            if (go) await page.GotoAsync("/login");
            await Fill("E-mail", "邮箱", email);
            await Fill("Password", "密码", password);
            await Press("Sign in", "登录");
        }
    }
}
