using System.Globalization;

namespace Tccc.Media.Sdp;

/// <summary>Reads session descriptions (RFC 8866, with RFC 3264's use of them). Says what is wrong; never throws on any input.</summary>
internal static class SdpReader
{
    /// <summary>A browser's offer with video is about 8,000 characters.</summary>
    public const int LongestDescription = 32 * 1024;

    public const int MostLines = 1000;

    public const int LongestLine = 4096;

    public const int MostMedia = 32;

    public const int MostFormats = 64;

    /// <summary>Reads the text; on failure gives the reason in <paramref name="wrong"/>.</summary>
    public static SdpDescription? Read(string text, out string wrong)
    {
        wrong = "";
        if (text.Length > LongestDescription) return Fail($"longer than {LongestDescription} characters", out wrong);
        var description = new SdpDescription();
        SdpMedia? media = null;
        var number = 0;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.TrimEnd();
            if (line.IsEmpty) continue;
            if (++number > MostLines) return Fail($"more than {MostLines} lines", out wrong);
            if (line.Length > LongestLine) return Fail($"line {number} is longer than {LongestLine} characters", out wrong);
            if (line.Length < 2 || line[1] != '=' || line[0] is < 'a' or > 'z')
                return Fail($"line {number} is not of the form x=value", out wrong);
            var value = line[2..];
            if (number == 1 && (line[0] != 'v' || value is not "0")) return Fail("it does not begin with v=0", out wrong);
            switch (line[0])
            {
                case 'm':
                    if (description.Media.Count == MostMedia) return Fail($"more than {MostMedia} m= lines", out wrong);
                    media = ReadMedia(value);
                    if (media is null) return Fail($"line {number}: m= needs a type, a port and a protocol", out wrong);
                    description.Media.Add(media);
                    break;
                case 'c':
                    var address = ReadConnection(value);
                    if (address is null) return Fail($"line {number}: c= needs a network, a kind of address, and an address", out wrong);
                    if (media is null) description.Connection = address;
                    else media.Connection = address;
                    break;
                case 'a':
                    if (media is null) ReadSessionAttribute(description, value);
                    else ReadMediaAttribute(media, value);
                    break;
            }
        }
        return number == 0 ? Fail("it is empty", out wrong) : description;
    }

    private static SdpDescription? Fail(string why, out string wrong)
    {
        wrong = why;
        return null;
    }

    // «audio 49170/2 RTP/AVP 0 8 101»
    private static SdpMedia? ReadMedia(ReadOnlySpan<char> value)
    {
        var rest = value;
        var kind = Word(ref rest);
        var port = Word(ref rest);
        var protocol = Word(ref rest);
        if (port.IndexOf('/') is >= 0 and var slash) port = port[..slash];
        if (kind.IsEmpty || protocol.IsEmpty || !TryNumber(port, 65535, out var number)) return null;
        List<string> formats = [];
        while (Word(ref rest) is { IsEmpty: false } format)
            if (formats.Count < MostFormats) formats.Add(format.ToString());
        return new SdpMedia { Kind = kind.ToString(), Port = number, Protocol = protocol.ToString(), Formats = formats };
    }

    // «IN IP4 192.0.2.1/127»; of another network, such as ATM, nothing can be used, but the other streams still can
    private static string? ReadConnection(ReadOnlySpan<char> value)
    {
        var rest = value;
        var network = Word(ref rest);
        var kind = Word(ref rest);
        var address = Word(ref rest);
        if (address.IsEmpty) return null;
        if (network is not "IN" || kind is not ("IP4" or "IP6")) return "";
        if (address.IndexOf('/') is >= 0 and var slash) address = address[..slash];
        return address.ToString();
    }

    private static void ReadSessionAttribute(SdpDescription description, ReadOnlySpan<char> attribute)
    {
        var name = Split(attribute, ':', out var value);
        if (ReadTransport(description.Transport, name, value)) return;
        if (Directions.Read(name) is { } direction) description.Direction = direction;
        if (name is "group" && Word(ref value) is "BUNDLE")
            while (Word(ref value) is { IsEmpty: false } mid && description.Bundle.Count < MostMedia)
                description.Bundle.Add(mid.ToString());
    }

    private static void ReadMediaAttribute(SdpMedia media, ReadOnlySpan<char> attribute)
    {
        var name = Split(attribute, ':', out var value);
        if (ReadTransport(media.Transport, name, value)) return;
        if (Directions.Read(name) is { } direction) media.Direction = direction;
        switch (name)
        {
            case "mid": media.Mid ??= value.ToString(); break;
            case "rtcp-mux": media.RtcpMux = true; break;
            case "rtcp":
                if (TryNumber(Word(ref value), 65535, out var port)) media.RtcpPort = port;
                break;
            case "crypto":
                if (++media.CryptoLines <= SdesCrypto.MostLines && SdesCrypto.Read(value) is { } crypto) media.Crypto.Add(crypto);
                break;
            case "rtpmap":
                if (media.RtpMaps.Count < MostFormats && ReadRtpMap(value) is { } map) media.RtpMaps.Add(map);
                break;
        }
    }

    private static bool ReadTransport(SdpTransport transport, ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        switch (name)
        {
            case "ice-ufrag": transport.IceUfrag = value.ToString(); return true;
            case "ice-pwd": transport.IcePwd = value.ToString(); return true;
            case "setup": transport.Setup = value.ToString(); return true;
            case "fingerprint":
                if (transport.Fingerprint is null || value.StartsWith("sha-256 ", StringComparison.OrdinalIgnoreCase))
                    transport.Fingerprint = value.ToString();
                return true;
            default: return false;
        }
    }

    // «101 telephone-event/8000» or «111 opus/48000/2»
    private static SdpRtpMap? ReadRtpMap(ReadOnlySpan<char> value)
    {
        if (!TryNumber(Word(ref value), 127, out var payloadType)) return null;
        var name = Split(Word(ref value), '/', out var clock);
        var rate = Split(clock, '/', out var channels);
        if (name.IsEmpty || !TryNumber(rate, 1_000_000, out var hertz)) return null;
        return new SdpRtpMap(payloadType, name.ToString(), hertz, TryNumber(channels, 64, out var count) ? count : 1);
    }

    /// <summary>The next word between blanks; empty at the end.</summary>
    internal static ReadOnlySpan<char> Word(ref ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart(' ');
        var end = rest.IndexOf(' ');
        var word = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return word;
    }

    private static ReadOnlySpan<char> Split(ReadOnlySpan<char> text, char at, out ReadOnlySpan<char> after)
    {
        var i = text.IndexOf(at);
        after = i < 0 ? default : text[(i + 1)..].TrimStart(' ');
        return i < 0 ? text : text[..i];
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, int most, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most;
}
