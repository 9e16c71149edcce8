using MediatR;
using Tccc.Acd;
using Tccc.Platform;

namespace Tccc.Presence;

/// <summary>The state changed, by whomever: the menu says so.</summary>
internal sealed class OnAgentStateChanged(WorkbenchStreams streams) : INotificationHandler<Occurred<AgentStateChanged>>
{
    public Task Handle(Occurred<AgentStateChanged> notification, CancellationToken cancellationToken)
    {
        streams.Refresh(notification.Event.Agent, AgentStateFragment.Id);
        return Task.CompletedTask;
    }
}
