using System.Net;
using System.Text.RegularExpressions;
using EndToEnd.Peers;
using Microsoft.Playwright;

namespace EndToEnd;

/// <summary>Invitations over a real mail server, from the administrator's page to the first sign-in; product.md §1.</summary>
public sealed partial class MailTests : IAsyncLifetime
{
    /// <summary>The second gap and a little: a mail that was refused twice is on its way by then.</summary>
    private static readonly TimeSpan AFewTries = TimeSpan.FromSeconds(60);

    private MailServer mails = null!;
    private Chromium chromium = null!;

    public async Task InitializeAsync()
    {
        mails = MailServer.Prepare();
        chromium = await Chromium.Start(1000);
    }

    public async Task DisposeAsync()
    {
        await chromium.DisposeAsync();
        await mails.DisposeAsync();
    }

    [Theory]
    [InlineData("en", "Your account in Demo", "this password: (\\S+)")]
    [InlineData("zh-CN", "您在 Demo 的账号", "以下密码登录：(\\S+)")]
    public async Task Who_is_invited_signs_in_with_the_password_that_came_by_mail(string language, string subject, string line)
    {
        await mails.Up();
        await using var server = await Server.Start(mails.Trusted, mails.Settings);
        var admin = await Administrator(server, language);
        await Invite(admin);
        Assert.Equal(0, await admin.Locator("#secret").CountAsync());

        await Until.Holds("the mail is there", () => mails.Taken.Count == 1, seen: () => server.Log);
        var mail = mails.Taken[0];
        Assert.Equal(("eve@demo.test", subject, true, true), (mail.To, mail.Subject, mail.Encrypted, mail.SignedIn));
        Assert.Equal(["eve@demo.test"], mail.Receivers);
        var password = Regex.Match(mail.Text, line).Groups[1].Value;
        Assert.Contains(password, WebUtility.HtmlDecode(mail.Html), StringComparison.Ordinal);
        Assert.Contains(server.Address + "/login", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(password, server.Log, StringComparison.Ordinal);

        await SignsIn(server, password);
        await admin.GotoAsync("/admin/outbox");
        await Says(admin.Locator("#rows"), "eve@demo.test", language == "en" ? "Sent" : "已发送");
    }

    [Fact]
    public async Task A_mail_server_that_is_down_is_said_in_both_languages_and_the_mail_arrives_when_it_comes_up()
    {
        await using var server = await Server.Start(mails.Trusted, mails.Settings);
        var (admin, chinese) = (await Administrator(server, "en"), await Administrator(server, "zh-CN"));
        await Invite(admin);
        foreach (var (page, why, waits) in ((IPage, string, string)[])[
            (admin, "The mail server can't be reached.", "Waiting to be tried again"), (chinese, "无法连接邮件服务器。", "等待重试")])
        {
            await page.GotoAsync("/admin/outbox");
            await Says(page.Locator("#rows"), why, waits);
        }
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(server.Address + "/health/ready"))).StatusCode);

        await mails.Up();
        await Until.Holds("the mail is there", () => mails.Taken.Count == 1, AFewTries, () => server.Log);
        // the page that is open says so by itself
        await Says(admin.Locator("#rows"), "Sent");
        await SignsIn(server, Password().Match(mails.Taken[0].Text).Groups[1].Value);
    }

    [Theory]
    [InlineData("Mail:Password=wrong", true, "Name and password in the settings were not accepted.")]
    [InlineData("Mail:Tls=starttls", false, "No trusted encrypted connection could be made.")]
    public async Task What_is_wrong_with_the_way_to_the_mail_server_stands_on_the_page(string setting, bool trusted, string words)
    {
        await mails.Up();
        await using var server = await Server.Start(trusted ? mails.Trusted : [], [.. mails.Settings, setting]);
        var admin = await Administrator(server, "en");
        await Invite(admin);
        await admin.GotoAsync("/admin/outbox");
        await Says(admin.Locator("#rows"), words);
        Assert.Empty(mails.Taken);
        Assert.DoesNotContain("wrong", server.Log, StringComparison.Ordinal);
    }

    private async Task<IPage> Administrator(Server server, string language)
    {
        var page = await chromium.Visit(server.Address, language);
        await page.GotoAsync("/login");
        await page.GetByLabel(InEither("E-mail", "邮箱")).FillAsync("admin@demo.test");
        await page.GetByLabel(InEither("Password", "密码")).FillAsync(Workbench.Password);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = InEither("Sign in", "登录") }).ClickAsync();
        await page.WaitForURLAsync("**/centers");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = InEither("Enter", "进入") }).First.ClickAsync();
        await page.WaitForURLAsync("**/workbench**");
        return page;
    }

    private static async Task Invite(IPage admin)
    {
        await admin.GotoAsync("/admin/people/new");
        await admin.GetByLabel(InEither("E-mail", "邮箱")).FillAsync("eve@demo.test");
        await admin.GetByRole(AriaRole.Button, new() { NameRegex = InEither("Create", "创建|新建") }).ClickAsync();
        await admin.GetByText(InEither("The password is mailed to eve@demo.test", "密码将发送至 eve@demo.test", whole: false)).WaitForAsync();
    }

    private async Task SignsIn(Server server, string password)
    {
        var page = await chromium.Visit(server.Address);
        await Workbench.SignIn(page, "eve", password);
        await page.WaitForURLAsync(new Regex("/(centers|login/bind)"));
    }

    private static async Task Says(ILocator place, params string[] words)
    {
        foreach (var word in words) await place.GetByText(word, new() { Exact = true }).First.WaitForAsync();
    }

    private static Regex InEither(string english, string chinese, bool whole = true) =>
        new(whole ? $"^({english}|{chinese})$" : $"{english}|{chinese}");

    [GeneratedRegex("this password: (\\S+)")]
    private static partial Regex Password();
}
