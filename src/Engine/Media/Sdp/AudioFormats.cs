using Tccc.Media.Codecs;

namespace Tccc.Media.Sdp;

/// <summary>
/// The audio formats that both sides know, with the peer's payload type numbers (RFC 3551 table 4 or rtpmap). Immutable; read on the
/// packet path.
/// </summary>
internal sealed class AudioFormats
{
    public const byte None = 255;

    /// <summary>RFC 3551 table 4: what these numbers mean wherever nobody says otherwise.</summary>
    private const byte StaticPcmu = 0, StaticPcma = 8, StaticComfortNoise = 13;

    private const byte FirstDynamic = 96, LastDynamic = 127, UsualEvents = 101;

    /// <summary>The format we send: the first of the peer's list that we know.</summary>
    public required AudioCodec Codec { get; init; }

    /// <summary>Payload type of <see cref="Codec"/>.</summary>
    public byte PayloadType => Codec == AudioCodec.Pcmu ? Pcmu : Pcma;

    /// <summary>Payload type of each law, or <see cref="None"/>.</summary>
    public byte Pcmu { get; init; } = None;

    public byte Pcma { get; init; } = None;

    /// <summary>Payload type of telephone-event/8000 (RFC 4733), or <see cref="None"/>.</summary>
    public byte Events { get; init; } = None;

    /// <summary>
    /// What we offer ourselves. No comfort noise: who offers it asks for pauses in place of what the other side hears in them.
    /// </summary>
    public static AudioFormats Ours { get; } =
        new() { Codec = AudioCodec.Pcmu, Pcmu = StaticPcmu, Pcma = StaticPcma, Events = UsualEvents };

    /// <summary>The formats of an m= line in common with ours, in its order of preference, or null when no law is among them.</summary>
    public static AudioFormats? Choose(SdpMedia media)
    {
        byte pcmu = None, pcma = None, events = None;
        AudioCodec? first = null;
        foreach (var format in media.Formats)
        {
            if (!byte.TryParse(format, out var number) || number > LastDynamic) continue;
            switch (KindOf(media, number))
            {
                case PayloadKind.Pcmu when pcmu == None: pcmu = number; first ??= AudioCodec.Pcmu; break;
                case PayloadKind.Pcma when pcma == None: pcma = number; first ??= AudioCodec.Pcma; break;
                case PayloadKind.Event when events == None: events = number; break;
            }
        }
        return first is { } codec ? new AudioFormats { Codec = codec, Pcmu = pcmu, Pcma = pcma, Events = events } : null;
    }

    /// <summary>
    /// What an offer of ours names in a session that goes on: all that we know, under the numbers that were agreed on (RFC 3264 §8.3.2).
    /// </summary>
    public AudioFormats Completed()
    {
        var pcmu = Pcmu != None ? Pcmu : Free(StaticPcmu, Pcma, Events);
        var pcma = Pcma != None ? Pcma : Free(StaticPcma, pcmu, Events);
        return new() { Codec = Codec, Pcmu = pcmu, Pcma = pcma, Events = Events != None ? Events : Free(UsualEvents, pcmu, pcma) };
    }

    /// <summary>
    /// What a payload type means that arrives. The peer sends by the numbers of our description (<paramref name="ours"/>), and some by
    /// those of their
    /// own (RFC 3264 §6.1); both laws are heard under their static numbers even when only one was named, as is comfort noise.
    /// </summary>
    public static PayloadKind[] Arriving(SdpMedia theirs, AudioFormats ours)
    {
        var kinds = new PayloadKind[LastDynamic + 1];
        Array.Fill(kinds, PayloadKind.Unknown);
        (kinds[StaticPcmu], kinds[StaticPcma], kinds[StaticComfortNoise]) = (PayloadKind.Pcmu, PayloadKind.Pcma, PayloadKind.ComfortNoise);
        // an rtpmap counts also when the number is missing in the m= line
        foreach (var map in theirs.RtpMaps) kinds[map.PayloadType] = KindOf(theirs, (byte)map.PayloadType);
        if (ours.Pcmu != None) kinds[ours.Pcmu] = PayloadKind.Pcmu;
        if (ours.Pcma != None) kinds[ours.Pcma] = PayloadKind.Pcma;
        if (ours.Events != None) kinds[ours.Events] = PayloadKind.Event;
        return kinds;
    }

    private static byte Free(byte wanted, byte taken, byte alsoTaken)
    {
        while (wanted == taken || wanted == alsoTaken)
            wanted = wanted is >= FirstDynamic and < LastDynamic ? (byte)(wanted + 1) : FirstDynamic;
        return wanted;
    }

    private static PayloadKind KindOf(SdpMedia media, byte payloadType)
    {
        foreach (var map in media.RtpMaps)
        {
            if (map.PayloadType != payloadType) continue;
            if (map.Rate != 8000 || map.Channels != 1) return PayloadKind.Unknown;
            return map.Name.ToUpperInvariant() switch
            {
                "PCMU" => PayloadKind.Pcmu,
                "PCMA" => PayloadKind.Pcma,
                "CN" => PayloadKind.ComfortNoise,
                "TELEPHONE-EVENT" => PayloadKind.Event,
                _ => PayloadKind.Unknown,
            };
        }
        return payloadType switch { StaticPcmu => PayloadKind.Pcmu, StaticPcma => PayloadKind.Pcma, _ => PayloadKind.Unknown };
    }
}

/// <summary>What an RTP packet carries; the first two are those of <see cref="AudioCodec"/>.</summary>
internal enum PayloadKind : byte
{
    Pcmu = AudioCodec.Pcmu,
    Pcma = AudioCodec.Pcma,
    Event,
    /// <summary>RFC 3389: what to fill a pause with; heard as silence.</summary>
    ComfortNoise,
    Unknown,
}
