namespace Tccc.Media;

/// <summary>
/// Why packets were dropped, and what mixes missed; rare, so every addition is interlocked. Instruments of the meter «Tccc.Media» read it.
/// </summary>
internal sealed class MediaCounters
{
    /// <summary>malformed: no RTP, RTCP or STUN, or one that can't be right.</summary>
    public long Malformed;
    /// <summary>stranger: not from the latched address.</summary>
    public long Stranger;
    /// <summary>unknown_format: a payload type that was not agreed on.</summary>
    public long UnknownFormat;
    /// <summary>unknown_browser: on the browsers' port, from an address that no ICE check vouches for.</summary>
    public long UnknownBrowser;
    /// <summary>no_keys: SRTP before the handshake was over.</summary>
    public long NoKeys;
    /// <summary>handshake_queue_full: more DTLS datagrams than the worker can keep.</summary>
    public long HandshakeQueueFull;

    /// <summary>mix_late: sound that a mix could not wait for, or that came twice.</summary>
    public long MixLate;
    /// <summary>mix_overflow: sound that a mix dropped because more waited than it may, or than it needs.</summary>
    public long MixOverflow;
    /// <summary>Times that a source of a mix had nothing to be heard: late, lost, or a pause.</summary>
    public long MixDry;

    /// <summary>Times that nothing came from a party who should speak.</summary>
    public long OneWay;

    /// <summary>Counts of what crypto saw.</summary>
    public WebRtcCounters WebRtc { get; } = new();
}
