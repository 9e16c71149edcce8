using System.Net;
using Tccc.Directory;

namespace Tccc.Login.Tests;

[Collection(OneAccountSite.Name)]
public sealed class SignInByCodeTests(AccountSite site)
{
    private const string Page = "/login?way=code";

    [Fact]
    public async Task The_code_of_the_SMS_signs_in_once()
    {
        var mobile = await site.Member("code@test.example");
        using var visitor = site.Visit();
        var sent = await visitor.GetCode(Page, "/login/codes", mobile);
        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.True(sent.Page.GetElementById("get-code")!.HasAttribute("disabled"));
        Assert.Equal("60", sent.Page.QuerySelector("[data-seconds-left]")!.GetAttribute("data-seconds-left"));

        var code = await site.CodeTo(mobile);
        var answer = await visitor.Send(Page + "&return=%2Frecords", "/login/code", ("mobile", mobile), ("code", code));
        Assert.Equal((HttpStatusCode.SeeOther, "/centers?return=%2Frecords"), (answer.Status, answer.Location));
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/centers")).Status);

        using var other = site.Visit();
        Assert.Equal(
            "This code is not valid any more. Get a new one.",
            (await other.Send(Page, "/login/code", ("mobile", mobile), ("code", code))).At("code"));
        Assert.Equal([AuditWhat.SignedIn], await site.AuditOf("code@test.example"));
    }

    [Fact]
    public async Task A_code_to_recover_does_not_sign_in()
    {
        var mobile = await site.Member("purpose@test.example");
        using var visitor = site.Visit();
        await visitor.GetCode("/login/forgot", "/login/forgot/codes", mobile);
        var answer = await visitor.Send(Page, "/login/code", ("mobile", mobile), ("code", await site.CodeTo(mobile)));
        Assert.Equal("This code is not valid any more. Get a new one.", answer.At("code"));
    }

    [Theory]
    [InlineData("", "123456", "mobile", "Enter your mobile number.")]
    [InlineData("12345", "123456", "mobile", "This is not a mobile number: 11 digits, or with + and the country's code.")]
    [InlineData("13900000000", "", "code", "Enter the code of the SMS.")]
    [InlineData("13900000000", "12345", "code", "The code has 6 digits.")]
    public async Task A_wrong_field_is_explained_at_the_field(string mobile, string code, string field, string text)
    {
        using var visitor = site.Visit();
        var answer = await visitor.Send(Page, "/login/code", ("mobile", mobile), ("code", code));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, text), (answer.Status, answer.At(field)));
    }
}
