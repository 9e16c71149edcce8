using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tccc.Sip;

internal enum Proof
{
    /// <summary>None given, or wrong.</summary>
    None,
    /// <summary>Right, but for a nonce that is too old or was counted already: challenge with stale=true.</summary>
    Stale,
    Right,
}

/// <summary>
/// The server side of digest (RFC 7616, RFC 8760): a challenge per algorithm, qop auth. A nonce carries its own time and seal, so
/// handing one out costs no memory; only nonces that were used well are remembered, for their counts.
/// </summary>
internal sealed class DigestServer
{
    private const int MaxUsed = 20_000;
    private const int NonceHex = 48;

    private sealed class Use
    {
        public uint Highest;
        public ulong Window;
    }

    private readonly SipOptions options;
    private readonly IRandomness randomness;
    private readonly byte[] secret = new byte[32];
    private readonly Dictionary<string, Use> used = [];
    private readonly Queue<(string Nonce, long Due)> expiry = [];

    public DigestServer(SipOptions options, IRandomness randomness)
    {
        (this.options, this.randomness) = (options, randomness);
        randomness.Fill(secret);
    }

    /// <summary>
    /// Writes WWW-Authenticate for each algorithm that the account allows, the strongest first (RFC 8760 §2.3). Phones of today that meet an
    /// algorithm they do not know give up instead of taking the other, so an account that allows MD5 alone is asked for MD5 alone, and so is a stranger.
    /// </summary>
    public void Challenge(MessageWriter writer, DigestAccount? account, bool stale, long now)
    {
        var nonce = MakeNonce(now);
        if (account?.Ha1Sha256 is not null) Challenge(writer, nonce, "SHA-256", stale);
        if (account is null or { Ha1Md5: not null }) Challenge(writer, nonce, "MD5", stale);
    }

    private void Challenge(MessageWriter writer, string nonce, string algorithm, bool stale) =>
        writer.Ascii("WWW-Authenticate: Digest realm=\""u8).Raw(options.Realm).Ascii("\", nonce=\""u8).Raw(nonce)
            .Ascii("\", algorithm="u8).Raw(algorithm).Ascii(", qop=\"auth\""u8).Ascii(stale ? ", stale=true\r\n"u8 : "\r\n"u8);

    /// <summary>Checks the credentials for our realm. An unknown user costs the same work as a wrong password.</summary>
    public Proof Check(SipMessage request, Func<string, DigestAccount?> find, long now, out string username)
    {
        username = "";
        var best = Proof.None;
        foreach (var id in (ReadOnlySpan<HeaderId>)[HeaderId.Authorization, HeaderId.ProxyAuthorization])
        {
            foreach (var header in request.Whole(id))
            {
                if (!AuthParams.TryParse(header, out var credentials) || credentials.Get("realm"u8) != options.Realm) continue;
                var proof = CheckOne(credentials, request, find, now, out var name);
                if (proof > best) (best, username) = (proof, name);
            }
        }
        return best;
    }

    private Proof CheckOne(AuthParams credentials, SipMessage request, Func<string, DigestAccount?> find, long now, out string username)
    {
        username = credentials.Get("username"u8) ?? "";
        var (nonce, uri, response) = (credentials.Get("nonce"u8), credentials.Get("uri"u8), credentials.Get("response"u8));
        var (qop, nc, cnonce) = (credentials.Get("qop"u8), credentials.Get("nc"u8), credentials.Get("cnonce"u8));
        if (username.Length == 0 || nonce is null || uri is null || response is null || credentials.Algorithm() is not { } algorithm) return Proof.None;
        uint count = 0;
        if (qop is not null)
        {
            if (!qop.Equals("auth", StringComparison.OrdinalIgnoreCase) || cnonce is null) return Proof.None;
            if (nc is not { Length: 8 } || !uint.TryParse(nc, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out count) || count == 0) return Proof.None;
        }
        if (!IsOurs(nonce, now, out var fresh)) return Proof.Stale;
        var account = find(username);
        var ha1 = (algorithm == DigestAlgorithm.Md5 ? account?.Ha1Md5 : account?.Ha1Sha256) ?? "";
        var expected = Digest.Response(algorithm, ha1, SipText.Raw(request.MethodText), uri, nonce, qop, nc, cnonce);
        var equal = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(response.ToLowerInvariant()));
        if (!equal || ha1.Length == 0) return Proof.None;
        return fresh && Count(nonce, count, now) ? Proof.Right : Proof.Stale;
    }

    /// <summary>Each count of a nonce is good once. Requests may overtake each other, so the last 64 counts are told apart; without qop the nonce itself is good once.</summary>
    private bool Count(string nonce, uint count, long now)
    {
        while (expiry.TryPeek(out var oldest) && oldest.Due <= now) used.Remove(expiry.Dequeue().Nonce);
        if (!used.TryGetValue(nonce, out var use))
        {
            if (used.Count >= MaxUsed) return false;
            used[nonce] = use = new Use { Highest = count, Window = 1 };
            expiry.Enqueue((nonce, now + (long)options.NonceLifetime.TotalMilliseconds));
            return true;
        }
        if (count > use.Highest)
        {
            var shift = count - use.Highest;
            use.Window = shift >= 64 ? 1 : (use.Window << (int)shift) | 1;
            use.Highest = count;
            return true;
        }
        var back = use.Highest - count;
        if (back >= 64 || (use.Window & (1UL << (int)back)) != 0) return false;
        use.Window |= 1UL << (int)back;
        return true;
    }

    private string MakeNonce(long now)
    {
        Span<byte> bytes = stackalloc byte[24];
        BitConverter.TryWriteBytes(bytes, now);
        randomness.Fill(bytes[8..16]);
        Seal(bytes[..16], bytes[16..]);
        return Convert.ToHexStringLower(bytes);
    }

    private bool IsOurs(string nonce, long now, out bool fresh)
    {
        fresh = false;
        Span<byte> bytes = stackalloc byte[24];
        if (nonce.Length != NonceHex || Convert.FromHexString(nonce, bytes, out _, out _) != System.Buffers.OperationStatus.Done) return false;
        Span<byte> seal = stackalloc byte[8];
        Seal(bytes[..16], seal);
        if (!CryptographicOperations.FixedTimeEquals(seal, bytes[16..])) return false;
        var age = now - BitConverter.ToInt64(bytes);
        fresh = age >= 0 && age < options.NonceLifetime.TotalMilliseconds;
        return true;
    }

    private void Seal(ReadOnlySpan<byte> bytes, Span<byte> seal)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(secret, bytes, hash);
        hash[..8].CopyTo(seal);
    }
}
