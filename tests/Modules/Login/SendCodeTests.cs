using System.Net;
using Tccc.Directory;

namespace Tccc.Login.Tests;

[Collection(OneAccountSite.Name)]
public sealed class SendCodeTests(AccountSite site)
{
    private const string Page = "/login?way=code";

    [Fact]
    public async Task A_number_that_nobody_has_gets_the_same_answers_and_no_SMS()
    {
        var mobile = await site.Member("known@test.example");
        var nobodys = site.NewMobile();
        using var visitor = site.Visit();
        string[] seen = [await Answers(mobile), await Answers(nobodys)];
        Assert.Equal(seen[0].Replace(mobile, nobodys, StringComparison.Ordinal), seen[1]);
        Assert.Single(await site.SmsTo(mobile));
        Assert.Empty(await site.SmsTo(nobodys));

        async Task<string> Answers(string number)
        {
            var sent = await visitor.GetCode(Page, "/login/codes", number);
            var again = await visitor.GetCode(Page, "/login/codes", number);
            var wrong = await visitor.Send(Page, "/login/code", ("mobile", number), ("code", "000000"));
            return $"{sent.Status} {sent.Text} {again.Status} {again.Words[..^9]} {wrong.Status} {wrong.At("code")}";
        }
    }

    [Fact]
    public async Task A_code_can_not_be_tried_out()
    {
        var mobile = await site.Member("brute@test.example");
        using var visitor = site.Visit();
        await visitor.GetCode(Page, "/login/codes", mobile);
        var code = await site.CodeTo(mobile);
        var wrong = code == "111111" ? "222222" : "111111";
        for (var i = 0; i < SmsCodes.TriesPerCode; i++)
            Assert.Equal("This code is wrong.", (await visitor.Send(Page, "/login/code", ("mobile", mobile), ("code", wrong))).At("code"));
        var answer = await visitor.Send(Page, "/login/code", ("mobile", mobile), ("code", code));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Too many wrong codes. Get a new one."), (answer.Status, answer.At("code")));
        Assert.Equal(mobile, answer.Page.GetElementById("field-mobile")!.GetAttribute("value"));
        Assert.Equal(SmsCodes.TriesPerCode, (await site.AuditOf("brute@test.example")).Count(what => what == AuditWhat.SignInFailed));
    }

    [Fact]
    public async Task A_number_that_is_none_gets_its_refusal_into_the_form()
    {
        using var visitor = site.Visit();
        var answer = await visitor.GetCode(Page, "/login/codes", "<b>1</b>");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("#code-fields", answer.Response.Headers.GetValues("HX-Retarget").Single());
        Assert.StartsWith("This is not a mobile number", answer.At("mobile"), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_page_s_token_no_code_is_sent_and_none_is_taken()
    {
        var mobile = await site.Member("forged@test.example");
        using var visitor = site.Visit();
        foreach (var path in (
            string[])["/login/codes", "/login/code", "/login/forgot/codes", "/login/forgot", "/login/forgot/password", "/logout"])
            Assert.Equal(
                (path, HttpStatusCode.Forbidden),
                (path, (await visitor.Post(path, KeyValuePair.Create("mobile", mobile), KeyValuePair.Create("code", "123456"))).Status));
        Assert.Empty(await site.SmsTo(mobile));
    }

    [Fact]
    public async Task One_address_may_not_go_on_and_on()
    {
        using var visitor = site.Visit();
        Answer answer;
        var tries = 0;
        do answer = await visitor.Post("/login/codes", KeyValuePair.Create("mobile", "x"));
        while (answer.Status != HttpStatusCode.TooManyRequests && ++tries < 200);
        Assert.InRange(tries, 30, 150);
        Assert.NotNull(answer.Response.Headers.RetryAfter);
        Assert.Contains("Wait a minute, then try again.", answer.Words, StringComparison.Ordinal);
        using var other = site.Visit();
        Assert.Equal(HttpStatusCode.Forbidden, (await other.Post("/login/codes", KeyValuePair.Create("mobile", "x"))).Status);
    }
}
