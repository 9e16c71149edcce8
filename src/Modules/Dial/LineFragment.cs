using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <param name="Up">The page's line is connected; with a desk phone: that is registered.</param>
public sealed record LineModel(bool Wanted, bool Up, string? DeskPhone);

/// <summary>What the page's line must be, and whether the server sees it; js/line.js follows. architecture.md «The agent's line».</summary>
internal sealed class LineFragment(Dispatch dispatch, AgentDevices devices, Centers centers) : IFragment
{
    public const string Id = "line";

    public string Name => Id;

    public ValueTask<FragmentView> For(AgentScope scope)
    {
        var online = dispatch.See(scope.Agent) is { State: not AgentState.Offline };
        var phone = online ? centers.ExtensionOf(scope.Agent) : null;
        var model = new LineModel(online, phone is null ? devices.IsLineUp(scope.Agent) : devices.IsPhoneThere(scope.Agent), phone);
        return new(FragmentView.Of<Line>((nameof(Line.Model), model)));
    }
}
