using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;

namespace Tccc.Login.Tests;

[Collection(OneAccountSite.Name)]
public sealed class ShowProfileTests(AccountSite site)
{
    [Fact]
    public async Task Personal_information_is_one_s_own_and_the_nickname_changes_in_this_center()
    {
        await site.Member("profile@test.example");
        using var visitor = await InCenter("profile@test.example");
        Assert.Contains("profile@test.example", (await visitor.Get("/settings/profile")).Words, StringComparison.Ordinal);
        Assert.Equal("The nickname can have 50 characters at most.", (await Save(new string('x', 51))).At("Nickname"));
        Assert.Equal("/settings/profile?done=saved", (await Save("<i>Pia</i>")).Location);
        var page = await visitor.Get("/settings/profile");
        Assert.Equal("<i>Pia</i>", page.Page.GetElementById("field-Nickname")!.GetAttribute("value"));
        Assert.Contains(AuditWhat.ProfileChanged, await site.AuditOf("profile@test.example"));

        Task<Answer> Save(string nickname) => visitor.Send("/settings/profile", "/settings/profile", ("Nickname", nickname));
    }

    private async Task<Visitor> InCenter(string email)
    {
        var visitor = await site.SignedIn(email);
        await visitor.Enter(site.North.Id, online: false);
        return visitor;
    }
}
