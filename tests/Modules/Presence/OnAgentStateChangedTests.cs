using Tccc.Acd;
using Tccc.Directory;
using Tccc.Modules.Tests;

namespace Tccc.Presence.Tests;

/// <summary>A change of state is told to the agent's pages; product.md §2.</summary>
public sealed class OnAgentStateChangedTests : PresenceCenter
{
    [Fact]
    public async Task A_change_reaches_the_agents_open_page() =>
        await TestCenter.Pushed(amy, "agent-state", html => html.Contains("Status: Not ready", StringComparison.Ordinal), async () =>
        {
            await center.Online(TestCenter.Amy);
            Assert.True((await center.Get<Dispatch>().Choose(TestCenter.Amy, Choice.NotReady, ChangedBy.Agent)).Ok);
        });
}
