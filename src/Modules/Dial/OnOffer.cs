using MediatR;
using Tccc.Acd;
using Tccc.Platform;

namespace Tccc.Dial;

/// <summary>An offer begins or ends: the ring bar comes and goes.</summary>
internal sealed class OnOffer(WorkbenchStreams streams) : INotificationHandler<Occurred<OfferMade>>, INotificationHandler<Occurred<OfferEnded>>
{
    public Task Handle(Occurred<OfferMade> notification, CancellationToken cancellationToken) => Refresh(notification.Event.Agent);

    public Task Handle(Occurred<OfferEnded> notification, CancellationToken cancellationToken) => Refresh(notification.Event.Agent);

    private Task Refresh(AgentId agent)
    {
        streams.Refresh(agent, IncomingCallFragment.Id);
        return Task.CompletedTask;
    }
}
