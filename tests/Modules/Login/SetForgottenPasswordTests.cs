using System.Net;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login.Tests;

[Collection(OneAccountSite.Name)]
public sealed class SetForgottenPasswordTests(AccountSite site)
{
    private const string Page = "/login/forgot";

    private const string New = "Found#2026";

    [Fact]
    public async Task Number_and_code_give_a_new_password_that_ends_all_sessions_and_the_lock()
    {
        var mobile = await site.Member("forgot@test.example");
        using var old = await site.SignedIn("forgot@test.example");
        using var visitor = site.Visit();
        for (var i = 0; i < DirectoryModule.WrongPasswordsUntilLockout; i++) await visitor.SignIn("forgot@test.example", "Wrong#2026");

        var form = await Proven(visitor, mobile);
        var answer = await Set(visitor, form, New, New);
        Assert.Equal((HttpStatusCode.SeeOther, "/login?done=password"), (answer.Status, answer.Location));
        Assert.Contains("Your new password is set.", (await visitor.Get("/login?done=password")).Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await old.Get("/centers")).Status);
        Assert.Equal("/centers", (await visitor.SignIn("forgot@test.example", New)).Location);
        Assert.Contains(AuditWhat.PasswordRecovered, await site.AuditOf("forgot@test.example"));
        Assert.Equal(
            1, await site.Read(db => db.Set<NoticeRow>().CountAsync(n => n.Kind == NoticeKind.Mail && n.To == "forgot@test.example")));

        // the proof was for one password
        using var other = site.Visit();
        var again = await Set(other, form, "Again#2026", "Again#2026");
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("Begin again", again.Alert, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_broken_part_of_the_rule_is_said_at_the_field_and_the_proof_stays_good()
    {
        var mobile = await site.Member("rule@test.example");
        using var visitor = site.Visit();
        var form = await Proven(visitor, mobile);
        var answer = await Set(visitor, form, "a b", "other");
        Assert.Equal("The password must have 8 to 20 characters. The password must contain a digit. The password must contain a symbol. The password must not contain white space.", answer.At("password"));
        Assert.Equal("The two passwords are not the same.", answer.At("repeat"));
        Assert.Equal(HttpStatusCode.SeeOther, (await Set(visitor, answer, New, New)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("CfDJ8nonsense")]
    public async Task A_proof_that_is_none_sets_nothing(string proof)
    {
        using var visitor = site.Visit();
        var token = (await visitor.Get(Page)).Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var answer =
            await visitor.Post(
                "/login/forgot/password", new("__RequestVerificationToken", token), new("proof", proof), new("password", New),
                new("repeat", New));
        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
    }

    private async Task<Answer> Proven(Visitor visitor, string mobile)
    {
        await visitor.GetCode(Page, "/login/forgot/codes", mobile);
        var answer = await visitor.Send(Page, Page, ("mobile", mobile), ("code", await site.CodeTo(mobile)));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.True(answer.Response.Headers.CacheControl!.NoStore);
        return answer;
    }

    private static async Task<Answer> Set(Visitor visitor, Answer form, string password, string repeat)
    {
        // another visitor's token is not this one's
        var token = (await visitor.Get(Page)).Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var proof = form.Page.QuerySelector("input[name=proof]")!.GetAttribute("value")!;
        return await visitor.Post(
            "/login/forgot/password", new("__RequestVerificationToken", token), new("proof", proof), new("password", password),
            new("repeat", repeat));
    }
}
