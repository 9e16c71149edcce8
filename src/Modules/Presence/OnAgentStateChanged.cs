using MediatR;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Presence;

/// <summary>
/// The state changed, by whomever: the menu says so. Who was shut out of the center in a call has left it now, and the page ends.
/// </summary>
internal sealed class OnAgentStateChanged(WorkbenchStreams streams, Centers centers) : INotificationHandler<Occurred<AgentStateChanged>>
{
    public Task Handle(Occurred<AgentStateChanged> notification, CancellationToken cancellationToken)
    {
        var (agent, to) = (notification.Event.Agent, notification.Event.To);
        streams.Refresh(agent, AgentStateFragment.Id);
        if (to is AgentState.Offline && centers.Agent(agent) is not { Disabled: false })
        {
            foreach (var workbench in streams.WorkbenchesOf(agent)) streams.Close(agent, workbench);
        }

        return Task.CompletedTask;
    }
}
