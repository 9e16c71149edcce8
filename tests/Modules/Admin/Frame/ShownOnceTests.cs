using System.Net;

namespace Tccc.Admin.Tests;

[Collection(AdminSite.Name)]
public sealed class ShownOnceTests(Site site)
{
    [Fact]
    [Trait("Case", "F-D12")]
    public async Task The_page_of_a_password_can_be_read_again_by_who_made_it_and_by_nobody_else()
    {
        using var ada = await Administrator.Of(site, "maker@test.example");
        using var bea = await Administrator.Of(site, "onlooker@test.example");
        var made = await ada.Save("/admin/phones/new", "/admin/phones", ("Extension", "6301"), ("Agent", ""));
        Assert.Equal(HttpStatusCode.SeeOther, made.Status);
        var password = (await ada.Visitor.Get(made.Location!)).Page.QuerySelector("#secret")!.TextContent;
        Assert.Equal(password, (await ada.Visitor.Get(made.Location!)).Page.QuerySelector("#secret")!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await bea.Visitor.Get(made.Location!)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ada.Visitor.Get("/admin/passwords/0123")).Status);
    }

    [Fact]
    [Trait("Case", "F-D13")]
    public async Task A_desk_phone_is_given_an_address_that_other_machines_can_reach()
    {
        using var ada = await Administrator.Of(site, "address@test.example");
        var made = await ada.SaveAndFollow("/admin/phones/new", "/admin/phones", ("Extension", "6302"), ("Agent", ""));
        var server = made.Page.QuerySelector(".facts dd")!.TextContent.Trim();
        Assert.True(IPAddress.TryParse(server, out _), server);
        Assert.NotEqual("localhost", server);
    }
}
