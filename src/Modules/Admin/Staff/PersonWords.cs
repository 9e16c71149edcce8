using Microsoft.Extensions.Localization;
using Tccc.Acd;

namespace Tccc.Admin;

internal static class PersonWords
{
    public static string Role(IStringLocalizer<Texts> texts, Role role) => role switch
    {
        Tccc.Role.Administrator => texts["Administrator"],
        Tccc.Role.Supervisor => texts["Supervisor"],
        _ => texts["Agent"],
    };

    public static (string Name, string Word) State(IStringLocalizer<Texts> texts, AgentState? state) => state switch
    {
        AgentState.Idle => ("available", texts["Available"]),
        AgentState.NotReady => ("not-ready", texts["Not ready"]),
        AgentState.Break => ("break", texts["Break"]),
        AgentState.Busy => ("busy", texts["Busy"]),
        AgentState.WrapUp => ("wrap-up", texts["Wrap-up"]),
        _ => ("offline", texts["Offline"]),
    };
}
