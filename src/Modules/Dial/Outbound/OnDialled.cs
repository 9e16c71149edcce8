using MediatR;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>A call that nobody answered is told; the next one takes its place.</summary>
internal sealed class OnDialled(DialOutcomes outcomes, WorkbenchStreams streams) :
    INotificationHandler<Occurred<CallNotReached>>, INotificationHandler<Occurred<CallDialled>>,
    INotificationHandler<Occurred<CallAnswered>>
{
    public Task Handle(Occurred<CallNotReached> notification, CancellationToken cancellationToken)
    {
        outcomes.Note(notification.Event);
        streams.Refresh(notification.Event.Agent, DialOutcomeFragment.Id);
        return Task.CompletedTask;
    }

    public Task Handle(Occurred<CallDialled> notification, CancellationToken cancellationToken) => Forget(notification.Event.Agent);

    public Task Handle(Occurred<CallAnswered> notification, CancellationToken cancellationToken) => Forget(notification.Event.Agent);

    private Task Forget(AgentId agent)
    {
        if (outcomes.Of(agent) is null) return Task.CompletedTask;
        outcomes.Forget(agent);
        streams.Refresh(agent, DialOutcomeFragment.Id);
        return Task.CompletedTask;
    }
}
