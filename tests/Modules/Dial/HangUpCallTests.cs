using System.Net;
using Tccc.Modules.Tests;
using Tccc.Telephony;

namespace Tccc.Dial.Tests;

/// <summary>A call is its agent's, and ends once; product.md §5.</summary>
public sealed class HangUpCallTests : DialCenter
{
    [Fact]
    public async Task A_call_can_be_touched_by_nobody_but_its_agent()
    {
        var call = await Talking();
        foreach (var other in new[] { bob, nora })
        {
            await Refused(await other.DeleteAsync(At($"/calls/{call.Id}")));
            await Refused(await other.PutAsync(At($"/calls/{call.Id}/hold"), null));
            await Refused(await other.PutAsync(At($"/calls/{call.Id}/mute"), null));
            Assert.Equal(HttpStatusCode.NoContent, (await other.GetAsync(At($"/calls/{call.Id}/network"))).StatusCode);
        }
        Assert.True(Calls.CallOf(TestCenter.Amy) is { Phase: CallPhase.Talking, Muted: false });
        Assert.False(carrier.Ended);
    }

    [Fact]
    public async Task A_click_on_a_call_that_has_ended_says_so()
    {
        var call = await Talking();
        await amy.DeleteAsync(At($"/calls/{call.Id}"));
        await TestCenter.Until("the call is over", () => Calls.CallOf(TestCenter.Amy) is null && carrier.Ended);
        await Refused(await amy.DeleteAsync(At($"/calls/{call.Id}")), HttpStatusCode.NotFound, "This call has ended.");
        await Refused(await amy.PutAsync(At($"/calls/{call.Id}/hold"), null), HttpStatusCode.NotFound, "This call has ended.");
    }
}
