using Tccc.Acd;

namespace Tccc.Presence;

/// <summary>The words and colours of states; ui.md «State menu (top right)».</summary>
internal static class Words
{
    public static string Of(AgentState state) => state switch
    {
        AgentState.Idle => "Available",
        AgentState.NotReady => "Not ready",
        AgentState.Break => "Break",
        AgentState.Busy => "Busy",
        AgentState.WrapUp => "Wrap-up",
        _ => "Offline",
    };

    public static string Of(Wish wish) => wish switch
    {
        Wish.Available => "Available",
        Wish.NotReady => "Not ready",
        Wish.Break => "Break",
        _ => "Offline",
    };

    /// <summary>The name app.css knows the colour by (data-state).</summary>
    public static string Css(AgentState state) => state switch
    {
        AgentState.Idle => "available",
        AgentState.NotReady => "not-ready",
        AgentState.Break => "break",
        AgentState.Busy => "busy",
        AgentState.WrapUp => "wrap-up",
        _ => "offline",
    };

    /// <summary>The sentence for a change that the agent did not make; none for those that explain themselves.</summary>
    public static string? Why(StateReason reason) => reason switch
    {
        StateReason.ConnectionLost => "The connection of your workbench was lost.",
        StateReason.MissedCalls => "{0} calls in a row were offered and not answered.",
        StateReason.Restarted => "The server was restarted.",
        _ => null,
    };
}
