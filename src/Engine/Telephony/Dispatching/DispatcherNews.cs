using MediatR;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Telephony;

// What the dispatcher says of a call goes into the call's mailbox. News of a call that has ended finds none.

internal sealed class OnOfferMade(Switchboard board) : INotificationHandler<Occurred<OfferMade>>
{
    public Task Handle(Occurred<OfferMade> notification, CancellationToken cancellationToken)
    {
        var e = notification.Event;
        if (board.Calls.Find(e.Contact) is not { } call) return Task.CompletedTask;
        var device = board.Devices.KindOf(e.Agent);
        var phoneLeg = device is AgentDevice.DeskPhone ? board.Ids.Next<LegId>() : (LegId?)null;
        // Without a line there is no ear to beep into: the agent is shown the ring bar instead.
        var auto = device is AgentDevice.Line && board.Centers.Agent(e.Agent) is { AutoAnswer: true }
            && board.Devices.LineOf(e.Agent) is not null;
        call.Post(new OfferBegan(e.Offer, e.Agent, e.Group, device, phoneLeg, auto)
        {
            Contact = Switchboard.ConsultationOf(call.Id, e.Contact),
        });
        return Task.CompletedTask;
    }
}

internal sealed class OnOfferEnded(Switchboard board) : INotificationHandler<Occurred<OfferEnded>>
{
    public Task Handle(Occurred<OfferEnded> notification, CancellationToken cancellationToken)
    {
        var e = notification.Event;
        board.Calls.Find(e.Contact)?.Post(new OfferOver(e.Offer, e.Outcome switch
        {
            OfferOutcome.Accepted => AttemptOutcome.Accepted,
            OfferOutcome.Declined => AttemptOutcome.Declined,
            OfferOutcome.CallerGaveUp => AttemptOutcome.CallerGaveUp,
            OfferOutcome.Unreachable => AttemptOutcome.Unreachable,
            OfferOutcome.LostRace => AttemptOutcome.LostRace,
            _ => AttemptOutcome.TimedOut,
        }));
        return Task.CompletedTask;
    }
}

internal sealed class OnContactWaits(Switchboard board) : INotificationHandler<Occurred<ContactWaits>>
{
    public Task Handle(Occurred<ContactWaits> notification, CancellationToken cancellationToken)
    {
        if (board.Calls.Find(notification.Event.Contact) is { } call)
            call.Post(new Waits { Contact = Switchboard.ConsultationOf(call.Id, notification.Event.Contact) });
        return Task.CompletedTask;
    }
}

/// <summary>Nothing is announced where it could not be spoken: the music goes on.</summary>
internal sealed class OnPlaceAnnounced(Switchboard board) : INotificationHandler<Occurred<PlaceAnnounced>>
{
    public Task Handle(Occurred<PlaceAnnounced> notification, CancellationToken cancellationToken)
    {
        var e = notification.Event;
        if (board.Announcements.OfPlace(e.Place) is not null && board.Calls.Find(e.Contact) is { } call)
            call.Post(new PlaceDue(e.Place) { Contact = Switchboard.ConsultationOf(call.Id, e.Contact) });
        return Task.CompletedTask;
    }
}

internal sealed class OnContactMoved(Switchboard board) : INotificationHandler<Occurred<ContactMoved>>
{
    public Task Handle(Occurred<ContactMoved> notification, CancellationToken cancellationToken)
    {
        var e = notification.Event;
        if (board.Calls.Find(e.Contact) is { } call)
            call.Post(new Moved(e.To) { Contact = Switchboard.ConsultationOf(call.Id, e.Contact) });
        return Task.CompletedTask;
    }
}

internal sealed class OnContactReleased(Switchboard board) : INotificationHandler<Occurred<ContactReleased>>
{
    public Task Handle(Occurred<ContactReleased> notification, CancellationToken cancellationToken)
    {
        var reason = ReasonOf(notification.Event);
        if (board.Calls.Find(notification.Event.Contact) is { } call)
        {
            call.Post(new Released(reason, Farewell: board.FarewellOf(reason, null, call.State.Group) is not null)
            {
                Contact = Switchboard.ConsultationOf(call.Id, notification.Event.Contact),
            });
        }

        return Task.CompletedTask;
    }

    private static CallEndReason ReasonOf(ContactReleased e) => e.Reason switch
    {
        ReleaseReason.WaitedTooLong => CallEndReason.WaitedTooLong,
        ReleaseReason.NobodySignedIn => CallEndReason.NobodySignedIn,
        ReleaseReason.GroupGone => CallEndReason.GroupGone,
        _ => e.Refusal switch
        {
            Refusal.Busy => CallEndReason.Busy,
            Refusal.Declined => CallEndReason.Rejected,
            Refusal.TimedOut => CallEndReason.NoAnswer,
            _ => CallEndReason.Unreachable,
        },
    };
}

/// <summary>
/// A desk phone was bound to somebody else or deleted, or a carrier changed: who can be reached, and what is registered, follow.
/// </summary>
internal sealed class OnDirectoryChanged(Switchboard board, Centers centers, AgentDevices devices, TrunkMonitor trunks)
    : INotificationHandler<Occurred<DirectoryChanged>>
{
    public Task Handle(Occurred<DirectoryChanged> notification, CancellationToken cancellationToken)
    {
        trunks.Follow();
        board.Sip.Value.AccountsChanged();
        if (centers.Of(notification.Event.Center) is not { } center) return Task.CompletedTask;
        foreach (var agent in center.Agents.Keys) devices.ReportReachable(agent);
        return Task.CompletedTask;
    }
}
