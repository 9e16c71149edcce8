using MediatR;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>
/// Nothing comes from one of the two who talk, or it comes again: the panel says so, and the page is asked for a new line in place of its
/// own.
/// </summary>
internal sealed class OnSilence(WorkbenchStreams streams, AgentDevices devices, SilentLines lines) :
    INotificationHandler<Occurred<CallOneWay>>
{
    public Task Handle(Occurred<CallOneWay> notification, CancellationToken cancellationToken)
    {
        var silence = notification.Event;
        streams.Refresh(silence.Agent, CurrentCallFragment.Id);
        var isTheirLine = silence is { From: CallSide.Agent, Missing: true } && devices.LineOf(silence.Agent) == silence.Leg;
        if (isTheirLine && lines.Ask(silence.Agent, silence.Call, silence.Leg))
            streams.Refresh(silence.Agent, LineFragment.Id);
        return Task.CompletedTask;
    }
}
