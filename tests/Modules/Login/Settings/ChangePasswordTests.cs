using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;

namespace Tccc.Login.Tests;

[Collection(OneAccountSite.Name)]
public sealed class ChangePasswordTests(AccountSite site)
{
    private const string New = "Other#2026";

    [Fact]
    public async Task A_changed_password_keeps_this_session_and_ends_all_others()
    {
        await site.Member("pass@test.example");
        using var here = await InCenter("pass@test.example");
        using var there = await InCenter("pass@test.example");
        var answer = await Change(here, Site.Password, New, New);
        Assert.Equal((HttpStatusCode.SeeOther, "/settings/password?done=saved"), (answer.Status, answer.Location));
        Assert.Contains("All other sessions have ended.", (await here.Get(answer.Location!)).Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await here.Get("/workbench")).Status);
        Assert.StartsWith("/login", (await there.Get("/workbench")).Response.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        Assert.Equal("/centers", (await site.Visit().SignIn("pass@test.example", New)).Location);
        Assert.Contains(AuditWhat.PasswordChanged, await site.AuditOf("pass@test.example"));
    }

    [Theory]
    [InlineData("", New, New, "current", "Enter your current password.")]
    [InlineData("Wrong#2026", New, New, "current", "This is not your current password.")]
    [InlineData(Site.Password, "Sho#t1", "Sho#t1", "password", "The password must have 8 to 20 characters.")]
    [InlineData(
        Site.Password, "Longer#than20characters", "Longer#than20characters", "password", "The password must have 8 to 20 characters.")]
    [InlineData(Site.Password, "NoDigit#here", "NoDigit#here", "password", "The password must contain a digit.")]
    [InlineData(Site.Password, "1234#5678", "1234#5678", "password", "The password must contain a letter.")]
    [InlineData(Site.Password, "NoSymbol2026", "NoSymbol2026", "password", "The password must contain a symbol.")]
    [InlineData(Site.Password, "With #blank1", "With #blank1", "password", "The password must not contain white space.")]
    [InlineData(Site.Password, Site.Password, Site.Password, "password", "The new password must differ from the current one.")]
    [InlineData(Site.Password, New, "Else#2026", "repeat", "The two passwords are not the same.")]
    public async Task What_is_wrong_is_said_at_its_field_and_nothing_changes(
        string current, string password, string repeat, string field, string text)
    {
        var email = $"wrong-{field}-{password.Length}-{text.Length}@test.example";
        await site.Member(email);
        using var visitor = await site.SignedIn(email);
        var answer = await Change(visitor, current, password, repeat);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, text), (answer.Status, answer.At(field)));
        Assert.Equal("/centers", (await site.Visit().SignIn(email, Site.Password)).Location);
    }

    [Fact]
    public async Task Without_the_page_s_token_nothing_changes()
    {
        await site.Member("cross@test.example");
        using var visitor = await InCenter("cross@test.example");
        foreach (var path in (
            string[])["/settings/profile", "/settings/password", "/settings/mobile", "/settings/mobile/codes", "/settings/language",
            "/logout/everywhere", "/login/bind/codes"])
            Assert.Equal(
                (path, HttpStatusCode.Forbidden), (path, (await visitor.Post(path, KeyValuePair.Create("language", "zh-CN"))).Status));
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/workbench")).Status);
    }

    private static Task<Answer> Change(Visitor visitor, string current, string password, string repeat) =>
        visitor.Send("/settings/password", "/settings/password", ("current", current), ("password", password), ("repeat", repeat));

    private async Task<Visitor> InCenter(string email)
    {
        var visitor = await site.SignedIn(email);
        await visitor.Enter(site.North.Id, online: false);
        return visitor;
    }
}
