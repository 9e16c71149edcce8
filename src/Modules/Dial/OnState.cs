using MediatR;
using Tccc.Acd;
using Tccc.Platform;

namespace Tccc.Dial;

/// <summary>The agent's state changed: what stands where no call is says what is true now, and wrap-up begins or ends.</summary>
internal sealed class OnState(WorkbenchStreams streams, DialOutcomes outcomes) : INotificationHandler<Occurred<AgentStateChanged>>
{
    public Task Handle(Occurred<AgentStateChanged> notification, CancellationToken cancellationToken)
    {
        // whoever comes back tomorrow has read it, or never will
        if (notification.Event.To is AgentState.Offline) outcomes.Forget(notification.Event.Agent);
        streams.Refresh(notification.Event.Agent, MiddleEmptyFragment.Id, AtHandFragment.Id, TasksFragment.Id);
        return Task.CompletedTask;
    }
}
