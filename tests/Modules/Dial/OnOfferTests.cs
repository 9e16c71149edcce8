using Tccc.Acd;
using Tccc.Directory;
using Tccc.Modules.Tests;

namespace Tccc.Dial.Tests;

/// <summary>An offer comes to the agent's page and leaves it; product.md §4.</summary>
public sealed class OnOfferTests : DialCenter
{
    [Fact]
    public async Task An_offer_brings_the_ring_bar_to_the_agents_page_and_its_end_takes_it_away()
    {
        await center.Online(TestCenter.Bob);
        Contact? caller = null;
        await TestCenter.Pushed(
            bob, "incoming-call", html => html.Contains("13800138000", StringComparison.Ordinal),
            () => Task.FromResult(caller = center.Caller()));
        await TestCenter.Pushed(bob, "incoming-call", html => !html.Contains("alertdialog", StringComparison.Ordinal), () =>
        {
            Dispatch.Withdraw(caller!.Id, TestCenter.Center);
            return Task.CompletedTask;
        });
    }
}
