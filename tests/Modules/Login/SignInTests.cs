using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login.Tests;

[Collection(OneSite.Name)]
public sealed class SignInTests(Site site)
{
    [Fact]
    public async Task The_right_password_leads_to_the_choice_of_a_center()
    {
        using var visitor = site.Visit();
        var answer = await visitor.SignIn(" Nia@test.example ", Site.Password);
        Assert.Equal((HttpStatusCode.SeeOther, "/centers"), (answer.Status, answer.Location));
        Assert.Contains("North", (await visitor.Get("/centers")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_account_get_the_same_answer()
    {
        using var visitor = site.Visit();
        var wrong = await visitor.SignIn("sol@test.example", "Wrong#2026");
        var unknown = await visitor.SignIn("who@test.example", "Wrong#2026");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal(wrong.Status, unknown.Status);
        Assert.StartsWith("E-mail or password is wrong", wrong.Alert, StringComparison.Ordinal);
        Assert.Equal(wrong.Alert, unknown.Alert);
    }

    [Fact]
    public async Task A_locked_account_refuses_the_right_password_too()
    {
        await site.NewAgent("locked@test.example");
        using var visitor = site.Visit();
        for (var i = 0; i < 5; i++) await visitor.SignIn("locked@test.example", "Wrong#2026");
        var answer = await visitor.SignIn("locked@test.example", Site.Password);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("locked", answer.Alert, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "x", "email", "Enter your e-mail address.")]
    [InlineData("nia", "x", "email", "This is not an e-mail address.")]
    [InlineData("nia@", "x", "email", "This is not an e-mail address.")]
    [InlineData("nia@test.example", "", "password", "Enter your password.")]
    public async Task A_wrong_field_is_explained_at_the_field(string email, string password, string field, string text)
    {
        using var visitor = site.Visit();
        var page = (await visitor.SignIn(email, password)).Page;
        var input = page.GetElementById("field-" + field)!;
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal(text, page.GetElementById(input.GetAttribute("aria-describedby")!)!.TextContent.Trim());
        Assert.Equal(email, page.GetElementById("field-email")!.GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_with_an_explanation()
    {
        using var visitor = site.Visit();
        var answer =
            await visitor.Post("/login", KeyValuePair.Create("email", "nia@test.example"), KeyValuePair.Create("password", Site.Password));
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Contains("Reload it and try again", answer.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://elsewhere.example/login")]
    [InlineData("//elsewhere.example")]
    [InlineData(@"/\elsewhere.example")]
    [InlineData("javascript:alert(1)")]
    public async Task An_address_elsewhere_is_not_gone_back_to(string back)
    {
        using var visitor = site.Visit();
        var answer = await visitor.SignIn("nia@test.example", Site.Password, "/login?return=" + Uri.EscapeDataString(back));
        Assert.Equal("/centers", answer.Location);
        Assert.DoesNotContain(
            "elsewhere", (await visitor.Get("/centers?return=" + Uri.EscapeDataString(back))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_ours_is_gone_back_to()
    {
        using var visitor = site.Visit();
        var answer = await visitor.SignIn("nia@test.example", Site.Password, "/login?return=%2Frecords%3Fpage%3D2");
        Assert.Equal("/centers?return=%2Frecords%3Fpage%3D2", answer.Location);
    }

    [Fact]
    public async Task The_language_is_the_browsers_until_the_person_switches()
    {
        using var visitor = site.Visit("zh-TW,zh;q=0.9");
        Assert.Contains("登录", (await visitor.Get("/login")).Words, StringComparison.Ordinal);
        var english = await visitor.Get("/login?lang=en");
        Assert.Equal("en", english.Page.DocumentElement.GetAttribute("lang"));
        Assert.Contains("Sign in", (await visitor.Get("/login")).Words, StringComparison.Ordinal);
    }

    [Fact, Trait("Case", "F-A2")]
    public async Task While_the_database_can_not_be_written_a_browser_that_is_known_signs_in_and_out_and_works_and_a_new_one_does_not()
    {
        const string email = "shift@test.example";
        await site.NewAgent(email);
        using var known = await site.SignedIn(email);
        await known.Enter(site.North.Id, online: false);
        await known.Send("/settings/sessions", "/logout");
        using var stranger = site.Visit();
        await using (await site.Held())
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await stranger.SignIn(email, Site.Password)).Status);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await known.SignIn(email, "Wrong#2026")).Status);
            Assert.Equal("/centers", (await known.SignIn(email, Site.Password)).Location);
            Assert.Equal("/workbench", (await known.Enter(site.North.Id)).Location);
            foreach (var page in (string[])["/workbench", "/history", "/missed", "/wrap-up/call"])
                Assert.Equal((page, HttpStatusCode.OK), (page, (await known.Get(page)).Status));
            await known.Send("/settings/sessions", "/logout");
            Assert.StartsWith(
                "/login", new Uri(site.Address, (await known.Get("/workbench")).Location).PathAndQuery, StringComparison.Ordinal);
        }
        await site.Stored();
        await using var db = await site.Services.GetRequiredService<IDbContextFactory<TcccDb>>().CreateDbContextAsync();
        var trail = await db.Set<AuditRow>().Where(r => db.Set<Person>().Any(p => p.Id == r.Actor && p.Email == email)).ToListAsync();
        Assert.Equal((2, 2), (trail.Count(r => r.What == AuditWhat.SignedIn), trail.Count(r => r.What == AuditWhat.SignedOut)));
        var first = trail.Min(r => r.At);
        Assert.Equal(2, await db.Set<EndedSession>().CountAsync(s => s.EndedAt >= first));
    }
}
