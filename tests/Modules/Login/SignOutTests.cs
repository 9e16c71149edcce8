using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
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
            Assert.Contains(
                "/login?return", (await thief.Get(path, ("Cookie", cookie))).Response.Headers.Location!.OriginalString,
                StringComparison.Ordinal);
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

    [Fact]
    [Trait("Case", "F-D6")]
    public async Task Signing_out_in_a_call_is_asked_first_wherever_the_button_stands()
    {
        var agent = await site.NewAgent("leaver@test.example");
        using var visitor = await site.SignedIn("leaver@test.example");
        await visitor.Enter(site.North.Id);
        var dispatch = site.Services.GetRequiredService<Dispatch>();
        dispatch.Began(agent.Id, new(4711), ContactKind.Call);
        Assert.Equal(AgentState.Busy, await Becomes(dispatch, agent.Id, AgentState.Busy));

        foreach (var address in (string[])["/logout", "/logout/everywhere"])
        {
            var asked = await visitor.Htmx(HttpMethod.Post, address, on: "/workbench");
            Assert.Equal(HttpStatusCode.Conflict, asked.Status);
            Assert.Equal("#ask", asked.Response.Headers.GetValues("HX-Retarget").Single());
            Assert.Contains("You are in a call", asked.Words, StringComparison.Ordinal);
        }
        var page = await visitor.Send("/settings/sessions", "/logout");
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        var form = page.Page.QuerySelector<IHtmlFormElement>("form[action='/logout']")!;
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/workbench")).Status);
        var gone =
            await visitor.Post(
                "/logout", [.. form.QuerySelectorAll<IHtmlInputElement>("input").Select(i => KeyValuePair.Create(i.Name!, i.Value))]);
        Assert.Equal("/login", gone.Location);
        dispatch.Ended(new(4711), agent.Id, wrapUp: false);
    }

    [Fact]
    public async Task A_whole_office_signs_out_from_one_address()
    {
        await site.Member("office@test.example");
        using var visitor = await InCenter("office@test.example");
        var token = KeyValuePair.Create("__RequestVerificationToken", await visitor.Token("/centers"));
        // more than may sign in at once; the first of them ends the session
        for (var i = 0; i < 100; i++) Assert.NotEqual(HttpStatusCode.TooManyRequests, (await visitor.Post("/logout", token)).Status);
    }

    private static async Task<AgentState?> Becomes(Dispatch dispatch, AgentId agent, AgentState wanted)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (dispatch.See(agent)?.State != wanted && !limit.IsCancellationRequested)
            await timer.WaitForNextTickAsync(CancellationToken.None);
        return dispatch.See(agent)?.State;
    }

    private async Task<Visitor> InCenter(string email)
    {
        var visitor = await site.SignedIn(email);
        await visitor.Enter(site.North.Id, online: false);
        return visitor;
    }

    private AgentState? State(Agent agent) => site.Services.GetRequiredService<Dispatch>().See(agent.Id)?.State ?? AgentState.Offline;
}
