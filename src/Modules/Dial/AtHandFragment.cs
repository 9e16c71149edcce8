using Microsoft.AspNetCore.Components;
using Tccc.Acd;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>
/// What an agent has to do with now: the sign by which the panels about it (the wrapped call, the customer) look again. It shows nothing.
/// </summary>
/// <param name="Call">The call in hand, or the one that rings.</param>
public sealed record AtHandModel(long? Call, bool WrapUp);

/// <inheritdoc cref="AtHandModel"/>
internal sealed class AtHandFragment(Calls calls, Dispatch dispatch) : IFragment
{
    public const string Id = "at-hand";

    public string Name => Id;

    public ValueTask<FragmentView> For(AgentScope scope)
    {
        var agent = dispatch.See(scope.Agent);
        var call = calls.CallOf(scope.Agent)?.Id.Value
            ?? (agent?.Offer is { Contact.Kind: ContactKind.Call } offer ? offer.Contact.Id.Value : null);
        return new(FragmentView.Of<AtHand>((nameof(AtHand.Model), new AtHandModel(call, agent?.State is AgentState.WrapUp))));
    }
}
