using Tccc.Modules.Tests;
using Tccc.Telephony;

namespace Tccc.Dial.Tests;

/// <summary>A call is held and resumed, muted and unmuted; product.md §5.</summary>
public sealed class HoldCallTests : DialCenter
{
    [Fact]
    public async Task A_call_is_held_resumed_muted_unmuted_and_hung_up_and_each_answer_is_the_panel_as_it_is_then()
    {
        var call = await Talking();
        Assert.Contains("Resume", await Panel(amy.PutAsync(At($"/calls/{call.Id}/hold"), null)), StringComparison.Ordinal);
        Assert.Equal(CallPhase.Held, Calls.CallOf(TestCenter.Amy)!.Phase);
        Assert.Contains(">Hold<", await Panel(amy.DeleteAsync(At($"/calls/{call.Id}/hold"))), StringComparison.Ordinal);
        Assert.Contains("Unmute", await Panel(amy.PutAsync(At($"/calls/{call.Id}/mute"), null)), StringComparison.Ordinal);
        Assert.True(Calls.CallOf(TestCenter.Amy)!.Muted);
        Assert.Contains(">Mute<", await Panel(amy.DeleteAsync(At($"/calls/{call.Id}/mute"))), StringComparison.Ordinal);
        Assert.Contains("data-quality", await Panel(amy.GetAsync(At($"/calls/{call.Id}/network"))), StringComparison.Ordinal);
        Assert.DoesNotContain("data-live", await Panel(amy.DeleteAsync(At($"/calls/{call.Id}"))), StringComparison.Ordinal);
        await TestCenter.Until("both ends are told", () => carrier.Ended && phone.Ended);
    }
}
