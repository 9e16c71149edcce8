using Tccc.Acd;

namespace Tccc.Presence;

/// <summary>All that the state menu's choices depend on, besides the language. Equal where its values are equal.</summary>
/// <param name="BreakReasons">Of the center, in the order of the menu.</param>
/// <param name="Chosen">Where the mark stands: while Busy at what comes next, else at what is; nowhere when neither was chosen.</param>
/// <param name="Offline">Whether the agent is, and is offered to go online.</param>
public sealed record ChoicesModel(IReadOnlyList<string> BreakReasons, Choice? Chosen, bool Offline)
{
    public static ChoicesModel Of(IReadOnlyList<string> breakReasons, AgentState state, string? breakReason, Choice? next)
    {
        Choice? present = state switch
        {
            AgentState.Idle => Choice.Available,
            AgentState.NotReady => Choice.NotReady,
            AgentState.Break => new(Wish.Break, breakReason),
            _ => null,
        };
        return new(breakReasons, next ?? present, state == AgentState.Offline);
    }

    public bool Equals(ChoicesModel? other) =>
        other is not null && Chosen == other.Chosen && Offline == other.Offline && BreakReasons.SequenceEqual(other.BreakReasons);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Chosen);
        hash.Add(Offline);
        foreach (var reason in BreakReasons) hash.Add(reason);
        return hash.ToHashCode();
    }
}
