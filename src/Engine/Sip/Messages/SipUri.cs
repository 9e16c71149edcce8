using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Tccc.Sip;

/// <summary>
/// A URI: sip and sips in full (RFC 3261 §19.1), tel (RFC 3966), any other scheme as opaque text. Immutable; equality goes by
/// scheme, user, host and port (the part of RFC 3261 §19.1.4 that tells two parties apart).
/// </summary>
public sealed class SipUri : IEquatable<SipUri>
{
    // blanks and control characters (RFC 3261 §25.1 has them escaped), and what ends a URI
    private static readonly SearchValues<byte> Forbidden =
        SearchValues.Create([.. Enumerable.Range(0, ' ' + 1).Select(b => (byte)b), 0x7F, .. "<>\""u8]);

    private readonly string text;

    /// <summary>A sip URI; the user is given unescaped and may be null, parameters are as written with their leading semicolon.</summary>
    public SipUri(string? user, string host, int port = 0, string scheme = "sip", string parameters = "")
    {
        ArgumentNullException.ThrowIfNull(host);
        (User, Host, Port, Scheme, Parameters) =
            (user, host.Contains(':') && host[0] != '[' ? $"[{host}]" : host, port, scheme, parameters);
        text = Write();
    }

    private SipUri(string text, string scheme, string? user, string host, int port, string parameters) =>
        (this.text, Scheme, User, Host, Port, Parameters) = (text, scheme, user, host, port, parameters);

    /// <summary>In lower case.</summary>
    public string Scheme { get; }

    /// <summary>Unescaped, without a password; the number of a tel URI; null when there is none.</summary>
    public string? User { get; }

    /// <summary>
    /// The telephone number of the user part or tel URI, without parameters and visual separators (RFC 3966 §5.1.1, RFC 3261 §19.1.6); the
    /// user itself when it is a name; empty when there is none. The one reader of numbers: whatever is shown, stored, matched or called
    /// back goes through it.
    /// </summary>
    public string Number => User is null ? "" : Subscriber.NumberIn(User) ?? User;

    /// <summary>Name or address, IPv6 in brackets; empty when the scheme has none.</summary>
    public string Host { get; }

    /// <summary>0 when the URI names none.</summary>
    public int Port { get; }

    /// <summary>As written, with the leading semicolon; empty when none. For an unknown scheme: what follows the colon.</summary>
    public string Parameters { get; }

    internal bool IsSip => Scheme is "sip" or "sips";

    /// <summary>
    /// Reads a URI; false when it is none. Headers («?name=value») are refused: nothing here may take them (RFC 3261 §19.1.5).
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        return text is not null && TryParse(Encoding.UTF8.GetBytes(text), out uri);
    }

    /// <summary>Reads a URI from its bytes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out SipUri? uri) => TryParse(text, headers: false, out uri);

    /// <summary>The URI, or null when it is none.</summary>
    internal static SipUri? Read(ReadOnlySpan<byte> text) => TryParse(text, out var uri) ? uri : null;

    /// <summary>In Contact a URI may hold headers for whoever is redirected to it; they are left out.</summary>
    internal static bool TryParseContact(ReadOnlySpan<byte> text, [NotNullWhen(true)] out SipUri? uri) =>
        TryParse(text, headers: true, out uri);

    private static bool TryParse(ReadOnlySpan<byte> text, bool headers, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        var colon = text.IndexOf((byte)':');
        if (colon < 1 || text.Length > SipLimits.Line || text.IndexOfAny(Forbidden) >= 0 || !IsScheme(text[..colon])) return false;
        var scheme = SipText.Raw(text[..colon]).ToLowerInvariant();
        var rest = text[(colon + 1)..];
        var raw = SipText.Raw(text);
        switch (scheme)
        {
            case "sip" or "sips":
                return TryParseSip(raw, scheme, rest, headers, out uri);
            case "tel":
                var semicolon = rest.IndexOf((byte)';');
                var number = semicolon < 0 ? rest : rest[..semicolon];
                if (number.Length == 0 || !TryUnescape(number, out var subscriber)) return false;
                uri = new SipUri(raw, scheme, subscriber, "", 0, semicolon < 0 ? "" : SipText.Raw(rest[semicolon..]));
                return true;
            default:
                uri = new SipUri(raw, scheme, null, "", 0, SipText.Raw(rest));
                return rest.Length > 0;
        }
    }

    /// <summary>The value of a parameter; empty for a flag; null when it is not there.</summary>
    public string? Parameter(string name)
    {
        if (Parameters.Length == 0 || Parameters[0] != ';') return null;
        return new Params(Encoding.Latin1.GetBytes(Parameters)).TryGet(Encoding.Latin1.GetBytes(name), out var value)
            ? SipText.Raw(value)
            : null;
    }

    public override string ToString() => text;

    public bool Equals(SipUri? other) => other is not null && Scheme == other.Scheme && User == other.User && Port == other.Port
        && Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase) && (IsSip || Scheme == "tel" || Parameters == other.Parameters);

    public override bool Equals(object? obj) => Equals(obj as SipUri);

    public override int GetHashCode() => HashCode.Combine(Scheme, User, Port, StringComparer.OrdinalIgnoreCase.GetHashCode(Host));

    private static bool TryParseSip(string raw, string scheme, ReadOnlySpan<byte> rest, bool headers, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        string? user = null;
        var at = rest.IndexOf((byte)'@');
        if (at >= 0)
        {
            var userInfo = rest[..at];
            var password = userInfo.IndexOf((byte)':');
            if (!TryUnescape(password < 0 ? userInfo : userInfo[..password], out user) || user.Length == 0) return false;
            rest = rest[(at + 1)..];
        }
        var question = rest.IndexOf((byte)'?');
        if (question >= 0)
        {
            if (!headers) return false;
            raw = raw[..^(rest.Length - question)];
            rest = rest[..question];
        }
        var semicolon = rest.IndexOf((byte)';');
        var parameters = semicolon < 0 ? default : rest[semicolon..];
        if (!HostPort.TryParse(semicolon < 0 ? rest : rest[..semicolon], out var host, out var port)) return false;
        uri = new SipUri(raw, scheme, user, SipText.Raw(host), port, SipText.Raw(parameters));
        return true;
    }

    private static bool IsScheme(ReadOnlySpan<byte> scheme)
    {
        if (!char.IsAsciiLetter((char)scheme[0])) return false;
        foreach (var b in scheme)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'+' or (byte)'-' or (byte)'.')) return false;
        }
        return true;
    }

    private static bool TryUnescape(ReadOnlySpan<byte> escaped, [NotNullWhen(true)] out string? result)
    {
        result = null;
        if (escaped.IndexOf((byte)'%') < 0)
        {
            result = SipText.Text(escaped);
            return true;
        }
        var bytes = new byte[escaped.Length];
        var length = 0;
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '%') bytes[length++] = escaped[i];
            else if (i + 2 < escaped.Length && char.IsAsciiHexDigit((char)escaped[i + 1]) && char.IsAsciiHexDigit((char)escaped[i + 2]))
            {
                bytes[length++] = (byte)((Hex(escaped[i + 1]) << 4) | Hex(escaped[i + 2]));
                i += 2;
            }
            else return false;
        }
        result = SipText.Text(bytes.AsSpan(0, length));
        return true;
    }

    private static int Hex(byte b) => b <= '9' ? b - '0' : (b | 0x20) - 'a' + 10;

    private string Write()
    {
        var built = new StringBuilder(64).Append(Scheme).Append(':');
        if (Scheme == "tel") return built.Append(User).Append(Parameters).ToString();
        if (User is not null)
        {
            foreach (var b in Encoding.UTF8.GetBytes(User))
            {
                if (char.IsAsciiLetterOrDigit((char)b) || "-_.!~*'()&=+$,;?/".Contains((char)b)) built.Append((char)b);
                else built.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
            built.Append('@');
        }
        built.Append(Host);
        if (Port != 0) built.Append(':').Append(Port);
        return built.Append(Parameters).ToString();
    }
}
