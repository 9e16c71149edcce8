using MediatR;
using Tccc.Acd;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>The line or the bound desk phone came or went, or the agent's state says that there must be one or none.</summary>
internal sealed class OnLine(WorkbenchStreams streams, AgentDevices devices) :
    INotificationHandler<Occurred<LineUp>>, INotificationHandler<Occurred<LineLost>>, INotificationHandler<Occurred<DeskPhoneChanged>>,
    INotificationHandler<Occurred<AgentStateChanged>>
{
    public Task Handle(Occurred<LineUp> notification, CancellationToken cancellationToken) => Refresh(notification.Event.Agent);

    public Task Handle(Occurred<LineLost> notification, CancellationToken cancellationToken) => Refresh(notification.Event.Agent);

    public Task Handle(Occurred<DeskPhoneChanged> notification, CancellationToken cancellationToken) => Refresh(notification.Event.Agent);

    public Task Handle(Occurred<AgentStateChanged> notification, CancellationToken cancellationToken)
    {
        // The page closes its line by itself; one whose page is gone must not stay for that.
        if (notification.Event.To == AgentState.Offline) devices.CloseLine(notification.Event.Agent);
        return notification.Event is { From: AgentState.Offline } or { To: AgentState.Offline }
            ? Refresh(notification.Event.Agent)
            : Task.CompletedTask;
    }

    private Task Refresh(AgentId agent)
    {
        streams.Refresh(agent, LineFragment.Id);
        return Task.CompletedTask;
    }
}
