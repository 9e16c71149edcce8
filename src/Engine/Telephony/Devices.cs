using System.Collections.Concurrent;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Media;
using Tccc.Platform;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>
/// What agents speak through: the line of their workbench, or the desk phone they are bound to. Knows which is there, and tells the
/// dispatcher and the agent's call when that changes.
/// </summary>
internal sealed class Devices(
    CallTable calls, LegTable legs, IMedia media, Lazy<SipEndpoint> sip, Dispatch dispatch, Centers centers, Writer writer,
    TimeProvider time)
{
    private readonly ConcurrentDictionary<AgentId, AgentLine> lines = new();
    private readonly Lock gate = new();

    /// <summary>An agent who is bound to a desk phone answers there.</summary>
    public AgentDevice KindOf(AgentId agent) => centers.PhoneOfAgent(agent) is null ? AgentDevice.Line : AgentDevice.DeskPhone;

    /// <summary>The leg of the agent's line when sound can flow on it now.</summary>
    public LegId? LineOf(AgentId agent) => lines.TryGetValue(agent, out var line) && line.Up ? line.Leg : null;

    /// <summary>Opens a line in place of an older one; the older is closed.</summary>
    public Result<string> Open(AgentId agent, CenterId center, LegId leg, string sdpOffer)
    {
        var line = new AgentLine(this, agent, center, leg);
        legs.Add(leg, line);
        var answer = media.Answer(leg, LegKind.WebRtc, sdpOffer);
        if (!answer.Ok)
        {
            legs.Remove(leg);
            return answer;
        }

        lock (gate)
        {
            if (lines.TryGetValue(agent, out var old)) Drop(old);
            lines[agent] = line;
            if (line.Up) Came(line);
        }

        return answer;
    }

    public void Close(AgentId agent)
    {
        lock (gate)
        {
            if (!lines.TryRemove(agent, out var line)) return;
            var wasUp = line.Up;
            Drop(line);
            if (wasUp) Went(line);
        }
    }

    /// <summary>Tells a call that has just got this agent how the line is, when that is not what the call believes.</summary>
    public void Tell(AgentId agent, LegId? believed, LiveCall call)
    {
        var line = LineOf(agent);
        if (line == believed) return;
        if (line is { } leg) call.Post(new LineConnected(agent, leg));
        else if (believed is { } gone) call.Post(new LineBroken(agent, gone));
    }

    /// <summary>Tells the dispatcher whether this agent can be reached: at the desk phone when bound to one, else on the line.</summary>
    public void TellReachable(AgentId agent)
    {
        var phone = centers.PhoneOfAgent(agent);
        dispatch.DeviceReachable(agent, phone is null ? LineOf(agent) is not null : sip.Value.BindingOf(phone.SipUser) is not null);
    }

    public void PhoneRegistered(string sipUser, bool registered)
    {
        if (centers.PhoneByExtension(sipUser) is not { BoundAgent: { } agent } phone) return;
        dispatch.DeviceReachable(agent, registered);
        writer.Enqueue(new DeskPhoneChanged(agent, phone.Center, registered, time.GetUtcNow()));
    }

    /// <summary>Whether the desk phone that the agent is bound to is registered; false without one.</summary>
    public bool PhoneIsThere(AgentId agent) => centers.PhoneOfAgent(agent) is { } phone && sip.Value.BindingOf(phone.SipUser) is not null;

    /// <summary>After a start: what phones are there, or not, is not what the dispatcher believes of them.</summary>
    public void TellPhones()
    {
        foreach (var phone in centers.Phones)
        {
            if (phone.BoundAgent is { } agent) TellReachable(agent);
        }
    }

    private void On(AgentLine line, MediaEvent e)
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

    private void Lose(AgentLine line, bool forGood)
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

    private void Drop(AgentLine line)
    {
        var wasUp = line.Up;
        line.Up = false;
        legs.Remove(line.Leg);
        media.Close(line.Leg);
        if (wasUp) calls.Of(line.Agent)?.Post(new LineBroken(line.Agent, line.Leg));
    }

    private void Came(AgentLine line)
    {
        calls.Of(line.Agent)?.Post(new LineConnected(line.Agent, line.Leg));
        writer.Enqueue(new LineUp(line.Agent, line.Center, time.GetUtcNow()));
        TellReachable(line.Agent);
    }

    private void Went(AgentLine line)
    {
        writer.Enqueue(new LineLost(line.Agent, line.Center, time.GetUtcNow()));
        TellReachable(line.Agent);
    }

    private bool IsCurrent(AgentLine line) => lines.TryGetValue(line.Agent, out var current) && ReferenceEquals(current, line);

    private sealed class AgentLine(Devices devices, AgentId agent, CenterId center, LegId leg) : Mailbox<MediaEvent>, IMediaEvents
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
