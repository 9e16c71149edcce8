namespace Tccc.Media.Sdp;

/// <summary>Who may send, as one side says it (RFC 3264 §5.1).</summary>
[Flags]
internal enum Direction
{
    Inactive = 0,
    SendOnly = 1,
    RecvOnly = 2,
    SendRecv = 3,
}

internal static class Directions
{
    /// <summary>The other side's view: its sending is our receiving.</summary>
    public static Direction Mirror(this Direction d) => (Direction)((((int)d & 1) << 1) | ((int)d >> 1));

    public static string Text(this Direction d) => d switch
    {
        Direction.SendOnly => "sendonly",
        Direction.RecvOnly => "recvonly",
        Direction.Inactive => "inactive",
        _ => "sendrecv",
    };

    public static Direction? Read(ReadOnlySpan<char> name) => name switch
    {
        "sendrecv" => Direction.SendRecv,
        "sendonly" => Direction.SendOnly,
        "recvonly" => Direction.RecvOnly,
        "inactive" => Direction.Inactive,
        _ => null,
    };
}

/// <summary>What a session description says, as far as we use it (RFC 8866).</summary>
internal sealed class SdpDescription
{
    /// <summary>Address of the session's c= line; empty when it is of a network that we don't know.</summary>
    public string? Connection { get; set; }

    public Direction? Direction { get; set; }

    public SdpTransport Transport { get; } = new();

    public List<string> Bundle { get; } = [];

    public List<SdpMedia> Media { get; } = [];

    /// <summary>The first audio stream that is not refused, or null.</summary>
    public SdpMedia? Audio => Media.Find(m => m is { Kind: "audio", Port: not 0 });
}

/// <summary>One m= section.</summary>
internal sealed class SdpMedia
{
    public required string Kind { get; init; }

    public required int Port { get; init; }

    public required string Protocol { get; init; }

    /// <summary>The formats in order of preference, as written; a disabled stream may have none.</summary>
    public required List<string> Formats { get; init; }

    public string? Connection { get; set; }

    public Direction? Direction { get; set; }

    public SdpTransport Transport { get; } = new();

    public string? Mid { get; set; }

    public bool RtcpMux { get; set; }

    /// <summary>Port of a=rtcp (RFC 3605), when it is not the next one.</summary>
    public int? RtcpPort { get; set; }

    public List<SdpRtpMap> RtpMaps { get; } = [];

    /// <summary>The a=crypto lines that can be used, in order (RFC 4568).</summary>
    public List<SdesCrypto> Crypto { get; } = [];

    /// <summary>a=crypto lines, the useless ones among them.</summary>
    public int CryptoLines { get; set; }
}

/// <summary>«a=rtpmap:PT NAME/RATE».</summary>
internal readonly record struct SdpRtpMap(int PayloadType, string Name, int Rate, int Channels);

/// <summary>ICE and DTLS attributes, which may stand at the session or at the medium (RFC 8839, RFC 8842).</summary>
internal sealed class SdpTransport
{
    public string? IceUfrag { get; set; }

    public string? IcePwd { get; set; }

    /// <summary>The a=fingerprint value with hash sha-256, or the first one when none has it.</summary>
    public string? Fingerprint { get; set; }

    public string? Setup { get; set; }
}
