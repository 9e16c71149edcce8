namespace Tccc.Telephony;

/// <summary>The agents' lines: one warm WebRTC connection per agent. architecture.md «The agent's line».</summary>
public sealed class Lines
{
    /// <summary>
    /// Opens a line on the browser's SDP offer and gives the SDP answer. An older line of the agent is closed; a call that
    /// runs is joined to the new one once it is connected. Fails with <see cref="LineRefused"/>.
    /// </summary>
    public Result<string> Open(AgentId agent, string sdpOffer) => throw new NotImplementedException();

    /// <summary>Closes the agent's line, if there is one.</summary>
    public void Close(AgentId agent) => throw new NotImplementedException();

    /// <summary>Whether sound can flow on the agent's line now.</summary>
    public bool IsUp(AgentId agent) => throw new NotImplementedException();
}
