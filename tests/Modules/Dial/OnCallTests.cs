using Tccc.Modules.Tests;
using Tccc.Telephony;

namespace Tccc.Dial.Tests;

/// <summary>What a call tells its agent's page; product.md §3.</summary>
public sealed class OnCallTests : DialCenter
{
    [Fact]
    public async Task The_panel_comes_with_the_call_and_the_list_is_empty_when_it_is_over()
    {
        await TestCenter.Pushed(amy, "current-call", html => html.Contains("data-live", StringComparison.Ordinal), Talking);
        await TestCenter.Pushed(
            amy, "tasks", html => html.Contains("No active calls", StringComparison.Ordinal),
            () => amy.DeleteAsync(At($"/calls/{Calls.CallOf(TestCenter.Amy)!.Id}")));
    }

    [Fact]
    public async Task The_panel_says_by_itself_that_nothing_comes_from_either_side() =>
        // neither of the two peers sends any sound
        await TestCenter.Pushed(
            amy, "current-call",
            html => html.Contains("data-silent=\"customer\"", StringComparison.Ordinal)
                && html.Contains("data-silent=\"agent\"", StringComparison.Ordinal),
            Talking);
}
