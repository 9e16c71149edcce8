using MediatR;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>Something happened to an agent's call: the panel and the list say so.</summary>
internal sealed class OnCall(WorkbenchStreams streams) :
    INotificationHandler<Occurred<CallDialled>>,
    INotificationHandler<Occurred<CallAlerted>>,
    INotificationHandler<Occurred<CallAnswered>>,
    INotificationHandler<Occurred<CallHeld>>,
    INotificationHandler<Occurred<CallResumed>>,
    INotificationHandler<Occurred<CallMuted>>,
    INotificationHandler<Occurred<CallInterrupted>>,
    INotificationHandler<Occurred<CallRejoined>>,
    INotificationHandler<Occurred<CallReturned>>,
    INotificationHandler<Occurred<CallShared>>,
    INotificationHandler<Occurred<CallEnded>>
{
    public Task Handle(Occurred<CallDialled> notification, CancellationToken cancellationToken) => Refresh(notification.Event.Agent);

    public Task Handle(Occurred<CallAlerted> notification, CancellationToken cancellationToken) => Refresh(notification.Event.Agent);

    public Task Handle(Occurred<CallAnswered> notification, CancellationToken cancellationToken) => Refresh(notification.Event.Agent);

    public Task Handle(Occurred<CallHeld> notification, CancellationToken cancellationToken) => Refresh(notification.Event.Agent);

    public Task Handle(Occurred<CallResumed> notification, CancellationToken cancellationToken) => Refresh(notification.Event.Agent);

    public Task Handle(Occurred<CallMuted> notification, CancellationToken cancellationToken) => Refresh(notification.Event.Agent);

    public Task Handle(Occurred<CallInterrupted> notification, CancellationToken cancellationToken) => Refresh(notification.Event.Agent);

    public Task Handle(Occurred<CallRejoined> notification, CancellationToken cancellationToken) => Refresh(notification.Event.Agent);

    public Task Handle(Occurred<CallReturned> notification, CancellationToken cancellationToken) => Refresh(notification.Event.Agent);

    public Task Handle(Occurred<CallShared> notification, CancellationToken cancellationToken)
    {
        // what rings may be the customer now, and was a question
        streams.Refresh(notification.Event.Agent, IncomingCallFragment.Id);
        return Refresh(notification.Event.Agent);
    }

    public Task Handle(Occurred<CallEnded> notification, CancellationToken cancellationToken) =>
        notification.Event.Agent is { } agent ? Refresh(agent) : Task.CompletedTask;

    private Task Refresh(AgentId agent)
    {
        streams.Refresh(agent, CurrentCallFragment.Id, TasksFragment.Id, AtHandFragment.Id);
        return Task.CompletedTask;
    }
}
