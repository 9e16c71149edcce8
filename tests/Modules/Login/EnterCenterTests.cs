using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login.Tests;

[Collection(OneSite.Name)]
public sealed class EnterCenterTests(Site site)
{
    [Fact]
    public async Task Entering_remembers_the_visit_and_goes_online()
    {
        var agent = await site.NewAgent("enters@test.example");
        using var visitor = await site.SignedIn("enters@test.example");
        Assert.Contains("Not visited yet", (await visitor.Get("/centers")).Words, StringComparison.Ordinal);
        var answer = await visitor.Enter(site.North.Id);
        Assert.Equal((HttpStatusCode.SeeOther, "/workbench"), (answer.Status, answer.Location));
        // it is told to nobody before it is stored: the row rides with the next commit
        await site.Services.GetRequiredService<Writer>().Flush();
        Assert.Contains("Last visit", (await visitor.Get("/centers")).Words, StringComparison.Ordinal);
        Assert.Equal(AgentState.Idle, State(agent));
    }

    [Fact]
    public async Task Entering_without_going_online_leaves_the_agent_offline()
    {
        var agent = await site.NewAgent("quiet@test.example");
        using var visitor = await site.SignedIn("quiet@test.example");
        await visitor.Enter(site.North.Id, online: false);
        Assert.Equal(AgentState.Offline, State(agent));
    }

    [Fact]
    public async Task A_center_of_somebody_else_is_refused()
    {
        using var visitor = await site.SignedIn("nia@test.example");
        var answer = await visitor.Enter(site.South.Id);
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal("You do not belong to this center. Choose one from the list.", answer.Alert);
    }

    [Fact]
    [Trait("Case", "F-D6")]
    public async Task Entering_another_center_in_a_call_is_asked_first_and_the_answer_carries_what_was_chosen()
    {
        Agent here = new() { Nickname = "Two" }, there = new() { Nickname = "Two" };
        await site.Person("two-places@test.example", (site.North, here), (site.South, there));
        using var visitor = await site.SignedIn("two-places@test.example");
        await visitor.Enter(site.North.Id);
        await using var stream = await visitor.Stream("/workbench/stream?workbench=north");
        var dispatch = site.Services.GetRequiredService<Dispatch>();
        dispatch.Began(here.Id, new(4712), ContactKind.Call);
        while (!(await stream.Next("agent-state")).Contains("data-state=\"busy\"", StringComparison.Ordinal))
        {
        }

        Assert.Equal("/workbench", (await visitor.Enter(site.North.Id)).Location);
        var asked = await visitor.Enter(site.South.Id);
        Assert.Equal(HttpStatusCode.Conflict, asked.Status);
        Assert.Contains("If you enter another center now, your line is cut", asked.Words, StringComparison.Ordinal);
        Assert.Equal(here.Id.ToString(), AgentOf(await visitor.Get("/session")));
        Assert.Equal(AgentState.Offline, State(there));

        var form = asked.Page.QuerySelector<IHtmlFormElement>("form[action='/centers']")!;
        var entered = await visitor.Post(
            "/centers", [.. form.QuerySelectorAll<IHtmlInputElement>("input").Select(i => KeyValuePair.Create(i.Name!, i.Value))]);
        Assert.Equal("/workbench", entered.Location);
        Assert.Equal(AgentState.Idle, State(there));
        // the page of the first center is told, and is not the workbench of the second under the first one's name
        await stream.Ends();
        Assert.Equal(there.Id.ToString(), AgentOf(await visitor.Get("/session")));
        Assert.Equal(HttpStatusCode.Conflict, (await visitor.Get($"/workbench/stream?workbench=north&agent={here.Id}")).Status);
        dispatch.Ended(new(4712), here.Id, wrapUp: false);
    }

    private static string AgentOf(Answer answer) => answer.Response.Headers.GetValues("Session-Agent").Single();

    [Fact]
    public async Task A_person_in_no_center_is_told_what_to_do()
    {
        using var visitor = await site.SignedIn("nobody@test.example");
        var page = await visitor.Get("/centers");
        Assert.Contains("You belong to no center yet", page.Words, StringComparison.Ordinal);
        Assert.Null(page.Page.QuerySelector("button[name=center]"));
    }

    private AgentState? State(Agent agent) => site.Services.GetRequiredService<Dispatch>().See(agent.Id)?.State ?? AgentState.Offline;
}
