using System.Net;
using Tccc.Modules.Tests;

namespace Tccc.Presence.Tests;

/// <summary>A state is chosen; product.md §2.</summary>
public sealed class ChooseStateTests : PresenceCenter
{
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
    public async Task While_busy_a_choice_becomes_what_comes_next()
    {
        await Serve();
        var answer = await (await Choose(amy, "not-ready")).Content.ReadAsStringAsync();
        Assert.Contains("Status: Busy", answer, StringComparison.Ordinal);
        Assert.Contains("Next: Not ready", answer, StringComparison.Ordinal);
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
}
