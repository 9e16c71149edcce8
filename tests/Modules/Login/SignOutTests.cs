using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd;
using Tccc.Directory;

namespace Tccc.Login.Tests;

[Collection(OneAccountSite.Name)]
public sealed class SignOutTests(AccountSite site)
{
    [Fact]
    public async Task A_copy_of_a_signed_out_cookie_opens_nothing()
    {
        await site.Member("copy@test.example");
        using var visitor = await InCenter("copy@test.example");
        var cookie = visitor.Cookies.GetCookieHeader(new Uri($"http://localhost:{site.Address.Port}/"));
        await visitor.Send("/settings/sessions", "/logout");
        using var thief = site.Visit();
        foreach (var path in (string[])["/workbench", "/centers", "/settings/profile", "/workbench/stream?workbench=x"])
            Assert.Contains("/login?return", (await thief.Get(path, ("Cookie", cookie))).Response.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_takes_the_agent_offline()
    {
        var agent = await site.NewAgent("leaves@test.example");
        using var visitor = await site.SignedIn("leaves@test.example");
        await visitor.Enter(site.North.Id);
        var answer = await visitor.Send("/centers", "/logout");
        Assert.Equal((HttpStatusCode.SeeOther, "/login"), (answer.Status, answer.Location));
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.Get("/workbench")).Status);
        Assert.Equal(AgentState.Offline, State(agent));
    }

    [Fact]
    public async Task Signing_out_from_the_workbench_tells_htmx_where_to_go()
    {
        using var visitor = await site.SignedIn("sol@test.example");
        await visitor.Enter(site.South.Id, online: false);
        var answer = await visitor.Htmx(HttpMethod.Post, "/logout", on: "/workbench");
        Assert.Equal("/login", answer.Response.Headers.GetValues("HX-Redirect").Single());
    }

    private async Task<Visitor> InCenter(string email)
    {
        var visitor = await site.SignedIn(email);
        await visitor.Enter(site.North.Id, online: false);
        return visitor;
    }

    private AgentState? State(Agent agent) => site.Services.GetRequiredService<Dispatch>().See(agent.Id)?.State ?? AgentState.Offline;
}
