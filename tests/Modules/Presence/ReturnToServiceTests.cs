using System.Net;
using Tccc.Modules.Tests;

namespace Tccc.Presence.Tests;

/// <summary>The end of a wrap-up by the agent; product.md §2.</summary>
public sealed class ReturnToServiceTests : PresenceCenter
{
    [Fact]
    public async Task Wrap_up_can_be_ended()
    {
        await WrapUp();
        var answer = await amy.DeleteAsync(new Uri("/presence/wrap-up", UriKind.Relative));
        Assert.Contains("Status: Available", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
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
}
