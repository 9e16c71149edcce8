using System.Text;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>What carries the customer's leg: a SIP session, or a browser that plays a customer.</summary>
internal abstract class CustomerSide
{
    /// <summary>Our description, once media has made it.</summary>
    public string Sdp { get; set; } = "";

    public virtual bool IsWeb => false;

    public abstract void Ring();

    public abstract void Accept();

    public abstract void Reject(int status);

    public abstract void Hangup();

    public virtual void Answer(Result<string> sdp)
    {
    }

    public virtual void SendInfo(char digit)
    {
    }

    public virtual void Ended(CallEnd end)
    {
    }
}

internal sealed class SipCustomer(SipSession session) : CustomerSide
{
    public override void Ring() => session.Ring();

    public override void Accept() => session.Accept(Encoding.UTF8.GetBytes(Sdp));

    public override void Reject(int status) => session.Reject(status);

    public override void Hangup() => session.Hangup();

    public override void Answer(Result<string> sdp) => session.Answer(sdp);

    public override void SendInfo(char digit) => session.SendInfo(digit);
}

internal static class SessionOrders
{
    /// <summary>Answers the peer's change of the session, or refuses it; then the session goes on as it was.</summary>
    public static void Answer(this SipSession session, Result<string> sdp)
    {
        if (sdp.Ok) session.AnswerOffer(Encoding.UTF8.GetBytes(sdp.Value));
        else session.RefuseOffer(sdp.Error.Kind is ErrorKind.Unavailable ? 503 : 488);
    }

    /// <summary>A key press for a peer that takes no RFC 4733 events.</summary>
    public static void SendInfo(this SipSession session, char digit) =>
        session.Info("application/dtmf-relay", Encoding.ASCII.GetBytes($"Signal={digit}\r\nDuration=100\r\n"));
}
