namespace Tccc.Sip;

/// <summary>Something that happened to a session. Bodies are SDP unless said otherwise and may be empty.</summary>
public abstract record SessionEvent
{
    private SessionEvent() { }

    /// <summary>18x to our INVITE; a body is early media.</summary>
    public sealed record Ringing(int Status, ReadOnlyMemory<byte> Body) : SessionEvent;

    /// <summary>
    /// 2xx to our INVITE, acknowledged by the engine. The body is the answer, or the peer's offer when our INVITE had none: then
    /// <see cref="SipSession.AnswerOffer"/> is due and sends the ACK.
    /// </summary>
    public sealed record Answered(ReadOnlyMemory<byte> Body) : SessionEvent;

    /// <summary>The ACK to our 2xx arrived; the body is the peer's answer when its INVITE came without an offer, else empty.</summary>
    public sealed record Established(ReadOnlyMemory<byte> Body) : SessionEvent
    {
        /// <summary>Our 2xx had the offer, so that the ACK must carry the answer (RFC 3261 §13.2.2.4).</summary>
        public bool AnswerDue { get; init; }
    }

    /// <summary>
    /// The peer changes the session (re-INVITE or UPDATE). Empty: it wants our offer. Answer with <see cref="SipSession.AnswerOffer"/> or
    /// <see cref="SipSession.RefuseOffer"/>.
    /// </summary>
    public sealed record Offered(ReadOnlyMemory<byte> Body) : SessionEvent;

    /// <summary>The peer took our change (or answered the offer that we gave to its empty re-INVITE); the body is its answer.</summary>
    public sealed record Modified(ReadOnlyMemory<byte> Body) : SessionEvent;

    /// <summary>The peer refused our change; the session goes on as it was.</summary>
    public sealed record ModifyRefused(int Status) : SessionEvent;

    /// <summary>INFO came (RFC 6086), already answered 200.</summary>
    public sealed record InfoReceived(string ContentType, ReadOnlyMemory<byte> Body) : SessionEvent;

    /// <summary>The session is over. Comes exactly once and last.</summary>
    public sealed record Ended(SipEnding Ending) : SessionEvent;
}

/// <summary>How a session ended; <see cref="Status"/> is the SIP status behind it, 0 where there is none.</summary>
/// <param name="Cause">What the peer's Reason header says (RFC 3326), such as <c>Q.850;cause=17</c>; null without one.</param>
public sealed record SipEnding(SipEndingKind Kind, int Status = 0, string? Reason = null, string? Cause = null);

public enum SipEndingKind
{
    /// <summary>The peer sent BYE.</summary>
    Hangup,
    /// <summary>The peer took its INVITE back (CANCEL), or answered ours 487 unasked.</summary>
    Cancelled,
    /// <summary>The time that its INVITE gave us (Expires) ran out before it was answered (RFC 3261 §13.3.1).</summary>
    Expired,
    /// <summary>486, 600.</summary>
    Busy,
    /// <summary>408, 480, or the ring limit ran out.</summary>
    NoAnswer,
    /// <summary>3xx (redirections are not followed), 401, 403, 407, 433, 603, 607, 608 and other 4xx.</summary>
    Rejected,
    /// <summary>404, 410, 484, 485, 604.</summary>
    NotFound,
    /// <summary>502, 503, 504: the peer is there, the way behind it is not.</summary>
    Unreachable,
    /// <summary>406, 415, 488, 606: no common codec or description.</summary>
    NotAcceptable,
    /// <summary>The session interval ran out without a refresh (RFC 4028 §10).</summary>
    SessionExpired,
    /// <summary>No reply at all in 64*T1 (32 s), or no ACK to our 2xx.</summary>
    Timeout,
    /// <summary>The name could not be resolved, the connection not made, or it broke.</summary>
    TransportFailed,
    /// <summary>Other 5xx, 6xx; or the peer lost the dialog (481).</summary>
    ServerError,
    /// <summary><see cref="SipSession.Hangup"/> or <see cref="SipSession.Reject"/> of ours, or shutdown.</summary>
    LocalHangup,
}
