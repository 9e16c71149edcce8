using Tccc.Media.Codecs;

namespace Tccc.Media.Sdp;

/// <summary>
/// The audio formats that both sides know, with the peer's payload type numbers (RFC 3551 table 4 or rtpmap). Immutable; read on the packet path.
/// </summary>
internal sealed class AudioFormats
{
    public const byte None = 255;

    /// <summary>The format we send: the first of the peer's list that we know.</summary>
    public required AudioCodec Codec { get; init; }

    /// <summary>Payload type of <see cref="Codec"/>.</summary>
    public required byte PayloadType { get; init; }

    /// <summary>Payload type of each law that may arrive, or <see cref="None"/>.</summary>
    public byte Pcmu { get; init; } = None;

    public byte Pcma { get; init; } = None;

    /// <summary>Payload type of telephone-event/8000 (RFC 4733), or <see cref="None"/>.</summary>
    public byte Events { get; init; } = None;

    /// <summary>What we offer ourselves.</summary>
    public static AudioFormats Ours { get; } = new() { Codec = AudioCodec.Pcmu, PayloadType = 0, Pcmu = 0, Pcma = 8, Events = 101 };

    /// <summary>The formats of an m= line in common with ours, or null. An answer to an offer keeps one law; a peer's answer may name both.</summary>
    public static AudioFormats? Choose(SdpMedia media, bool onlyFirst)
    {
        byte pcmu = None, pcma = None, events = None;
        AudioCodec? first = null;
        foreach (var format in media.Formats)
        {
            if (!byte.TryParse(format, out var number) || number > 127) continue;
            switch (NameOf(media, number))
            {
                case Known.Pcmu when pcmu == None && (first is null || !onlyFirst): pcmu = number; first ??= AudioCodec.Pcmu; break;
                case Known.Pcma when pcma == None && (first is null || !onlyFirst): pcma = number; first ??= AudioCodec.Pcma; break;
                case Known.Events when events == None: events = number; break;
            }
        }
        if (first is not { } codec) return null;
        return new AudioFormats { Codec = codec, PayloadType = codec == AudioCodec.Pcmu ? pcmu : pcma, Pcmu = pcmu, Pcma = pcma, Events = events };
    }

    private enum Known
    {
        Other,
        Pcmu,
        Pcma,
        Events,
    }

    private static Known NameOf(SdpMedia media, byte payloadType)
    {
        foreach (var map in media.RtpMaps)
        {
            if (map.PayloadType != payloadType) continue;
            if (map.Rate != 8000 || map.Channels != 1) return Known.Other;
            return map.Name.ToUpperInvariant() switch { "PCMU" => Known.Pcmu, "PCMA" => Known.Pcma, "TELEPHONE-EVENT" => Known.Events, _ => Known.Other };
        }
        return payloadType switch { 0 => Known.Pcmu, 8 => Known.Pcma, _ => Known.Other };
    }
}
