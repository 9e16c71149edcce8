using Tccc.Acd;
using Tccc.Modules.Tests;

namespace Tccc.Presence.Tests;

/// <summary>A wrap-up without a countdown; product.md §2.</summary>
public sealed class ContinueWrapUpTests : PresenceCenter
{
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
}
