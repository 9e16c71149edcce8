using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd;
using Tccc.Directory;

namespace Tccc.Admin.Tests;

[Collection(AdminSite.Name)]
public sealed class DisablePersonTests(Site site)
{
    private static (string, string)[] Person(string email, string staff = "", string role = "Agent") =>
        [("Email", email), ("Role", role), ("Nickname", ""), ("StaffNumber", staff)];

    [Fact]
    public async Task A_disabled_person_is_signed_out_and_can_not_sign_in_until_enabled()
    {
        using var ada = await Administrator.Of(site, "disabler@test.example");
        var away = await site.NewAgent("away@test.example");
        using var page = await site.SignedIn("away@test.example");
        await page.Enter(site.North.Id, online: false);
        await ada.Visitor.Htmx(HttpMethod.Put, $"/admin/people/{away.Id}/disabled", "/admin/people");
        Assert.StartsWith("/login", (await page.Get("/workbench")).Response.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        using var again = site.Visit();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await again.SignIn("away@test.example", Site.Password)).Status);
        await ada.Visitor.Htmx(HttpMethod.Delete, $"/admin/people/{away.Id}/disabled", "/admin/people");
        Assert.Equal("/centers", (await again.SignIn("away@test.example", Site.Password)).Location);
    }

    [Fact, Trait("Case", "F-C3")]
    public async Task A_person_who_is_disabled_in_a_call_keeps_the_call_and_its_stream_until_it_ends_and_nothing_else()
    {
        using var ada = await Administrator.Of(site, "patient@test.example");
        var talker = await site.NewAgent("talker@test.example");
        using var page = await site.SignedIn("talker@test.example");
        await page.Enter(site.North.Id);
        await using var stream = await page.Stream("/workbench/stream?workbench=talker");
        var dispatch = site.Services.GetRequiredService<Dispatch>();
        var call = new ContactId(4711_4711);
        dispatch.Began(talker.Id, call, ContactKind.Call);
        while (!(await stream.Next("agent-state")).Contains("data-state=\"busy\"", StringComparison.Ordinal))
        {
        }
        await ada.Visitor.Htmx(HttpMethod.Put, $"/admin/people/{talker.Id}/disabled", "/admin/people");
        Assert.True(ada.Center.Agents[talker.Id].Disabled);
        // the call's own fragments are answered, and what changes still comes; everything else is shut, whatever the request says of itself
        var htmx = ("HX-Request", "true");
        Assert.NotEqual(HttpStatusCode.Unauthorized, (await page.Get("/calls/47114711/network", htmx)).Status);
        foreach (var path in (string[])[
            "/history", "/waiting", "/workbench", "/records/calls", "/settings/profile", "/centers"])
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, (await page.Get(path, htmx)).Status));
        dispatch.Ended(call, talker.Id, wrapUp: true);
        while (!(await stream.Next("agent-state")).Contains("data-state=\"offline\"", StringComparison.Ordinal))
        {
        }
        Assert.Equal(HttpStatusCode.Unauthorized, (await page.Get("/calls/47114711/network", htmx)).Status);
    }

    [Fact]
    public async Task Nobody_can_shut_themselves_out()
    {
        using var ada = await Administrator.Of(site, "self@test.example");
        Assert.Equal(
            HttpStatusCode.Conflict,
            (await ada.Visitor.Htmx(HttpMethod.Put, $"/admin/people/{ada.Me.Id}/disabled", "/admin/people")).Status);
        Assert.Equal(
            HttpStatusCode.Conflict, (await ada.Visitor.Htmx(HttpMethod.Delete, $"/admin/people/{ada.Me.Id}", "/admin/people")).Status);
        var refused = await ada.Save($"/admin/people/{ada.Me.Id}", $"/admin/people/{ada.Me.Id}", Person(""));
        Assert.Contains("role of administrator", refused.At("Role"), StringComparison.Ordinal);
    }
}
