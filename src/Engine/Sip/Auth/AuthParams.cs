using System.Text;

namespace Tccc.Sip;

/// <summary>Digest parameters of a challenge or of credentials: name=value, comma-separated (RFC 7616 §3.3, §3.4). Read in place.</summary>
internal readonly ref struct AuthParams
{
    private readonly ReadOnlySpan<byte> text;

    private AuthParams(ReadOnlySpan<byte> text) => this.text = text;

    /// <summary>False when the scheme is another one than Digest.</summary>
    public static bool TryParse(ReadOnlySpan<byte> header, out AuthParams result)
    {
        result = default;
        var space = header.IndexOf((byte)' ');
        if (space < 0 || !Ascii.EqualsIgnoreCase(header[..space], "Digest"u8)) return false;
        result = new(SipText.Trim(header[space..]));
        return true;
    }

    /// <summary>The value without its quotes; null when there is none.</summary>
    public string? Get(ReadOnlySpan<byte> name)
    {
        var rest = text;
        while (rest.Length > 0)
        {
            var comma = SipText.IndexOutside(rest, (byte)',');
            var one = comma < 0 ? rest : rest[..comma];
            rest = comma < 0 ? default : rest[(comma + 1)..];
            var equals = one.IndexOf((byte)'=');
            if (equals > 0 && Ascii.EqualsIgnoreCase(SipText.Trim(one[..equals]), name))
                return SipText.Unquote(SipText.Trim(one[(equals + 1)..]));
        }
        return null;
    }

    /// <summary>The algorithm named, MD5 when none is; null when it is one we do not have (also the -sess forms).</summary>
    public DigestAlgorithm? Algorithm() => Get("algorithm"u8)?.ToUpperInvariant() switch
    {
        null or "MD5" => DigestAlgorithm.Md5,
        "SHA-256" => DigestAlgorithm.Sha256,
        _ => null,
    };
}
