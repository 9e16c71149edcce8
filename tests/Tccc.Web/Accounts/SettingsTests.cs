using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;

namespace Tccc.Web.Tests.Accounts;

[Collection(OneAccountSite.Name)]
public sealed class SettingsTests(AccountSite site)
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
    [InlineData(Site.Password, "Longer#than20characters", "Longer#than20characters", "password", "The password must have 8 to 20 characters.")]
    [InlineData(Site.Password, "NoDigit#here", "NoDigit#here", "password", "The password must contain a digit.")]
    [InlineData(Site.Password, "1234#5678", "1234#5678", "password", "The password must contain a letter.")]
    [InlineData(Site.Password, "NoSymbol2026", "NoSymbol2026", "password", "The password must contain a symbol.")]
    [InlineData(Site.Password, "With #blank1", "With #blank1", "password", "The password must not contain white space.")]
    [InlineData(Site.Password, Site.Password, Site.Password, "password", "The new password must differ from the current one.")]
    [InlineData(Site.Password, New, "Else#2026", "repeat", "The two passwords are not the same.")]
    public async Task What_is_wrong_is_said_at_its_field_and_nothing_changes(string current, string password, string repeat, string field, string text)
    {
        var email = $"wrong-{field}-{password.Length}-{text.Length}@test.example";
        await site.Member(email);
        using var visitor = await site.SignedIn(email);
        var answer = await Change(visitor, current, password, repeat);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, text), (answer.Status, answer.At(field)));
        Assert.Equal("/centers", (await site.Visit().SignIn(email, Site.Password)).Location);
    }

    [Fact]
    public async Task The_number_is_changed_by_the_old_one_and_a_code_to_the_new_one()
    {
        var (old, mobile) = (await site.Member("mobile@test.example"), site.NewMobile());
        using var visitor = await InCenter("mobile@test.example");
        await visitor.GetCode("/settings/mobile", "/settings/mobile/codes", mobile);
        var answer = await visitor.Send("/settings/mobile", "/settings/mobile", ("old", $"+86 {old}"), ("mobile", mobile), ("code", await site.CodeTo(mobile)));
        Assert.Equal("/settings/profile?done=saved", answer.Location);
        var page = await visitor.Get("/settings/profile");
        Assert.Contains(MobileNumber.Mask(mobile), page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(mobile, page.Text, StringComparison.Ordinal);
        Assert.Contains(AuditWhat.MobileChanged, await site.AuditOf("mobile@test.example"));
    }

    [Fact]
    public async Task A_wrong_old_number_spoils_the_code_so_its_digits_can_not_be_tried_out()
    {
        await site.Member("guess@test.example");
        var mobile = site.NewMobile();
        using var visitor = await site.SignedIn("guess@test.example");
        await visitor.GetCode("/settings/mobile", "/settings/mobile/codes", mobile);
        var code = await site.CodeTo(mobile);
        for (var i = 0; i < SmsCodes.TriesPerCode; i++) Assert.Equal("This is not your present number.", (await Send("13800009999")).At("old"));
        Assert.Equal("This is not your present number.", (await Send("13800009998")).At("old"));
        Assert.DoesNotContain(AuditWhat.MobileChanged, await site.AuditOf("guess@test.example"));

        Task<Answer> Send(string old) => visitor.Send("/settings/mobile", "/settings/mobile", ("old", old), ("mobile", mobile), ("code", code));
    }

    [Fact]
    public async Task A_number_of_somebody_else_is_not_taken_over()
    {
        var old = await site.Member("taker@test.example");
        var taken = await site.Member("owner@test.example");
        using var visitor = await site.SignedIn("taker@test.example");
        await visitor.GetCode("/settings/mobile", "/settings/mobile/codes", taken);
        var answer = await visitor.Send("/settings/mobile", "/settings/mobile", ("old", old), ("mobile", taken), ("code", await site.CodeTo(taken)));
        Assert.StartsWith("This number is bound to another account.", answer.At("mobile"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Personal_information_is_one_s_own_and_the_nickname_changes_in_this_center()
    {
        await site.Member("profile@test.example");
        using var visitor = await InCenter("profile@test.example");
        Assert.Contains("profile@test.example", (await visitor.Get("/settings/profile")).Words, StringComparison.Ordinal);
        Assert.Equal("The nickname can have 20 characters at most.", (await Save(new string('x', 21))).At("nickname"));
        Assert.Equal("/settings/profile?done=saved", (await Save("<i>Pia</i>")).Location);
        var page = await visitor.Get("/settings/profile");
        Assert.Equal("<i>Pia</i>", page.Page.GetElementById("field-nickname")!.GetAttribute("value"));
        Assert.Contains(AuditWhat.ProfileChanged, await site.AuditOf("profile@test.example"));

        Task<Answer> Save(string nickname) => visitor.Send("/settings/profile", "/settings/profile", ("nickname", nickname));
    }

    [Fact]
    public async Task The_language_is_kept_with_the_person()
    {
        await site.Member("words@test.example");
        using var visitor = await InCenter("words@test.example");
        var answer = await visitor.Htmx(HttpMethod.Post, "/settings/language", "/settings/language", ("language", "zh-CN"), ("return", "/workbench"));
        Assert.Equal("/workbench", answer.Response.Headers.GetValues("HX-Redirect").Single());
        Assert.Contains("个人信息", (await visitor.Get("/settings/profile")).Words, StringComparison.Ordinal);
        using var elsewhere = await site.SignedIn("words@test.example");
        Assert.Contains("选择联络中心", (await elsewhere.Get("/centers")).Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.Htmx(HttpMethod.Post, "/settings/language", "/settings/language", ("language", "fr"))).Status);
        Assert.Equal("/settings/language", (await visitor.Htmx(HttpMethod.Post, "/settings/language", "/settings/language", ("language", "en"), ("return", "//elsewhere.example"))).Response.Headers.GetValues("HX-Redirect").Single());
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_session()
    {
        await site.Member("all@test.example");
        using var here = await InCenter("all@test.example");
        using var there = await InCenter("all@test.example");
        Assert.Equal("/login", (await here.Send("/settings/sessions", "/logout/everywhere")).Location);
        Assert.StartsWith("/login", (await there.Get("/workbench")).Response.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        Assert.Contains(AuditWhat.SignedOutEverywhere, await site.AuditOf("all@test.example"));
    }

    [Fact]
    public async Task A_copy_of_a_signed_out_cookie_opens_nothing()
    {
        await site.Member("copy@test.example");
        using var visitor = await InCenter("copy@test.example");
        var cookie = visitor.Cookies.GetCookieHeader(new Uri($"http://localhost:{site.Address.Port}/"));
        await visitor.Send("/settings/sessions", "/logout");
        using var thief = site.Visit();
        foreach (var path in (string[])["/workbench", "/centers", "/settings/profile", "/workbench/stream?workbench=x"])
            Assert.Contains("/login?return", (await thief.Get(path, ("Cookie", cookie))).Response.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_page_s_token_nothing_changes()
    {
        await site.Member("cross@test.example");
        using var visitor = await InCenter("cross@test.example");
        foreach (var path in (string[])["/settings/profile", "/settings/password", "/settings/mobile", "/settings/mobile/codes", "/settings/language", "/logout/everywhere", "/login/bind/codes"])
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await visitor.Post(path, KeyValuePair.Create("language", "zh-CN"))).Status));
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/workbench")).Status);
    }

    [Fact]
    public async Task Nobody_who_is_not_signed_in_gets_in()
    {
        using var stranger = site.Visit();
        foreach (var path in (string[])["/settings", "/settings/profile", "/settings/password", "/settings/mobile", "/settings/language", "/settings/sessions", "/login/bind"])
            Assert.StartsWith("/login?return", (await stranger.Get(path)).Response.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_strangers_may_post_to_has_a_limit_by_address()
    {
        var open = site.Services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>().Endpoints
            .Where(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null)
            .Where(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IHttpMethodMetadata>()?.HttpMethods.Contains("POST") is true)
            .Where(e => e.DisplayName?.Contains("/demo/", StringComparison.Ordinal) is false).ToList();
        Assert.NotEmpty(open);
        Assert.All(open, e => Assert.NotNull(e.Metadata.GetMetadata<Microsoft.AspNetCore.RateLimiting.EnableRateLimitingAttribute>()));
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
