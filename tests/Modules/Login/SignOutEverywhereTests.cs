using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;

namespace Tccc.Login.Tests;

[Collection(OneAccountSite.Name)]
public sealed class SignOutEverywhereTests(AccountSite site)
{
    [Fact]
    public async Task Signing_out_everywhere_ends_every_session()
    {
        await site.Member("all@test.example");
        using var here = await InCenter("all@test.example");
        using var there = await InCenter("all@test.example");
        Assert.Equal("/login", (await here.Send("/settings/sessions", "/logout/everywhere")).Location);
        Assert.StartsWith("/login", (await there.Get("/workbench")).Response.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        Assert.Contains(AuditWhat.SignedOutEverywhere, await site.AuditOf("all@test.example"));
    }

    private async Task<Visitor> InCenter(string email)
    {
        var visitor = await site.SignedIn(email);
        await visitor.Enter(site.North.Id, online: false);
        return visitor;
    }
}
