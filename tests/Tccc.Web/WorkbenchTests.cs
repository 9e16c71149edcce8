using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Web.Workbench;

namespace Tccc.Web.Tests;

[Collection(OneSite.Name)]
public sealed class WorkbenchTests(Site site)
{
    [Fact]
    public async Task A_stranger_is_sent_to_sign_in_and_back()
    {
        using var visitor = site.Visit();
        var answer = await visitor.Get("/workbench");
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.EndsWith("/login?return=%2Fworkbench", answer.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stream_needs_a_sign_in()
    {
        using var visitor = site.Visit();
        Assert.Equal(
            HttpStatusCode.Unauthorized, (await visitor.Get("/workbench/stream?workbench=a", ("Accept", "text/event-stream"))).Status);
    }

    [Fact]
    public async Task A_person_without_a_center_is_sent_to_choose_one()
    {
        using var visitor = await site.SignedIn("nia@test.example");
        Assert.Equal("/centers", (await visitor.Get("/workbench")).Location);
    }

    [Fact]
    public async Task HTML_in_a_nickname_is_text()
    {
        using var visitor = await site.SignedIn("nia@test.example");
        await visitor.Enter(site.North.Id, online: false);
        var page = await visitor.Get("/workbench");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("<b>Nia</b>", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Nia</b>", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Chinese_workbench_has_no_English_sentence()
    {
        await site.NewAgent("zh@test.example");
        using var visitor = site.Visit("zh-CN");
        await visitor.SignIn("zh@test.example", Site.Password);
        await visitor.Enter(site.North.Id, online: false);
        var words = (await visitor.Get("/workbench")).Words;
        Assert.Contains("客户", words, StringComparison.Ordinal);
        Assert.DoesNotMatch("[a-z]{3,} [a-z]{2,}", words);
    }

    [Fact]
    public async Task The_stream_begins_with_every_fragment()
    {
        await site.NewAgent("hears@test.example");
        using var visitor = await site.SignedIn("hears@test.example");
        await visitor.Enter(site.North.Id);
        await using var stream = await visitor.Stream("/workbench/stream?workbench=only");
        Assert.DoesNotContain("cover-box", await stream.Next("workbench-cover"), StringComparison.Ordinal);
        Assert.Contains("id=\"agent-state\"", await stream.Next("agent-state"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_window_asks_and_the_first_is_told_when_it_takes_over()
    {
        await site.NewAgent("two@test.example");
        using var visitor = await site.SignedIn("two@test.example");
        await visitor.Enter(site.North.Id);
        await using var first = await visitor.Stream("/workbench/stream?workbench=first");
        await first.Next("agent-state");
        await using var second = await visitor.Stream("/workbench/stream?workbench=second");
        Assert.Contains("Take over here?", await second.Next("workbench-cover"), StringComparison.Ordinal);

        var took = await visitor.Htmx(HttpMethod.Put, "/workbench/seat?workbench=second", on: "/workbench");
        Assert.Equal(HttpStatusCode.NoContent, took.Status);
        Assert.Contains("Your workbench was taken over", await first.Next("workbench-cover"), StringComparison.Ordinal);
        await first.Next("taken-over");
        await first.Ends();
        await second.Next("agent-state");
    }

    [Fact]
    public async Task A_window_that_reloads_keeps_its_seat_without_a_question()
    {
        await site.NewAgent("reloads@test.example");
        using var visitor = await site.SignedIn("reloads@test.example");
        await visitor.Enter(site.North.Id);
        await using var before = await visitor.Stream("/workbench/stream?workbench=same");
        await before.Next("agent-state");
        await using var after = await visitor.Stream("/workbench/stream?workbench=same");
        Assert.DoesNotContain("cover-box", await after.Next("workbench-cover"), StringComparison.Ordinal);
        await before.Ends();
    }

    [Fact]
    [Trait("Case", "F-C3")]
    public async Task A_call_is_its_agents_to_the_end_whatever_becomes_of_the_account()
    {
        // all three beside each other: each lasts longer than a silent page is borne
        await Task.WhenAll(
            Keeps("kept-disabled@test.example", agent => Change(agent, row => row.Disabled = true)),
            Keeps("kept-role@test.example", agent => Change(agent, row => row.Role = Role.Supervisor)),
            Keeps("kept-password@test.example", NewPassword));
    }

    private async Task Keeps(string email, Func<Agent, Task> change)
    {
        var agent = await site.NewAgent(email);
        using var page = await site.SignedIn(email);
        await page.Enter(site.North.Id);
        var token = await page.Token("/workbench");
        Task<HttpStatusCode> Ask(HttpMethod method, string path) => page.Ask(method, path, token, htmx: true);
        const string Beat = "/workbench/beat?workbench=kept";
        await using var stream = await page.Stream($"/workbench/stream?workbench=kept&agent={agent.Id}");
        var (dispatch, call) = (site.Services.GetRequiredService<Dispatch>(), new ContactId(agent.Id.Value));
        dispatch.Began(agent.Id, call, ContactKind.Call);
        while (!(await stream.Next("agent-state")).Contains("data-state=\"busy\"", StringComparison.Ordinal))
        {
        }
        await stream.Next("beat");
        Assert.Equal(HttpStatusCode.NoContent, await Ask(HttpMethod.Put, Beat));
        await change(agent);
        for (var passed = TimeSpan.Zero; passed <= WorkbenchStream.SilentAfter; passed += Sse.HeartbeatEvery)
        {
            await stream.Next("beat");
            Assert.Equal(HttpStatusCode.NoContent, await Ask(HttpMethod.Put, Beat));
        }
        // the page that lost its connection has it anew, the line too; nothing else is answered
        await using var anew = await page.Stream($"/workbench/stream?workbench=kept&agent={agent.Id}");
        await anew.Next("agent-state");
        Assert.NotEqual(HttpStatusCode.Unauthorized, await Ask(HttpMethod.Post, "/line"));
        foreach (var path in (string[])["/history", "/waiting", "/workbench", "/centers", "/session"])
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, await Ask(HttpMethod.Get, path)));
        dispatch.Ended(call, agent.Id, wrapUp: false);
        await anew.Ends();
        Assert.Equal(HttpStatusCode.Unauthorized, await Ask(HttpMethod.Put, Beat));
    }

    [Fact]
    [Trait("Case", "F-C16")]
    public async Task A_stream_of_a_session_that_is_over_ends_though_nothing_ever_answered_its_beats() => await Task.WhenAll(
        Ends("ends-role@test.example", agent => Change(agent, row => row.Role = Role.Supervisor)),
        Ends("ends-password@test.example", NewPassword),
        Ends("ends-removed@test.example", agent => Rows(db => db.Set<Agent>().Where(a => a.Id == agent.Id).ExecuteDeleteAsync())));

    private async Task Ends(string email, Func<Agent, Task> change)
    {
        var agent = await site.NewAgent(email);
        using var thief = await site.SignedIn(email);
        await thief.Enter(site.North.Id);
        await using var seat = await thief.Stream("/workbench/stream?workbench=seat");
        await seat.Next("beat");
        await using var asks = await thief.Stream("/workbench/stream?workbench=asks");
        await asks.Next("workbench-cover");
        await change(agent);
        await seat.Ends();
        await asks.Ends();
    }

    private Task Change(Agent agent, Action<Agent> change) =>
        Rows(async db => change(await db.Set<Agent>().SingleAsync(a => a.Id == agent.Id)));

    private Task NewPassword(Agent agent) =>
        Rows(async db => (await db.Set<Person>().SingleAsync(p => p.Id == agent.Person)).SecurityStamp = "of another password");

    private async Task Rows(Func<TcccDb, Task> change)
    {
        await site.Services.GetRequiredService<Writer>().Write(change);
        await site.Services.GetRequiredService<Centers>().Reload(site.North.Id);
    }

    [Fact]
    public async Task When_the_window_that_was_to_take_over_is_gone_the_dispatcher_knows_that_no_page_is_there()
    {
        var agent = await site.NewAgent("vanishes@test.example");
        using var visitor = await site.SignedIn("vanishes@test.example");
        await visitor.Enter(site.North.Id);
        await using var first = await visitor.Stream("/workbench/stream?workbench=first");
        await first.Next("agent-state");
        var (dispatch, workbenches) = (site.Services.GetRequiredService<Dispatch>(), site.Services.GetRequiredService<Workbenches>());
        var scope = new AgentScope(agent.Id, site.North.Id, System.Globalization.CultureInfo.InvariantCulture);
        var streams = site.Services.GetRequiredService<WorkbenchStream>();
        await using (var second = streams.Open(scope, "second", () => true).GetAsyncEnumerator())
        {
            while (await second.MoveNextAsync() && second.Current.EventType != "beat")
            {
            }
            Assert.NotNull(dispatch.See(agent.Id)!.Workbench);
            Assert.True(workbenches.TakeOver(agent.Id, "second"));
        }
        await first.Ends();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (dispatch.See(agent.Id)!.Workbench is not null) await timer.WaitForNextTickAsync(limit.Token);
    }

    [Fact]
    public async Task Taking_over_without_being_asked_is_refused()
    {
        await site.NewAgent("unasked@test.example");
        using var visitor = await site.SignedIn("unasked@test.example");
        await visitor.Enter(site.North.Id);
        var answer = await visitor.Htmx(HttpMethod.Put, "/workbench/seat?workbench=other", on: "/workbench");
        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.NotEmpty(answer.Alert);
    }
}
