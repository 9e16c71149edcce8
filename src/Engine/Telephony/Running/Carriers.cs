using System.Globalization;
using System.Text;
using Tccc.Media;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>
/// What carries a leg: a SIP session, or a browser that plays a customer. The workbench's line belongs to no call and has none.
/// </summary>
internal abstract class Carrier(LegId leg)
{
    public LegId Leg => leg;

    /// <summary>The call that the leg belongs to, from when it is made.</summary>
    public LiveCall Call { get; set; } = null!;

    /// <summary>Our description, once media has made it.</summary>
    public string Sdp { get; set; } = "";

    /// <summary>Before an answer of theirs: their early sound has been described, and packets of it have come.</summary>
    public bool IsDescribed { get; set; }

    public bool IsHeard { get; set; }

    public virtual bool IsWeb => false;

    public abstract void Ring();

    public abstract void Accept();

    public abstract void Reject(int status);

    /// <summary>CANCEL, BYE or nothing, whichever the state calls for.</summary>
    public abstract void Hangup();

    /// <summary>Answers the peer's change of the session, or refuses it; then the session goes on as it was.</summary>
    public virtual void Answer(Result<string> sdp)
    {
    }

    /// <summary>A key press for a peer that takes no RFC 4733 events.</summary>
    public virtual void SendInfo(char digit)
    {
    }

    public virtual void Ended(CallEnd end)
    {
    }
}

/// <summary>A session that came in, or one of ours once it is begun.</summary>
internal class SipCarrier(LegId leg) : Carrier(leg), ISessionEvents
{
    public SipSession? Session { get; set; }

    public void On(SessionEvent e) => Call.Post(new LiveCall.LegEvent(Leg, e));

    public override void Ring() => Session?.Ring();

    public override void Accept() => Session?.Accept(Encoding.UTF8.GetBytes(Sdp));

    public override void Reject(int status) => Session?.Reject(status);

    public override void Hangup() => Session?.Hangup();

    public override void Answer(Result<string> sdp)
    {
        if (sdp.Ok) Session?.AnswerOffer(Encoding.UTF8.GetBytes(sdp.Value));
        else Session?.RefuseOffer(sdp.Error.Kind is ErrorKind.Unavailable ? 503 : 488);
    }

    public override void SendInfo(char digit) =>
        Session?.Info("application/dtmf-relay", Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"Signal={digit}\r\nDuration={DigitTiming.Tone.TotalMilliseconds:0}\r\n")));
}

/// <summary>A desk phone that rings, or is talked at: its name at the registrar, and where it is.</summary>
internal sealed class PhoneCarrier(LegId leg, string user, Binding binding) : SipCarrier(leg)
{
    public string User => user;

    public Binding Binding => binding;

    /// <summary>It has refused an offer with plain sound.</summary>
    public bool AskedTwice { get; set; }
}
