namespace Tccc;

/// <summary>Whether sound on a phone's or a trunk's leg is SRTP with keys in the session description (SDES, RFC 4568).</summary>
public enum MediaEncryption
{
    /// <summary>Plain RTP only.</summary>
    Off,
    /// <summary>Encrypted when the other side offers or takes it, plain otherwise.</summary>
    BestEffort,
    /// <summary>A call without encryption is refused (SIP 488).</summary>
    Required,
}
