using System.Globalization;
using Tccc.Directory;

namespace Tccc.Telephony;

/// <summary>The agents' lines: one warm WebRTC connection per agent. architecture.md «The agent's line».</summary>
public sealed class Lines
{
    private readonly Devices devices;
    private readonly Centers centers;
    private readonly IdSource ids;

    internal Lines(Devices devices, Centers centers, IdSource ids) => (this.devices, this.centers, this.ids) = (devices, centers, ids);

    /// <summary>
    /// Opens a line on the browser's SDP offer and gives the SDP answer. An older line of the agent is closed; a call that
    /// runs is joined to the new one once it is connected. Fails with <see cref="LineRefused"/>.
    /// </summary>
    public Result<string> Open(AgentId agent, string sdpOffer)
    {
        if (centers.Of(agent) is not { } center) return new LineRefused("there is no such agent");
        var answer = devices.Open(agent, center.Id, ids.Next<LegId>(), sdpOffer);
        return answer.Ok ? answer : Refused(answer.Error);
    }

    /// <summary>Closes the agent's line, if there is one.</summary>
    public void Close(AgentId agent) => devices.Close(agent);

    /// <summary>Whether sound can flow on the agent's line now.</summary>
    public bool IsUp(AgentId agent) => devices.LineOf(agent) is not null;

    /// <summary>Whether the desk phone that the agent is bound to is registered, so that it can ring.</summary>
    public bool DeskPhoneIsThere(AgentId agent) => devices.PhoneIsThere(agent);

    internal static LineRefused Refused(Error error) => new(string.Format(CultureInfo.InvariantCulture, error.Message, error.Args));
}
