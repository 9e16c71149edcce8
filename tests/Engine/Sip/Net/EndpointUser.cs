using System.Net;

namespace Tccc.Sip.Tests;

/// <summary>What stands behind an endpoint on real sockets: lets everybody in by default and answers every call.</summary>
internal sealed class EndpointUser : ISipUser
{
    private readonly List<LockedRecorder> calls = [];

    /// <summary>Picks up; otherwise it only rings.</summary>
    public bool Answers { get; set; } = true;

    public Exception? Fault { get; set; }

    public List<LockedRecorder> Calls
    {
        get
        {
            lock (calls) return [.. calls];
        }
    }

    /// <summary>Whose addresses are carriers'; all by default.</summary>
    public Func<IPAddress, bool> Carriers { get; set; } = _ => true;

    public bool IsCarrier(IPAddress address) => Carriers(address);

    public Admission Admit(SipMethod method, IPEndPoint source, SipUri requestUri, SipUri from) => new Admission.Trusted(null);

    public DigestAccount? FindAccount(string username) => null;

    public void RegistrationChanged(string username, bool registered) { }

    public ISessionEvents? Invited(SipSession session)
    {
        var recorder = new LockedRecorder { Session = session };
        lock (calls) calls.Add(recorder);
        session.Ring();
        if (Answers) session.Accept(Recorder.Bytes("answer"));
        return recorder;
    }
}

internal sealed class LockedRecorder : ISessionEvents
{
    private readonly List<SessionEvent> events = [];

    public SipSession Session { get; set; } = null!;

    public SipEnding? Ending
    {
        get
        {
            lock (events) return events.OfType<SessionEvent.Ended>().SingleOrDefault()?.Ending;
        }
    }

    public bool Saw<T>() where T : SessionEvent
    {
        lock (events) return events.OfType<T>().Any();
    }

    public void On(SessionEvent e)
    {
        lock (events) events.Add(e);
        if (e is SessionEvent.Offered) Session.AnswerOffer(Recorder.Bytes("changed"));
    }
}
