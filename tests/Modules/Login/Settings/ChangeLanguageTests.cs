using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;

namespace Tccc.Login.Tests;

[Collection(OneAccountSite.Name)]
public sealed class ChangeLanguageTests(AccountSite site)
{
    [Fact]
    public async Task The_language_is_kept_with_the_person()
    {
        await site.Member("words@test.example");
        using var visitor = await InCenter("words@test.example");
        var answer =
            await visitor.Htmx(
                HttpMethod.Post, "/settings/language", "/settings/language", ("language", "zh-CN"), ("return", "/workbench"));
        Assert.Equal("/workbench", answer.Response.Headers.GetValues("HX-Redirect").Single());
        Assert.Contains("个人信息", (await visitor.Get("/settings/profile")).Words, StringComparison.Ordinal);
        using var elsewhere = await site.SignedIn("words@test.example");
        Assert.Contains("选择联络中心", (await elsewhere.Get("/centers")).Words, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await visitor.Htmx(HttpMethod.Post, "/settings/language", "/settings/language", ("language", "fr"))).Status);
        Assert.Equal(
            "/settings/language",
            (await visitor.Htmx(
                HttpMethod.Post, "/settings/language", "/settings/language", ("language", "en"),
                ("return", "//elsewhere.example"))).Response.Headers.GetValues("HX-Redirect").Single());
    }

    private async Task<Visitor> InCenter(string email)
    {
        var visitor = await site.SignedIn(email);
        await visitor.Enter(site.North.Id, online: false);
        return visitor;
    }
}
