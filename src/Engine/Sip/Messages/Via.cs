using System.Buffers;
using System.Text;

namespace Tccc.Sip;

/// <summary>One Via value (RFC 3261 §20.42), read in place.</summary>
internal readonly ref struct Via
{
    private Via(ReadOnlySpan<byte> transport, ReadOnlySpan<byte> host, int port, ReadOnlySpan<byte> sentBy, ReadOnlySpan<byte> parameters)
    {
        Transport = transport;
        Host = host;
        Port = port;
        SentBy = sentBy;
        Parameters = new Params(parameters);
    }

    /// <summary>The magic cookie of RFC 3261 §8.1.1.7.</summary>
    public static ReadOnlySpan<byte> Cookie => "z9hG4bK"u8;

    public ReadOnlySpan<byte> Transport { get; }

    public ReadOnlySpan<byte> Host { get; }

    /// <summary>0 when there is none.</summary>
    public int Port { get; }

    public ReadOnlySpan<byte> SentBy { get; }

    public Params Parameters { get; }

    public ReadOnlySpan<byte> Branch => Parameters.TryGet("branch"u8, out var branch) ? branch : default;

    public static bool TryParse(ReadOnlySpan<byte> text, out Via result)
    {
        result = default;
        text = SipText.Trim(text);
        if (!Part(ref text, out var name) || !Part(ref text, out var version)) return false;
        if (!Ascii.EqualsIgnoreCase(name, "SIP"u8) || !version.SequenceEqual("2.0"u8)) return false;
        var space = text.IndexOfAny((byte)' ', (byte)'\t');
        if (space < 0) return false;
        var transport = text[..space];
        text = SipText.Trim(text[space..]);
        var semicolon = text.IndexOf((byte)';');
        var sentBy = SipText.Trim(semicolon < 0 ? text : text[..semicolon]);
        if (!SipText.IsToken(transport) || !HostPort.TryParse(sentBy, out var host, out var port)) return false;
        result = new(transport, host, port, sentBy, semicolon < 0 ? default : text[semicolon..]);
        return result.Parameters.WellFormed();
    }

    private static bool Part(scoped ref ReadOnlySpan<byte> text, out ReadOnlySpan<byte> part)
    {
        var slash = text.IndexOf((byte)'/');
        part = slash < 0 ? default : SipText.Trim(text[..slash]);
        if (slash < 0) return false;
        text = SipText.Trim(text[(slash + 1)..]);
        return part.Length > 0;
    }
}

/// <summary>host [":" port], IPv6 in brackets; spaces around the colon are allowed in Via.</summary>
internal static class HostPort
{
    public static bool TryParse(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> host, out int port)
    {
        host = default;
        port = 0;
        if (text.Length == 0) return false;
        int end;
        if (text[0] == '[')
        {
            end = text.IndexOf((byte)']') + 1;
            if (end < 3 || text[1..(end - 1)].IndexOfAnyExcept(AddressBytes) >= 0) return false;
        }
        else
        {
            end = text.IndexOf((byte)':');
            if (end < 0) end = text.Length;
        }
        host = SipText.Trim(text[..end]);
        if (host.Length == 0 || (host[0] != '[' && !IsName(host))) return false;
        var rest = SipText.Trim(text[end..]);
        if (rest.Length == 0) return true;
        if (rest[0] != ':' || !SipText.TryNumber(SipText.Trim(rest[1..]), 65_535, out var number) || number == 0) return false;
        port = (int)number;
        return true;
    }

    private static bool IsName(ReadOnlySpan<byte> host) =>
        host.IndexOfAnyExcept(NameBytes) < 0;

    private static readonly SearchValues<byte> AddressBytes = SearchValues.Create("0123456789abcdefABCDEF:."u8);

    // '_' is in no RFC hostname and in many a real one.
    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._"u8);
}
