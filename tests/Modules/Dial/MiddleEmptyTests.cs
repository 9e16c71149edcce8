using Tccc.Acd;
using Tccc.Modules.Tests;

namespace Tccc.Dial.Tests;

/// <summary>The middle of the workbench without a call; product.md §2.</summary>
public class MiddleEmptyTests
{
    [Theory]
    [Trait("Case", "F-D5")]
    [InlineData(AgentState.Idle, false, "You are Available", "Set yourself Available")]
    [InlineData(AgentState.Idle, true, "A call is ringing", "Set yourself Available")]
    [InlineData(AgentState.NotReady, false, "You are Not ready", "the next call rings here")]
    [InlineData(AgentState.Break, false, "You are on a break", "the next call rings here")]
    [InlineData(AgentState.WrapUp, false, "You are in wrap-up", "Set yourself Available")]
    [InlineData(AgentState.Busy, false, "You are busy", "Set yourself Available")]
    [InlineData(AgentState.Offline, false, "You are offline", "Set yourself Available")]
    public async Task An_empty_middle_says_what_is_true_of_the_state(AgentState state, bool rings, string said, string notSaid)
    {
        var words = (await Drawing.Of<MiddleEmpty>("en", new MiddleEmptyModel(state, rings))).Words;
        Assert.Contains(said, words, StringComparison.Ordinal);
        Assert.DoesNotContain(notSaid, words, StringComparison.Ordinal);
    }
}
