using Microsoft.Extensions.Localization;
using Tccc.Directory;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>How the two ends of a call are named, the same everywhere.</summary>
internal static class Parties
{
    public static string Who(IStringLocalizer<Texts> texts, string customer) => customer.Length > 0 ? customer : texts["Withheld number"];

    /// <param name="group">None for a number that leads to this agent in person.</param>
    /// <param name="direction">Of a call that the agent made, <paramref name="called"/> is what was shown to the other side.</param>
    public static string Where(
        IStringLocalizer<Texts> texts, string? group, string called, CallDirection direction = CallDirection.Inbound) =>
        direction is CallDirection.Outbound ? texts["Called from {0}", called]
        : direction is CallDirection.Internal ? texts["Internal call"]
        : group is null ? texts["For you · {0}", called] : $"{group} · {called}";

    /// <summary>Calls are answered with no click: only where the page has the ear that hears the tone.</summary>
    public static bool AnswerAlone(this AgentDevices devices, Centers centers, AgentId agent) =>
        centers.Agent(agent) is { AutoAnswer: true } && centers.ExtensionOf(agent) is null && devices.IsLineUp(agent);
}

internal static class CentersExtensions
{
    /// <summary>A group's name; none when it is gone.</summary>
    public static string? NameOf(this Centers centers, GroupId? group) => group is { } id ? centers.Group(id)?.Name : null;

    /// <summary>An agent's name; empty of one who left the center.</summary>
    public static string AgentName(this Centers centers, AgentId? agent) => agent is { } id ? centers.Agent(id)?.Name ?? "" : "";

    /// <summary>The desk phone that rings in place of the page's line.</summary>
    public static string? ExtensionOf(this Centers centers, AgentId agent) => centers.PhoneOfAgent(agent)?.Extension;
}
