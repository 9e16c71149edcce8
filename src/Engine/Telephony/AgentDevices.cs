using System.Collections.Concurrent;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Media;
using Tccc.Platform;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>
/// What agents speak through: the line of their workbench (one warm WebRTC connection an agent, architecture.md «The agent's line»), or
/// the desk phone they are bound to. Knows which is there, and lets the dispatcher and the agent's call know when that changes.
/// </summary>
public sealed class AgentDevices
{
    private readonly CallTable calls;
    private readonly LegTable legs;
    private readonly IMedia media;
    private readonly Lazy<SipEndpoint> sip;
    private readonly Dispatch dispatch;
    private readonly Centers centers;
    private readonly Writer writer;
    private readonly IdSource ids;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<AgentId, Line> lines = new();
    private readonly Lock gate = new();

    internal AgentDevices(
        CallTable calls, LegTable legs, IMedia media, Lazy<SipEndpoint> sip, Dispatch dispatch, Centers centers, Writer writer,
        IdSource ids, TimeProvider time)
    {
        (this.calls, this.legs, this.media, this.sip, this.dispatch) = (calls, legs, media, sip, dispatch);
        (this.centers, this.writer, this.ids, this.time) = (centers, writer, ids, time);
    }

    /// <summary>
    /// Opens a line on the browser's SDP offer and gives the SDP answer. An older line of the agent is closed; a call that
    /// runs is joined to the new one once it is connected. Fails with <see cref="LineRefused"/>.
    /// </summary>
    public Result<string> OpenLine(AgentId agent, string sdpOffer)
    {
        if (centers.Of(agent) is not { } center) return new LineRefused("there is no such agent");
        var line = new Line(this, agent, center.Id, ids.Next<LegId>());
        legs.Add(line.Leg, line);
        var answer = media.Answer(line.Leg, LegKind.WebRtc, sdpOffer);
        if (!answer.Ok)
        {
            legs.Remove(line.Leg);
            return LineRefused.For(answer.Error);
        }

        lock (gate)
        {
            if (lines.TryGetValue(agent, out var old)) Drop(old);
            lines[agent] = line;
            if (line.Up) Came(line);
        }

        return answer;
    }

    /// <summary>Closes the agent's line, if there is one.</summary>
    public void CloseLine(AgentId agent)
    {
        lock (gate)
        {
            if (!lines.TryRemove(agent, out var line)) return;
            var wasUp = line.Up;
            Drop(line);
            if (wasUp) Went(line);
        }
    }

    /// <summary>Whether sound can flow on the agent's line now.</summary>
    public bool IsLineUp(AgentId agent) => LineOf(agent) is not null;

    /// <summary>Whether the desk phone that the agent is bound to is registered, so that it can ring; false without one.</summary>
    public bool IsPhoneThere(AgentId agent) => centers.PhoneOfAgent(agent) is { } phone && sip.Value.BindingOf(phone.SipUser) is not null;

    /// <summary>An agent who is bound to a desk phone answers there.</summary>
    internal AgentDevice KindOf(AgentId agent) => centers.PhoneOfAgent(agent) is null ? AgentDevice.Line : AgentDevice.DeskPhone;

    /// <summary>The leg of the agent's line when sound can flow on it now.</summary>
    public LegId? LineOf(AgentId agent) => lines.TryGetValue(agent, out var line) && line.Up ? line.Leg : null;

    /// <summary>Lets a call that has just got this agent know how the line is, when that is not what the call believes.</summary>
    internal void Inform(AgentId agent, LegId? believed, LiveCall call)
    {
        var line = LineOf(agent);
        if (line == believed) return;
        if (line is { } leg) call.Post(new LineConnected(agent, leg));
        else if (believed is { } gone) call.Post(new LineBroken(agent, gone));
    }

    /// <summary>Reports whether this agent can be reached: at the desk phone when bound to one, else on the line.</summary>
    internal void ReportReachable(AgentId agent)
    {
        dispatch.DeviceReachable(agent, KindOf(agent) is AgentDevice.Line ? IsLineUp(agent) : IsPhoneThere(agent));
    }

    internal void PhoneRegistered(string sipUser, bool registered)
    {
        if (centers.PhoneByExtension(sipUser) is not { BoundAgent: { } agent } phone) return;
        dispatch.DeviceReachable(agent, registered);
        writer.Enqueue(new DeskPhoneChanged(agent, phone.Center, registered, time.GetUtcNow()));
    }

    /// <summary>After a start: what phones are there, or not, is not what the dispatcher believes of them.</summary>
    internal void ReportPhones()
    {
        foreach (var phone in centers.Phones)
        {
            if (phone.BoundAgent is { } agent) ReportReachable(agent);
        }
    }

    private void On(Line line, MediaEvent e)
    {
        switch (e)
        {
            case MediaEvent.Connected:
                lock (gate)
                {
                    if (line.Up) return;
                    line.Up = true;
                    if (IsCurrent(line)) Came(line);
                }

                break;
            case MediaEvent.Lost lost:
                lock (gate) Lose(line, forGood: lost.Reason is LostReason.ClosedByPeer or LostReason.HandshakeFailed);
                break;
            default:
                calls.Of(line.Agent)?.Post(e);
                break;
        }
    }

    private void Lose(Line line, bool forGood)
    {
        if (!IsCurrent(line)) return;
        var wasUp = line.Up;
        line.Up = false;
        if (forGood)
        {
            lines.TryRemove(new(line.Agent, line));
            Drop(line);
        }

        if (!wasUp) return;
        calls.Of(line.Agent)?.Post(new LineBroken(line.Agent, line.Leg));
        Went(line);
    }

    private void Drop(Line line)
    {
        var wasUp = line.Up;
        line.Up = false;
        legs.Remove(line.Leg);
        calls.Of(line.Agent)?.Post(new LiveCall.LineMeasured(line.Leg, media.TakeQuality(line.Leg)));
        media.Close(line.Leg);
        if (wasUp) calls.Of(line.Agent)?.Post(new LineBroken(line.Agent, line.Leg));
    }

    private void Came(Line line)
    {
        calls.Of(line.Agent)?.Post(new LineConnected(line.Agent, line.Leg));
        writer.Enqueue(new LineUp(line.Agent, line.Center, time.GetUtcNow()));
        ReportReachable(line.Agent);
    }

    private void Went(Line line)
    {
        writer.Enqueue(new LineLost(line.Agent, line.Center, time.GetUtcNow()));
        ReportReachable(line.Agent);
    }

    private bool IsCurrent(Line line) => lines.TryGetValue(line.Agent, out var current) && ReferenceEquals(current, line);

    private sealed class Line(AgentDevices devices, AgentId agent, CenterId center, LegId leg) : Mailbox<MediaEvent>, IMediaEvents
    {
        private volatile bool up;

        public AgentId Agent => agent;

        public CenterId Center => center;

        public LegId Leg => leg;

        public bool Up { get => up; set => up = value; }

        public void On(MediaEvent e) => PutAside(e);

        protected override void Work()
        {
            while (TryTake(out var e)) devices.On(this, e);
        }
    }
}
