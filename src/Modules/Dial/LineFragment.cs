using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

public sealed record LineModel(bool Wanted, bool Up, string? DeskPhone);

/// <summary>What the page's line must be, and whether the server sees it; js/line.js follows. architecture.md «The agent's line».</summary>
internal sealed class LineFragment(Dispatch dispatch, Lines lines, Centers centers) : IFragment
{
    public const string Id = "line";

    public string Name => Id;

    public ValueTask<FragmentView> For(AgentScope scope)
    {
        var online = dispatch.See(scope.Agent) is { State: not AgentState.Offline };
        var model = new LineModel(online, lines.IsUp(scope.Agent), online ? centers.ExtensionOf(scope.Agent) : null);
        return new(FragmentView.Of<Line>((nameof(Line.Model), model)));
    }
}
