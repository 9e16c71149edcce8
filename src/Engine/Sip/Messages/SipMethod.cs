namespace Tccc.Sip;

/// <summary>Request methods that the engine tells apart; all others are Unknown.</summary>
public enum SipMethod
{
    Unknown,
    Invite,
    Ack,
    Bye,
    Cancel,
    Options,
    Register,
    Info,
    Update,
    Prack,
    Subscribe,
    Notify,
    Refer,
    Message,
    Publish,
}

public enum SipTransport
{
    Udp,
    Tcp,
    Tls,
}
