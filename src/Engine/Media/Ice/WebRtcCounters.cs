namespace Tccc.Media;

/// <summary>
/// What went wrong, or seldom happens, on browser legs; one object for all legs. Only rare paths count here, so every
/// addition is interlocked and any thread may read. The names are those of the instruments of the meter "Tccc.Media".
/// </summary>
internal sealed class WebRtcCounters
{
    /// <summary>stun_malformed: not readable, FINGERPRINT wrong, or an attribute missing that the request must have (400).</summary>
    public long StunMalformed;
    /// <summary>stun_wrong_password: USERNAME or MESSAGE-INTEGRITY wrong (401).</summary>
    public long StunWrongPassword;
    /// <summary>stun_unknown_attribute: a comprehension-required attribute that is not known here (420).</summary>
    public long StunUnknownAttribute;
    /// <summary>stun_role_conflict: the peer thinks it is controlled; ICE-lite always is (487).</summary>
    public long StunRoleConflict;
    /// <summary>ice_consent_expired: no checked binding for <see cref="IceLite.ConsentSeconds"/> s.</summary>
    public long IceConsentExpired;
    /// <summary>dtls_connected: handshakes that ended well.</summary>
    public long DtlsConnected;
    /// <summary>dtls_failed: handshakes that did not, the two below among them.</summary>
    public long DtlsFailed;
    /// <summary>dtls_fingerprint_mismatch: the peer's certificate is not the one its SDP announced.</summary>
    public long DtlsFingerprintMismatch;
    /// <summary>dtls_timed_out: the peer fell silent in the middle of the handshake.</summary>
    public long DtlsTimedOut;
    /// <summary>dtls_retransmitted: flights sent again.</summary>
    public long DtlsRetransmitted;
    /// <summary>srtp_auth_failed: wrong tag.</summary>
    public long SrtpAuthFailed;
    /// <summary>srtp_replayed: seen before, or older than the window.</summary>
    public long SrtpReplayed;
    /// <summary>srtp_malformed: too short, no RTP or RTCP version 2, header longer than the packet.</summary>
    public long SrtpMalformed;
    /// <summary>srtp_too_many_streams: a right packet of an SSRC beyond <see cref="SrtpStreams.MaxStreams"/>.</summary>
    public long SrtpTooManyStreams;
}
