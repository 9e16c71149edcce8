using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd;
using Tccc.Modules.Tests;

namespace Tccc.Presence.Tests;

/// <summary>The use cases of Presence through HTTP, on the real dispatcher; product.md §2.</summary>
public sealed class UseCaseTests : IAsyncLifetime
{
    private TestCenter center = null!;
    private HttpClient amy = null!;

    public async Task InitializeAsync()
    {
        center = await TestCenter.Start(builder => builder.Services.AddPresence(), app => new PresenceModule().AddRoutes(app));
        amy = await center.As(TestCenter.Amy);
    }

    public async Task DisposeAsync() => await center.DisposeAsync();

    [Theory]
    [InlineData("not-ready", "", "Status: Not ready")]
    [InlineData("break", "Meeting", "Status: Break (Meeting)")]
    [InlineData("offline", "", "Status: Offline")]
    [InlineData("available", "", "Status: Available")]
    public async Task A_chosen_state_is_answered_with_the_menu_as_it_is_then(string choice, string reason, string name)
    {
        await center.Online(TestCenter.Amy);
        var answer = await Choose(amy, choice, reason);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains($"aria-label=\"{name}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_reaches_the_agents_open_page() =>
        await TestCenter.Pushed(amy, "agent-state", html => html.Contains("Status: Not ready", StringComparison.Ordinal), async () =>
        {
            await center.Online(TestCenter.Amy);
            Assert.True((await center.Get<Dispatch>().Choose(TestCenter.Amy, Choice.NotReady, ChangedBy.Agent)).Ok);
        });

    [Fact]
    public async Task While_busy_a_choice_becomes_what_comes_next()
    {
        await Serve();
        var answer = await (await Choose(amy, "not-ready")).Content.ReadAsStringAsync();
        Assert.Contains("Status: Busy", answer, StringComparison.Ordinal);
        Assert.Contains("Next: Not ready", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrap_up_can_be_ended()
    {
        await WrapUp();
        var answer = await amy.DeleteAsync(new Uri("/presence/wrap-up", UriKind.Relative));
        Assert.Contains("Status: Available", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrap_up_can_be_continued_without_a_countdown_until_the_agent_returns()
    {
        await WrapUp();
        var answer = await (await amy.DeleteAsync(new Uri("/presence/wrap-up/countdown", UriKind.Relative))).Content.ReadAsStringAsync();
        Assert.Contains("Status: Wrap-up", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("data-left", answer, StringComparison.Ordinal);
        await amy.DeleteAsync(new Uri("/presence/wrap-up", UriKind.Relative));
        await center.Is(TestCenter.Amy, AgentState.Idle);
    }

    [Theory]
    [InlineData("/presence/wrap-up")]
    [InlineData("/presence/wrap-up/countdown")]
    public async Task A_click_that_comes_after_the_wrap_up_says_so(string path)
    {
        await center.Online(TestCenter.Amy);
        var answer = await amy.DeleteAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("Your wrap-up has already ended.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("busy", "", "en", "There is no such state; choose one from the menu.")]
    [InlineData("", "", "zh-CN", "没有这个状态，请从菜单中选择。")]
    [InlineData("break", "", "en", "Choose a reason for the break.")]
    [InlineData("break", "Holiday", "en", "There is no break reason")]
    public async Task A_choice_that_does_not_exist_is_refused_in_the_agents_language(
        string choice, string reason, string language, string sentence)
    {
        var answer = await Choose(await center.As(TestCenter.Amy, language), choice, reason);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(sentence, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_is_sent_to_sign_in() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await Choose(center.Stranger(), "available")).StatusCode);

    [Fact]
    public async Task A_request_that_no_page_of_ours_made_is_refused()
    {
        amy.DefaultRequestHeaders.Remove("RequestVerificationToken");
        Assert.Equal(HttpStatusCode.Forbidden, (await amy.DeleteAsync(new Uri("/presence/wrap-up", UriKind.Relative))).StatusCode);
    }

    private static Task<HttpResponseMessage> Choose(HttpClient browser, string choice, string reason = "") =>
        browser.PutAsync(
            new Uri("/presence/state", UriKind.Relative), new FormUrlEncodedContent([new("choice", choice), new("reason", reason)]));

    private async Task<Contact> Serve()
    {
        await center.Online(TestCenter.Amy);
        var caller = center.Caller();
        Assert.True((await center.Get<Dispatch>().Accept((await center.Rings(TestCenter.Amy)).Id, TestCenter.Amy)).Ok);
        await center.Is(TestCenter.Amy, AgentState.Busy);
        return caller;
    }

    private async Task WrapUp()
    {
        center.Get<Dispatch>().Ended((await Serve()).Id, TestCenter.Amy, wrapUp: true);
        await center.Is(TestCenter.Amy, AgentState.WrapUp);
    }
}
