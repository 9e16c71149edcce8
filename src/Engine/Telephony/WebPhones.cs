namespace Tccc.Telephony;

/// <summary>Browsers that play a customer: `/demo/phone`. Their calls are calls like those of a trunk.</summary>
public sealed class WebPhones
{
    /// <summary>
    /// Dials a number of any center from a browser that says it is <paramref name="caller"/>. Gives the call's id and the SDP answer.
    /// Fails with <see cref="NumberUnknown"/> or <see cref="LineRefused"/>.
    /// </summary>
    public Result<WebPhoneCall> Dial(string digits, string caller, string sdpOffer) => throw new NotImplementedException();

    /// <summary>The call's state now, then every change, until it ended. Empty for a call that is not there.</summary>
    public IAsyncEnumerable<WebPhoneState> Watch(CallId call, CancellationToken cancel = default) => throw new NotImplementedException();

    /// <summary>The customer hangs up.</summary>
    public void Hangup(CallId call) => throw new NotImplementedException();
}

/// <summary>A call that a web phone made.</summary>
public sealed record WebPhoneCall(CallId Call, string SdpAnswer);

/// <summary>What the demo phone shows; <paramref name="End"/> is there once it ended.</summary>
public sealed record WebPhoneState(WebPhonePhase Phase, CallEnd? End = null);

public enum WebPhonePhase
{
    Calling,
    Ringing,
    /// <summary>Answered, and an agent or the queue's music is heard.</summary>
    Answered,
    Ended,
}
