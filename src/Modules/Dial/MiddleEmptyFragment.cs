using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <param name="Rings">A call rings at this agent now.</param>
/// <param name="DeskPhone">The extension of the phone that rings in place of the page.</param>
/// <param name="Answers">The page answers by itself; <see cref="Parties.AnswerAlone"/>.</param>
/// <param name="HasGroups">Calls of a queue may come.</param>
/// <param name="Reachable">The line is connected, or the desk phone registered.</param>
public sealed record MiddleEmptyModel(
    AgentState State, bool Rings, string? DeskPhone = null, bool Answers = false, bool HasGroups = true, bool Reachable = true);

/// <summary>What stands in the middle without a call: true of the state the agent is in.</summary>
internal sealed class MiddleEmptyFragment(Dispatch dispatch, AgentDevices devices, Centers centers) : IFragment
{
    public const string Id = "middle-empty";

    public string Name => Id;

    public ValueTask<FragmentView> For(AgentScope scope)
    {
        var me = scope.Agent;
        var agent = dispatch.See(me);
        var phone = centers.ExtensionOf(me);
        var (state, rings) = (agent?.State ?? AgentState.Offline, agent?.Offer is not null);
        // named where it rings or will; else everybody's would be a picture of their own
        var named = rings || state is AgentState.Idle ? phone : null;
        var model = new MiddleEmptyModel(
            state, rings, named, devices.AnswerAlone(centers, me),
            centers.GroupIdsOf(me).Any(), phone is null ? devices.IsLineUp(me) : devices.IsPhoneThere(me));
        return new(FragmentView.Kept<MiddleEmpty>(nameof(MiddleEmpty.Model), model));
    }
}
