using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd;
using Tccc.Directory;

namespace Tccc.Admin.Tests;

[Collection(AdminSite.Name)]
public sealed class CreatePersonTests(Site site)
{
    private static (string, string)[] Person(string email, string staff = "", string role = "Agent") =>
        [("Email", email), ("Role", role), ("Nickname", ""), ("StaffNumber", staff)];

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
        Assert.Equal(
            "Somebody else has this staff number.",
            (await ada.Save("/admin/people/new", "/admin/people", Person("second@test.example", "T7"))).At("StaffNumber"));
        Assert.Equal(
            "This person is already in the center.",
            (await ada.Save("/admin/people/new", "/admin/people", Person("FIRST@test.example"))).At("Email"));
        Assert.Contains(
            "Enter an e-mail address", (await ada.Save("/admin/people/new", "/admin/people", Person("no address"))).At("Email"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_was_removed_comes_back_with_a_new_password()
    {
        using var ada = await Administrator.Of(site, "returner@test.example");
        await ada.Save("/admin/people/new", "/admin/people", Person("back@test.example"));
        await ada.Visitor.Delete($"/admin/people/{ada.Center.Agents.Values.Single(a => a.Email == "back@test.example").Id}");
        var made = await ada.SaveAndFollow("/admin/people/new", "/admin/people", Person("back@test.example"));
        using var back = site.Visit();
        Assert.Equal("/centers", (await back.SignIn("back@test.example", made.Page.QuerySelector("#secret")!.TextContent)).Location);
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
