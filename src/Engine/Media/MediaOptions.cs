namespace Tccc.Media;

/// <summary>Settings «Media:*»; operations.md «Settings».</summary>
public sealed record MediaOptions
{
    /// <summary>Address put into SDP and candidates (IPv4 or IPv6, in digits); null: detected from the interfaces and routes.</summary>
    public string? Address { get; init; }

    /// <summary>Also gives browsers a loopback candidate: for tests, and for a machine with no network.</summary>
    public bool Loopback { get; init; }

    /// <summary>Lowest UDP port of phone legs; each takes an even port for RTP and the next one for RTCP.</summary>
    public int RtpPortMin { get; init; } = 20000;

    /// <summary>Highest UDP port of phone legs.</summary>
    public int RtpPortMax { get; init; } = 29999;

    /// <summary>The UDP port of all browsers; 0 takes a free one (tests).</summary>
    public int WebRtcPort { get; init; } = 40000;

    /// <summary>After this much silence of the latched address another one of the same host may take its place.</summary>
    public int LatchSilenceSeconds { get; init; } = 5;

    /// <summary>
    /// A phone leg that sends neither RTP nor RTCP for so long is lost, counted from its first order or from what last changed it;
    /// 0: never. A leg that is not to send (its peer holds) is not watched.
    /// </summary>
    public int NoRtpSeconds { get; init; } = 30;
}
