namespace Tccc.Media;

/// <summary>
/// Counts and quality of one leg (RFC 3550 §6.4). «Received» is measured here, «Remote» is what the peer reported of our stream.
/// </summary>
public sealed record LegStats
{
    public LegKind Kind { get; init; }

    /// <summary>Keys are there and the address is checked, or an RTP packet has come.</summary>
    public bool Connected { get; init; }

    /// <summary>«PCMU» or «PCMA», the format we send.</summary>
    public string Codec { get; init; } = "";

    /// <summary>The peer takes RFC 4733 events.</summary>
    public bool TelephoneEvents { get; init; }

    public long PacketsReceived { get; init; }

    public long BytesReceived { get; init; }

    /// <summary>Expected less received (RFC 3550 A.3); duplicates make it smaller.</summary>
    public long PacketsLost { get; init; }

    /// <summary>Interarrival jitter, milliseconds (A.8).</summary>
    public double JitterMs { get; init; }

    public long PacketsSent { get; init; }

    public long BytesSent { get; init; }

    /// <summary>Of our packets, lost on the way, as the peer last reported.</summary>
    public long RemotePacketsLost { get; init; }

    /// <summary>Of our packets, the share lost between the peer's last two reports, 0 to 1.</summary>
    public double RemoteFractionLost { get; init; }

    public double RemoteJitterMs { get; init; }

    /// <summary>Milliseconds there and back, from the last report; null before the first.</summary>
    public double? RoundTripMs { get; init; }

    /// <summary>Packets dropped because they came from another address than the latched one.</summary>
    public long Strangers { get; init; }

    /// <summary>Time since the last valid RTP packet; null before the first.</summary>
    public TimeSpan? SinceLastReceived { get; init; }

    /// <summary>The last interval of quality that is over; null before the first, and after <see cref="IMedia.TakeQuality"/>.</summary>
    public QualityInterval? LastInterval { get; init; }

    /// <summary><see cref="MediaEvent.OneWay"/> was said last, and not <see cref="MediaEvent.BothWays"/>.</summary>
    public bool OneWay { get; init; }
}
