using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Tccc.Login.Tests;

/// <summary>The session ends while a page is open: the same person signs in over it; product.md §1.</summary>
[Collection(OneSite.Name)]
public sealed class SignInAgainTests(Site site)
{
    [Fact]
    [Trait("Case", "F-D12")]
    public async Task Who_signs_in_again_is_in_the_center_and_the_token_of_the_answer_is_good()
    {
        var agent = await site.NewAgent("again@test.example");
        using var visitor = await site.SignedIn("again@test.example");
        await visitor.Enter(site.North.Id, online: false);
        var page = (await visitor.Get("/workbench")).Page.QuerySelector("meta[name=person]")!;
        Assert.Equal(agent.Id.ToString(), page.GetAttribute("data-agent"));
        Forget(visitor);
        var gone = await visitor.Get("/session", ("Accept", "*/*"));
        Assert.Equal(HttpStatusCode.Unauthorized, gone.Status);
        Assert.False(gone.Response.Headers.Contains("HX-Redirect"));

        var back =
            await Again(visitor, "again@test.example", Site.Password, page.GetAttribute("content")!, page.GetAttribute("data-agent")!);
        Assert.Equal(HttpStatusCode.OK, back.Status);
        Assert.Equal(HttpStatusCode.NoContent, (await visitor.Get("/session", ("Accept", "*/*"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/workbench")).Status);
        var profile = (await visitor.Get("/settings/profile")).Page;
        var saved =
            await visitor.Post(
                "/settings/profile", KeyValuePair.Create("__RequestVerificationToken", back.Text), KeyValuePair.Create("Nickname", "Back"),
                KeyValuePair.Create("Version", profile.QuerySelector<IHtmlInputElement>("input[name=Version]")!.Value));
        Assert.Equal("/settings/profile?done=saved", saved.Location);
    }

    [Fact]
    [Trait("Case", "F-D12")]
    public async Task Another_account_or_a_wrong_password_does_not_come_into_the_page()
    {
        await site.NewAgent("owner@test.example");
        await site.NewAgent("intruder@test.example");
        using var visitor = await site.SignedIn("owner@test.example");
        await visitor.Enter(site.North.Id, online: false);
        var page = (await visitor.Get("/workbench")).Page.QuerySelector("meta[name=person]")!;
        var (person, agent) = (page.GetAttribute("content")!, page.GetAttribute("data-agent")!);
        Forget(visitor);
        var other = await Again(visitor, "intruder@test.example", Site.Password, person, agent);
        Assert.Equal(HttpStatusCode.Forbidden, other.Status);
        Assert.Contains("opened by another account", other.Alert, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Again(visitor, "owner@test.example", "", person, agent)).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await Again(visitor, "owner@test.example", "Wrong#2026", person, agent)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.Get("/session", ("Accept", "*/*"))).Status);
    }

    private static void Forget(Visitor visitor)
    {
        foreach (Cookie cookie in visitor.Cookies.GetAllCookies()) cookie.Expired = true;
    }

    private static async Task<Answer> Again(Visitor visitor, string email, string password, string person, string agent)
    {
        var token =
            (await visitor.Get("/login/again")).Page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value;
        return await visitor.Post("/login/again", [
            KeyValuePair.Create("__RequestVerificationToken", token), KeyValuePair.Create("email", email),
            KeyValuePair.Create("password", password),
            KeyValuePair.Create("person", person), KeyValuePair.Create("agent", agent)]);
    }
}
