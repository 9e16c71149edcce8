using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd;
using Tccc.Directory;

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
    public async Task A_person_in_no_center_is_told_what_to_do()
    {
        using var visitor = await site.SignedIn("nobody@test.example");
        var page = await visitor.Get("/centers");
        Assert.Contains("You belong to no center yet", page.Words, StringComparison.Ordinal);
        Assert.Null(page.Page.QuerySelector("button[name=center]"));
    }

    private AgentState? State(Agent agent) => site.Services.GetRequiredService<Dispatch>().See(agent.Id)?.State ?? AgentState.Offline;
}
