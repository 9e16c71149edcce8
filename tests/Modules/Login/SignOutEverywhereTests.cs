using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd;
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

    [Fact]
    [Trait("Case", "F-D6")]
    public async Task A_call_in_another_center_is_asked_about_too()
    {
        Agent here = new() { Nickname = "Both" }, there = new() { Nickname = "Both" };
        await site.Person("both@test.example", (site.North, here), (site.South, there));
        using var visitor = await InCenter("both@test.example");
        var dispatch = site.Services.GetRequiredService<Dispatch>();
        dispatch.Began(there.Id, new(4713), ContactKind.Call);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (dispatch.See(there.Id) is not { State: AgentState.Busy }) await timer.WaitForNextTickAsync(limit.Token);
        Assert.Equal(HttpStatusCode.Conflict, (await visitor.Send("/settings/sessions", "/logout/everywhere")).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/workbench")).Status);
        dispatch.Ended(new(4713), there.Id, wrapUp: false);
    }

    private async Task<Visitor> InCenter(string email)
    {
        var visitor = await site.SignedIn(email);
        await visitor.Enter(site.North.Id, online: false);
        return visitor;
    }
}
