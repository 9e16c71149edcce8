using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;

namespace Tccc.Login.Tests;

[Collection(OneAccountSite.Name)]
public sealed class FinishFirstSignInTests(AccountSite site)
{
    private const string Page = "/login/bind";

    [Fact]
    public async Task Nothing_opens_before_the_number_is_bound_and_the_nickname_set()
    {
        await site.Newcomer("first@test.example");
        using var visitor = await site.SignedIn("first@test.example");
        foreach (var path in (
            string[])["/centers", "/workbench", "/settings/profile", "/settings/password", "/settings/language", "/admin"])
            Assert.Equal((path, Page), (path, (await visitor.Get(path)).Location));
        Assert.Equal(
            HttpStatusCode.Forbidden, (await visitor.Htmx(HttpMethod.Post, "/settings/password", Page, ("current", Site.Password))).Status);

        var mobile = site.NewMobile();
        await visitor.GetCode(Page, "/login/bind/codes", mobile);
        var answer = await visitor.Send(Page, Page, ("mobile", mobile), ("code", await site.CodeTo(mobile)), ("nickname", " Flo "));
        Assert.Equal((HttpStatusCode.SeeOther, "/centers"), (answer.Status, answer.Location));
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/centers")).Status);
        Assert.Equal("/centers", (await visitor.Get(Page)).Location);
        await visitor.Enter(site.North.Id, online: false);
        Assert.Equal("Flo", (await visitor.Get("/settings/profile")).Page.GetElementById("field-Nickname")!.GetAttribute("value"));
        Assert.Contains(AuditWhat.MobileBound, await site.AuditOf("first@test.example"));
    }

    [Fact]
    [Trait("Case", "F-C16")]
    public async Task A_password_that_was_given_opens_nothing_but_the_choice_of_an_own_one()
    {
        const string given = "Given#2026";
        const string own = "Chosen#2026";
        await site.Member("given@test.example");
        await using (var scope = site.Services.CreateAsyncScope())
        {
            var people = scope.ServiceProvider.GetRequiredService<People>();
            var person = (await people.FindByEmail("given@test.example"))!;
            Assert.True((await people.ReplacePassword(person, given, initial: true)).Ok);
            await site.Services.GetRequiredService<Centers>().Reload(person.Id);
        }
        using var visitor = site.Visit();
        await visitor.SignIn("given@test.example", given);
        using var elsewhere = site.Visit();
        await elsewhere.SignIn("given@test.example", given);
        foreach (var path in (string[])["/centers", "/workbench", "/settings/password"])
            Assert.Equal((path, Page), (path, (await visitor.Get(path)).Location));

        Assert.Contains("8 to 20 characters", (await Choose("short", "short")).At("password"), StringComparison.Ordinal);
        Assert.Equal("The two passwords are not the same.", (await Choose(own, given)).At("repeat"));
        Assert.Equal("Choose a password of your own, not the one you were given.", (await Choose(given, given)).At("password"));
        Assert.Equal((HttpStatusCode.SeeOther, "/centers"), ((await Choose(own, own)) is var done ? done.Status : 0, done.Location));
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/centers")).Status);
        Assert.Contains("/login?return=", (await elsewhere.Get("/centers")).Location, StringComparison.Ordinal);
        using var again = site.Visit();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await again.SignIn("given@test.example", given)).Status);
        Assert.Equal("/centers", (await again.SignIn("given@test.example", own)).Location);

        Task<Answer> Choose(string password, string repeat) => visitor.Send(Page, Page, ("password", password), ("repeat", repeat));
    }

    [Fact]
    public async Task A_number_of_somebody_else_is_refused_and_only_to_who_holds_it()
    {
        var taken = await site.Member("holder@test.example");
        await site.Newcomer("second@test.example");
        using var visitor = await site.SignedIn("second@test.example");
        var sent = await visitor.GetCode(Page, "/login/bind/codes", taken);
        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.Equal("This code is wrong.", (await Bind("000000")).At("code"));
        var answer = await Bind(await site.CodeTo(taken));
        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, "This number is bound to another account. Use another number, or ask your administrator."),
            (answer.Status, answer.At("mobile")));
        Assert.Equal(Page, (await visitor.Get("/centers")).Location);

        Task<Answer> Bind(string code) => visitor.Send(Page, Page, ("mobile", taken), ("code", code), ("nickname", "Sam"));
    }

    [Fact]
    public async Task A_code_that_somebody_else_asked_for_binds_nothing()
    {
        await site.Newcomer("third@test.example");
        await site.Newcomer("fourth@test.example");
        using var one = await site.SignedIn("third@test.example");
        using var two = await site.SignedIn("fourth@test.example");
        var mobile = site.NewMobile();
        await one.GetCode(Page, "/login/bind/codes", mobile);
        var answer = await two.Send(Page, Page, ("mobile", mobile), ("code", await site.CodeTo(mobile)), ("nickname", "Sam"));
        Assert.Equal("This code is not valid any more. Get a new one.", answer.At("code"));
    }

    [Fact]
    public async Task Two_posts_of_the_same_form_bind_once()
    {
        await site.Newcomer("twice@test.example");
        using var visitor = await site.SignedIn("twice@test.example");
        var mobile = site.NewMobile();
        await visitor.GetCode(Page, "/login/bind/codes", mobile);
        var code = await site.CodeTo(mobile);
        var form = await visitor.FillIn(Page, Page, ("mobile", mobile), ("code", code), ("nickname", "Sam"));
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => visitor.Post(Page, form)));
        Assert.Single(await site.AuditOf("twice@test.example"), what => what == AuditWhat.MobileBound);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/centers")).Status);
    }

    [Theory]
    [InlineData("", "Enter the nickname that customers will see.")]
    [InlineData("   ", "Enter the nickname that customers will see.")]
    [InlineData("123456789012345678901234567890123456789012345678901", "The nickname can have 50 characters at most.")]
    [InlineData("Eve\u202Emoc", "The nickname contains a character that can't be seen.")]
    [InlineData("\u3164", "The nickname contains a character that can't be seen.")]
    [InlineData("Eve\u200F", "The nickname contains a character that can't be seen.")]
    [InlineData("Eve\u0007", "The nickname contains a character that can't be seen.")]
    public async Task A_nickname_that_does_not_do_is_explained_and_the_code_stays_good(string nickname, string text)
    {
        var email = $"nick{text.GetHashCode(StringComparison.Ordinal)}{nickname.Sum(c => c)}@test.example";
        await site.Newcomer(email);
        using var visitor = await site.SignedIn(email);
        var mobile = site.NewMobile();
        await visitor.GetCode(Page, "/login/bind/codes", mobile);
        var code = await site.CodeTo(mobile);
        var refused = await visitor.Send(Page, Page, ("mobile", mobile), ("code", code), ("nickname", nickname));
        Assert.Equal(text, refused.At("nickname"));
        Assert.Equal(code, refused.Page.GetElementById("field-code")!.GetAttribute("value"));
        Assert.Equal(
            HttpStatusCode.SeeOther, (await visitor.Send(Page, Page, ("mobile", mobile), ("code", code), ("nickname", "陈晓明"))).Status);
    }

    [Fact]
    public async Task A_nickname_of_markup_is_text_wherever_it_is_shown()
    {
        const string nickname = "<img src=x>";
        await site.Newcomer("markup@test.example");
        using var visitor = await site.SignedIn("markup@test.example");
        var mobile = site.NewMobile();
        await visitor.GetCode(Page, "/login/bind/codes", mobile);
        await visitor.Send(Page, Page, ("mobile", mobile), ("code", await site.CodeTo(mobile)), ("nickname", nickname));
        await visitor.Enter(site.North.Id, online: false);
        foreach (var path in (string[])["/settings/profile", "/workbench"])
        {
            var page = await visitor.Get(path);
            Assert.Null(page.Page.QuerySelector("img[src=x]"));
            Assert.Contains(
                nickname, page.Page.DocumentElement.TextContent + page.Page.GetElementById("field-Nickname")?.GetAttribute("value"),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_what_is_missing_is_asked_for()
    {
        await site.Person("named@test.example", null as string, (site.North, new Agent { Nickname = "Ned" }));
        using var visitor = await site.SignedIn("named@test.example");
        var page = (await visitor.Get(Page)).Page;
        Assert.NotNull(page.GetElementById("field-mobile"));
        Assert.Null(page.GetElementById("field-nickname"));
        Assert.Equal(0, await site.Read(db => db.Set<Person>().CountAsync(p => p.Email == "named@test.example" && p.Mobile != null)));
    }
}
