using MediatR;
using Tccc.Acd;
using Tccc.Platform;

namespace Tccc.Dial;

/// <summary>An offer begins or ends: the ring bar comes and goes, and what was missed is told.</summary>
internal sealed class OnOffer(WorkbenchStreams streams, MissedMarks marks)
    : INotificationHandler<Occurred<OfferMade>>, INotificationHandler<Occurred<OfferEnded>>
{
    public Task Handle(Occurred<OfferMade> notification, CancellationToken cancellationToken) => Refresh(notification.Event.Agent);

    public Task Handle(Occurred<OfferEnded> notification, CancellationToken cancellationToken)
    {
        var (agent, outcome) = (notification.Event.Agent, notification.Event.Outcome);
        if (outcome is OfferOutcome.TimedOut or OfferOutcome.Unreachable or OfferOutcome.Declined)
        {
            marks.Note(agent);
            streams.Refresh(agent, MissedFragment.Id);
        }
        return Refresh(agent);
    }

    private Task Refresh(AgentId agent)
    {
        streams.Refresh(agent, IncomingCallFragment.Id, AtHandFragment.Id, MiddleEmptyFragment.Id);
        return Task.CompletedTask;
    }
}
