using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <param name="Up">The page's line is connected; with a desk phone: that is registered.</param>
/// <param name="Renew">The line that is to be replaced by a new one, since nothing comes on it.</param>
public sealed record LineModel(bool Wanted, bool Up, string? DeskPhone, LegId? Renew = null);

/// <summary>What the page's line must be, and whether the server sees it; js/line.js follows. architecture.md «The agent's line».</summary>
internal sealed class LineFragment(Dispatch dispatch, AgentDevices devices, Calls calls, Centers centers, SilentLines silent) : IFragment
{
    public const string Id = "line";

    public string Name => Id;

    public ValueTask<FragmentView> For(AgentScope scope)
    {
        var online = dispatch.See(scope.Agent) is { State: not AgentState.Offline };
        var phone = online ? centers.ExtensionOf(scope.Agent) : null;
        var up = phone is null ? devices.IsLineUp(scope.Agent) : devices.IsPhoneThere(scope.Agent);
        var renew = silent.ToRenew(scope.Agent, calls.CallOf(scope.Agent)?.Id, devices.LineOf(scope.Agent));
        var model = new LineModel(online, up, phone, renew);
        return new(FragmentView.Of<Line>((nameof(Line.Model), model)));
    }
}
