using System.Globalization;
using System.Security.Cryptography;

namespace Tccc.Media.Sdp;

/// <summary>
/// One «a=crypto» line that can be used (RFC 4568 §4, §6; RFC 7714 §14): tag, suite, and master key with salt. Lines that ask for what
/// we do
/// not do are passed over, as the offer may hold others: other suites, several keys or one with an MKI (§6.1), a key derivation rate,
/// anything left unencrypted or unauthenticated, FEC (§6.3).
/// </summary>
internal sealed class SdesCrypto
{
    /// <summary>Lines kept of one m= section.</summary>
    public const int MostLines = 16;

    // RFC 4568 §9.2: a tag has at most nine digits
    private const int LongestTag = 9;

    // §6.3.6: a hint, and at least so large; our window has its own size
    private const int LeastWindow = 64;

    // RFC 3711 §9.2: no key lives longer than its 48-bit index
    private const int LongestLifetimePower = 48;

    private static readonly (string Name, SrtpProfile Profile)[] Suites =
    [
        ("AES_CM_128_HMAC_SHA1_80", SrtpProfile.Aes128CmHmacSha1_80),
        ("AEAD_AES_128_GCM", SrtpProfile.AeadAes128Gcm),
    ];

    private readonly byte[] secret;

    private SdesCrypto(int tag, SrtpProfile profile, byte[] secret) => (Tag, Profile, this.secret) = (tag, profile, secret);

    public int Tag { get; }

    public SrtpProfile Profile { get; }

    public ReadOnlySpan<byte> Key => secret.AsSpan(0, SrtpKeys.KeyLength);

    public ReadOnlySpan<byte> Salt => secret.AsSpan(SrtpKeys.KeyLength);

    /// <summary>A line of ours, with a fresh key.</summary>
    public static SdesCrypto New(int tag, SrtpProfile profile, IRandomness randomness)
    {
        var secret = new byte[SrtpKeys.KeyLength + SrtpKeys.SaltLength(profile)];
        randomness.Fill(secret);
        return new(tag, profile, secret);
    }

    /// <summary>The same key under another tag, for an answer to a line that bears that one.</summary>
    public SdesCrypto As(int tag) => new(tag, Profile, secret);

    /// <summary>What stands after «a=crypto:», or null when it can't be used.</summary>
    public static SdesCrypto? Read(ReadOnlySpan<char> value)
    {
        var rest = value.Trim(' ');
        var tag = SdpReader.Word(ref rest);
        var suite = SdpReader.Word(ref rest);
        var key = SdpReader.Word(ref rest);
        if (tag.Length > LongestTag || !int.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        foreach (var (name, profile) in Suites)
        {
            if (!suite.Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            while (SdpReader.Word(ref rest) is { IsEmpty: false } parameter)
                if (!IsHarmless(parameter)) return null;
            return ReadKey(key, SrtpKeys.KeyLength + SrtpKeys.SaltLength(profile)) is { } secret ? new(number, profile, secret) : null;
        }
        return null;
    }

    /// <summary>The line for our description: the only place where a key becomes text.</summary>
    public string Line() =>
        string.Create(CultureInfo.InvariantCulture, $"a=crypto:{Tag} {NameOf(Profile)} inline:{Convert.ToBase64String(secret)}");

    public bool HasKeyOf(SdesCrypto other) => Profile == other.Profile && CryptographicOperations.FixedTimeEquals(secret, other.secret);

    // the key must not get into a log
    public override string ToString() => $"crypto {Tag} {Profile}";

    // «inline:BASE64|2^31»; a part that is no lifetime is an MKI
    private static byte[]? ReadKey(ReadOnlySpan<char> text, int length)
    {
        const string Inline = "inline:";
        if (!text.StartsWith(Inline, StringComparison.OrdinalIgnoreCase)) return null;
        text = text[Inline.Length..];
        if (text.IndexOf('|') is >= 0 and var bar)
        {
            if (!IsLifetime(text[(bar + 1)..])) return null;
            text = text[..bar];
        }
        // §6.1: the padding may be left out
        Span<char> padded = stackalloc char[(length + 2) / 3 * 4];
        if (text.Length > padded.Length || text.Length < padded.Length - 2) return null;
        padded.Fill('=');
        text.CopyTo(padded);
        var bytes = new byte[length + 3];
        return Convert.TryFromBase64Chars(padded, bytes, out var written) && written == length ? bytes[..length] : null;
    }

    private static bool IsLifetime(ReadOnlySpan<char> text) => text.StartsWith("2^")
        ? int.TryParse(text[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var power) && power <= LongestLifetimePower
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var packets)
            && packets is > 0 and <= 1UL << LongestLifetimePower;

    // §6.3.7: what begins with a dash may be passed over
    private static bool IsHarmless(ReadOnlySpan<char> parameter) =>
        parameter[0] == '-' || parameter.Equals("KDR=0", StringComparison.OrdinalIgnoreCase)
        || (parameter.StartsWith("WSH=", StringComparison.OrdinalIgnoreCase)
            && int.TryParse(parameter[4..], NumberStyles.None, CultureInfo.InvariantCulture, out var window) && window >= LeastWindow);

    private static string NameOf(SrtpProfile profile) => Array.Find(Suites, suite => suite.Profile == profile).Name;
}
