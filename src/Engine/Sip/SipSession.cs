using System.Net;

namespace Tccc.Sip;

/// <summary>
/// One INVITE dialog usage, ours or the peer's. Its methods may be called from any thread and are done on the SIP loop in
/// the order of the calls; one that no longer fits the state does nothing.
/// </summary>
public sealed class SipSession
{
    internal SipSession() { }

    /// <summary>The peer called us.</summary>
    public bool Incoming { get; internal init; }

    public string SipCallId { get; internal init; } = "";

    /// <summary>What <see cref="Admission.Trusted"/> carried.</summary>
    public object? Peer { get; internal init; }

    /// <summary>The digest account that proved itself; null for a peer trusted by address and for our own INVITEs.</summary>
    public string? Username { get; internal init; }

    /// <summary>Where the INVITE came from; null for our own.</summary>
    public IPEndPoint? Source { get; internal init; }

    public SipUri RequestUri { get; internal init; } = null!;

    public SipUri From { get; internal init; } = null!;

    public string? FromDisplay { get; internal init; }

    public SipUri To { get; internal init; } = null!;

    /// <summary>P-Asserted-Identity (RFC 3325 §9.1), where a trusted peer sent one.</summary>
    public SipUri? AssertedIdentity { get; internal init; }

    /// <summary>The INVITE's SDP; empty: the peer wants our offer in the 200.</summary>
    public ReadOnlyMemory<byte> Body { get; internal init; }

    /// <summary>Answers 180, or 183 when there is early media; repeated every minute until the final answer (RFC 3261 §13.3.1.1).</summary>
    public void Ring(ReadOnlyMemory<byte> earlySdp = default) => throw new NotImplementedException();

    /// <summary>Answers 200; it is repeated until the ACK comes, and without one in 32 s the session ends.</summary>
    public void Accept(ReadOnlyMemory<byte> sdp) => throw new NotImplementedException();

    /// <summary>Answers 3xx-6xx; the session ends as LocalHangup.</summary>
    public void Reject(int status, string? reason = null) => throw new NotImplementedException();

    /// <summary>Answers <see cref="SessionEvent.Offered"/>.</summary>
    public void AnswerOffer(ReadOnlyMemory<byte> sdp) => throw new NotImplementedException();

    /// <summary>Refuses <see cref="SessionEvent.Offered"/>; the session goes on as it was.</summary>
    public void RefuseOffer(int status = 488) => throw new NotImplementedException();

    /// <summary>Offers a change by re-INVITE; ends in Modified or ModifyRefused. Glare (491) is retried by itself.</summary>
    public void Modify(ReadOnlyMemory<byte> offer) => throw new NotImplementedException();

    /// <summary>Sends INFO (RFC 6086); nothing comes back.</summary>
    public void Info(string contentType, ReadOnlyMemory<byte> body) => throw new NotImplementedException();

    /// <summary>Ends the session by CANCEL, BYE or 480, whichever the state calls for; idempotent.</summary>
    public void Hangup() => throw new NotImplementedException();
}
