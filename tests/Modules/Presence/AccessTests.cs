using System.Net;

namespace Tccc.Presence.Tests;

/// <summary>Who may change a state.</summary>
public sealed class AccessTests : PresenceCenter
{
    [Fact]
    public async Task A_stranger_is_sent_to_sign_in() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await Choose(center.Stranger(), "available")).StatusCode);

    [Fact]
    public async Task A_request_that_no_page_of_ours_made_is_refused()
    {
        amy.DefaultRequestHeaders.Remove("RequestVerificationToken");
        Assert.Equal(HttpStatusCode.Forbidden, (await amy.DeleteAsync(new Uri("/presence/wrap-up", UriKind.Relative))).StatusCode);
    }
}
