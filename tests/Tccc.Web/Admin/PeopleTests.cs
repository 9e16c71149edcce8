using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd;
using Tccc.Directory;

namespace Tccc.Web.Tests.Admin;

[Collection(AdminSite.Name)]
public sealed class PeopleTests(Site site)
{
    private static (string, string)[] Person(string email, string staff = "", string role = "Agent") => [("Email", email), ("Role", role), ("Nickname", ""), ("StaffNumber", staff)];

    [Fact]
    public async Task A_new_person_signs_in_with_the_password_that_was_shown_once()
    {
        using var ada = await Administrator.Of(site, "creator@test.example");
        var made = await ada.SaveAndFollow("/admin/people/new", "/admin/people", Person("fresh@test.example", "F1"));
        var password = made.Page.QuerySelector("#secret")!.TextContent;
        Assert.Empty(PasswordRule.Broken(password));
        Assert.Contains("no-store", made.Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using var fresh = site.Visit();
        Assert.Equal("/centers", (await fresh.SignIn("fresh@test.example", password)).Location);
        var agent = ada.Center.Agents.Values.Single(a => a.Email == "fresh@test.example");
        Assert.DoesNotContain(password, (await ada.Visitor.Get($"/admin/people/{agent.Id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_staff_number_and_a_person_are_in_a_center_once()
    {
        using var ada = await Administrator.Of(site, "once@test.example");
        await ada.Save("/admin/people/new", "/admin/people", Person("first@test.example", "T7"));
        Assert.Equal("Somebody else has this staff number.", (await ada.Save("/admin/people/new", "/admin/people", Person("second@test.example", "T7"))).At("StaffNumber"));
        Assert.Equal("This person is in the center already.", (await ada.Save("/admin/people/new", "/admin/people", Person("FIRST@test.example"))).At("Email"));
        Assert.Contains("Enter an e-mail address", (await ada.Save("/admin/people/new", "/admin/people", Person("no address"))).At("Email"), StringComparison.Ordinal);
    }

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

    [Fact]
    public async Task A_person_who_is_disabled_in_a_call_keeps_page_and_stream_until_it_ends()
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
        // the buttons of the call still work, and what changes still comes
        Assert.Equal(HttpStatusCode.OK, (await page.Htmx(HttpMethod.Get, "/history", "/workbench")).Status);
        dispatch.Ended(call, talker.Id, wrapUp: true);
        while (!(await stream.Next("agent-state")).Contains("data-state=\"offline\"", StringComparison.Ordinal))
        {
        }
        Assert.NotEqual(HttpStatusCode.OK, (await page.Get("/workbench")).Status);
    }

    [Fact]
    public async Task Nobody_can_shut_themselves_out()
    {
        using var ada = await Administrator.Of(site, "self@test.example");
        Assert.Equal(HttpStatusCode.Conflict, (await ada.Visitor.Htmx(HttpMethod.Put, $"/admin/people/{ada.Me.Id}/disabled", "/admin/people")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await ada.Visitor.Htmx(HttpMethod.Delete, $"/admin/people/{ada.Me.Id}", "/admin/people")).Status);
        var refused = await ada.Save($"/admin/people/{ada.Me.Id}", $"/admin/people/{ada.Me.Id}", Person(""));
        Assert.Contains("role of administrator", refused.At("Role"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_of_another_center_joins_with_the_password_they_have()
    {
        using var ada = await Administrator.Of(site, "joiner@test.example");
        var made = await ada.SaveAndFollow("/admin/people/new", "/admin/people", Person("sol@test.example"));
        Assert.Null(made.Page.QuerySelector("#secret"));
        var here = ada.Center.Agents.Values.Single(a => a.Email == "sol@test.example");
        var form = (await ada.Visitor.Get($"/admin/people/{here.Id}")).Status;
        Assert.Equal(HttpStatusCode.OK, form);
        Assert.Equal(HttpStatusCode.Forbidden, (await ada.Save($"/admin/people/{here.Id}", $"/admin/people/{here.Id}/password")).Status);
        await ada.Visitor.Delete($"/admin/people/{here.Id}");
    }
}
