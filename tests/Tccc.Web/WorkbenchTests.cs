using System.Net;

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
