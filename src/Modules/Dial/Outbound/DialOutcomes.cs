using System.Collections.Concurrent;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>The last call that each agent dialled in vain; news of the moment, which a restart may forget: the record keeps it.</summary>
internal sealed class DialOutcomes
{
    private readonly ConcurrentDictionary<AgentId, CallNotReached> last = new();

    public CallNotReached? Of(AgentId agent) => last.GetValueOrDefault(agent);

    public void Note(CallNotReached call) => last[call.Agent] = call;

    public void Forget(AgentId agent) => last.TryRemove(agent, out _);
}

/// <summary>
/// What became of a call that was not answered: a sentence in the middle, with a way to dial again, until it is read or the next call is
/// there. product.md §5.
/// </summary>
internal sealed class DialOutcomeFragment(DialOutcomes outcomes) : IFragment
{
    public const string Id = "dial-outcome";

    public string Name => Id;

    public ValueTask<FragmentView> For(AgentScope scope) =>
        new(FragmentView.Of<DialOutcome>((nameof(DialOutcome.Model), outcomes.Of(scope.Agent))));
}
