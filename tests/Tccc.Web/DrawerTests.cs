using System.Net;

namespace Tccc.Web.Tests;

/// <summary>Pages that open over the workbench: the same ones as by themselves, without the frame. js/drawer.js</summary>
[Collection(OneSite.Name)]
public sealed class DrawerTests(Site site)
{
    private static readonly (string, string)[] InDrawer = [("HX-Request", "true"), ("HX-Target", "drawer-page")];

    [Theory]
    [Trait("Case", "F-D1")]
    [InlineData("/settings/profile")]
    [InlineData("/settings/password")]
    [InlineData("/settings/mobile")]
    [InlineData("/settings/language")]
    [InlineData("/settings/sessions")]
    [InlineData("/records/calls")]
    [InlineData("/why-not-me")]
    public async Task A_page_stands_by_itself_and_in_the_drawer(string path)
    {
        using var visitor = await site.SignedIn("nia@test.example");
        await visitor.Enter(site.North.Id, online: false);
        Assert.NotNull((await visitor.Get(path)).Page.QuerySelector("header.top-bar"));
        var drawn = await visitor.Get(path, InDrawer);
        Assert.Equal(HttpStatusCode.OK, drawn.Status);
        Assert.DoesNotContain("<html", drawn.Text, StringComparison.Ordinal);
        Assert.Null(drawn.Page.QuerySelector("header.top-bar, main"));
        Assert.NotEmpty(drawn.Page.QuerySelector("#drawer-title")!.TextContent);
    }

    [Fact]
    [Trait("Case", "F-D1")]
    public async Task A_form_in_the_drawer_is_refused_and_saved_in_the_drawer()
    {
        await site.NewAgent("drawer@test.example");
        using var visitor = await site.SignedIn("drawer@test.example");
        await visitor.Enter(site.North.Id, online: false);
        var refused =
            await visitor.Htmx(HttpMethod.Post, "/settings/profile", "/workbench", [("HX-Target", "drawer-page")], ("Nickname", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("#drawer-page", refused.Response.Headers.GetValues("HX-Retarget").Single());
        Assert.NotNull(refused.Page.QuerySelector("[aria-invalid=true]"));
        var version = (await visitor.Get("/settings/profile", InDrawer)).Page.QuerySelector("input[name=Version]")!.GetAttribute("value")!;
        var saved = await visitor.Htmx(
            HttpMethod.Post, "/settings/profile", "/workbench", [("HX-Target", "drawer-page")], ("Nickname", "Dora"), ("Version", version));
        Assert.Contains("/settings/profile?done=saved", saved.Response.Headers.GetValues("HX-Location").Single(), StringComparison.Ordinal);
        Assert.False(saved.Response.Headers.Contains("HX-Redirect"));
    }

    [Fact]
    [Trait("Case", "F-D1")]
    public async Task Nothing_in_the_settings_menu_leaves_the_workbench()
    {
        using var visitor = await site.SignedIn("nia@test.example");
        await visitor.Enter(site.North.Id, online: false);
        var links = (await visitor.Get("/workbench")).Page.QuerySelectorAll("#settings-menu a");
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(link.HasAttribute("data-drawer") || link.HasAttribute("data-leaves"), link.OuterHtml));
    }
}
