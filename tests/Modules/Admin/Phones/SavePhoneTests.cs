using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;

namespace Tccc.Admin.Tests;

[Collection(AdminSite.Name)]
public sealed class SavePhoneTests(Site site)
{
    [Fact]
    public async Task Two_desk_phones_with_one_extension_are_refused_and_so_are_two_phones_of_one_person()
    {
        using var ada = await Administrator.Of(site, "phones@test.example");
        var made = await ada.SaveAndFollow("/admin/phones/new", "/admin/phones", ("Extension", "6001"), ("Agent", ada.Me.Id.ToString()));
        Assert.NotEmpty(made.Page.QuerySelector("#secret")!.TextContent);
        Assert.Contains("6001", made.Words, StringComparison.Ordinal);
        Assert.Equal(
            "Another desk phone has this extension.",
            (await ada.Save("/admin/phones/new", "/admin/phones", ("Extension", "6001"), ("Agent", ""))).At("Extension"));
        Assert.Contains(
            "can have only one",
            (await ada.Save("/admin/phones/new", "/admin/phones", ("Extension", "6002"), ("Agent", ada.Me.Id.ToString()))).At("Agent"),
            StringComparison.Ordinal);
        var phone = ada.Center.Phones.Values.Single(p => p.Extension == "6001");
        Assert.Equal(HttpStatusCode.Conflict, (await ada.Visitor.Delete($"/admin/phones/{phone.Id}")).Status);
        await ada.Save($"/admin/phones/{phone.Id}", $"/admin/phones/{phone.Id}", ("Agent", ""));
        await ada.Visitor.Delete($"/admin/phones/{phone.Id}");
        Assert.DoesNotContain(ada.Center.Phones.Values, p => p.Extension == "6001");
    }
}
