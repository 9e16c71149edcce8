using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Tccc.Sip;

internal enum Proof
{
    /// <summary>None given.</summary>
    None,
    /// <summary>Given for another request: their uri is not the Request-URI (RFC 7616 §3.4.6).</summary>
    OfAnotherUri,
    /// <summary>No such user, or another password.</summary>
    Wrong,
    /// <summary>
    /// For a nonce that is not ours for this address, too old, or counted already: challenge with stale=true. Says nothing of the
    /// password.
    /// </summary>
    Stale,
    Right,
}

/// <summary>
/// The server side of digest (RFC 7616, RFC 8760): a challenge per algorithm, qop auth. A nonce carries its own time and seal, so
/// handing one out costs no memory; only nonces that were used well are remembered, for their counts, and of each user so many: who asks
/// for ever more of them takes no room from anybody else.
/// </summary>
internal sealed class DigestServer
{
    /// <summary>Nonces remembered of one user; of more the oldest is no good any more, which says <see cref="Proof.Stale"/>.</summary>
    internal const int NoncesPerUser = 128;

    private const int NonceHex = 48;

    private sealed class Use(long made, uint highest)
    {
        public readonly long Made = made;
        public uint Highest = highest;
        public ulong Window = 1;
    }

    private sealed class User
    {
        public readonly Dictionary<string, Use> Used = [];
        /// <summary>When the newest nonce that had to go was made: what is not newer and not in the table may have been used.</summary>
        public long Forgotten = long.MinValue;
    }

    private readonly SipOptions options;
    private readonly IRandomness randomness;
    private readonly byte[] secret = new byte[32];
    // only who proved to have an account gets in
    private readonly Dictionary<string, User> users = [];

    public DigestServer(SipOptions options, IRandomness randomness)
    {
        (this.options, this.randomness) = (options, randomness);
        randomness.Fill(secret);
    }

    /// <summary>
    /// Writes WWW-Authenticate for each algorithm that the account allows, the strongest first (RFC 8760 §2.3). Phones of today that meet
    /// an algorithm they do not know give up instead of taking the other, so an account that allows MD5 alone is asked for MD5 alone. A
    /// name without an account is asked as one with, see <see cref="ISipUser.Decoy"/>; MD5 where there is nothing to go by.
    /// </summary>
    public void Challenge(MessageWriter writer, IPAddress to, DigestAccount? account, bool stale, long now)
    {
        var nonce = MakeNonce(to, now);
        if (account?.Ha1Sha256 is not null) Challenge(writer, nonce, "SHA-256", stale);
        if (account is null or { Ha1Md5: not null }) Challenge(writer, nonce, "MD5", stale);
    }

    private void Challenge(MessageWriter writer, string nonce, string algorithm, bool stale) =>
        writer.Ascii("WWW-Authenticate: Digest realm=\""u8).Raw(options.Realm).Ascii("\", nonce=\""u8).Raw(nonce)
            .Ascii("\", algorithm="u8).Raw(algorithm).Ascii(", qop=\"auth\""u8).Ascii(stale ? ", stale=true\r\n"u8 : "\r\n"u8);

    /// <summary>Checks the credentials for our realm. An unknown user costs the same work as a wrong password.</summary>
    public Proof Check(SipMessage request, IPAddress source, Func<string, DigestAccount?> find, long now, out string username)
    {
        username = "";
        var best = Proof.None;
        foreach (var id in (ReadOnlySpan<HeaderId>)[HeaderId.Authorization, HeaderId.ProxyAuthorization])
        {
            foreach (var header in request.Whole(id))
            {
                if (!AuthParams.TryParse(header, out var credentials) || credentials.Get("realm"u8) != options.Realm) continue;
                var proof = CheckOne(credentials, request, source, find, now, out var name);
                if (proof > best) (best, username) = (proof, name);
            }
        }
        return best;
    }

    private Proof CheckOne(AuthParams credentials, SipMessage request, IPAddress source, Func<string, DigestAccount?> find, long now,
        out string username)
    {
        username = credentials.Get("username"u8) ?? "";
        var (nonce, uri, response) = (credentials.Get("nonce"u8), credentials.Get("uri"u8), credentials.Get("response"u8));
        var (qop, nc, cnonce) = (credentials.Get("qop"u8), credentials.Get("nc"u8), credentials.Get("cnonce"u8));
        if (username.Length == 0 || nonce is null || uri is null || response is null || credentials.Algorithm() is not { } algorithm)
            return Proof.None;
        uint count = 0;
        if (qop is not null)
        {
            if (!qop.Equals("auth", StringComparison.OrdinalIgnoreCase) || cnonce is null) return Proof.None;
            if (nc is not { Length: 8 } || !uint.TryParse(nc, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out count)
                || count == 0) return Proof.None;
        }
        if (!IsSameTarget(uri, request.RequestUri)) return Proof.OfAnotherUri;
        if (!IsOurs(nonce, source, out var made) || !IsFresh(made, now)) return Proof.Stale;
        var account = find(username);
        var ha1 = (algorithm == DigestAlgorithm.Md5 ? account?.Ha1Md5 : account?.Ha1Sha256) ?? "";
        var expected = Digest.Response(algorithm, ha1, SipText.Raw(request.MethodText), uri, nonce, qop, nc, cnonce);
        var equal =
            CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(response.ToLowerInvariant()));
        if (!equal || ha1.Length == 0) return Proof.Wrong;
        return Count(username, nonce, made, count, now) ? Proof.Right : Proof.Stale;
    }

    /// <summary>As URIs, since phones leave a default port out in one of the two (RFC 7616 §3.4.6, RFC 3261 §19.1.4).</summary>
    private static bool IsSameTarget(string uri, ReadOnlySpan<byte> target)
    {
        if (uri == SipText.Text(target)) return true;
        if (!SipUri.TryParse(uri, out var one) || SipUri.Read(target) is not { } other) return false;
        return one.Scheme == other.Scheme && one.User == other.User && one.Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase)
            && PortOf(one) == PortOf(other);
    }

    private static int PortOf(SipUri uri) => uri.Port != 0 ? uri.Port : uri.Scheme == "sips" ? 5061 : 5060;

    /// <summary>
    /// Each count of a nonce is good once. Requests may overtake each other, so the last 64 counts are told apart; without qop the nonce
    /// itself is good once.
    /// </summary>
    private bool Count(string username, string nonce, long made, uint count, long now)
    {
        if (!users.TryGetValue(username, out var user)) users[username] = user = new();
        if (!user.Used.TryGetValue(nonce, out var use))
        {
            if (made <= user.Forgotten) return false;
            foreach (var (old, of) in user.Used)
            {
                if (!IsFresh(of.Made, now)) user.Used.Remove(old);
            }
            if (user.Used.Count >= NoncesPerUser)
            {
                var (oldest, of) = user.Used.MinBy(u => u.Value.Made);
                user.Used.Remove(oldest);
                user.Forgotten = of.Made;
            }
            user.Used[nonce] = new(made, count);
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

    private bool IsFresh(long made, long now) => now - made >= 0 && now - made < options.NonceLifetime.TotalMilliseconds;

    /// <summary>Good for that address alone, so that nobody can fail, or replay, in another's name.</summary>
    private string MakeNonce(IPAddress to, long now)
    {
        Span<byte> bytes = stackalloc byte[24];
        BitConverter.TryWriteBytes(bytes, now);
        randomness.Fill(bytes[8..16]);
        Seal(bytes[..16], to, bytes[16..]);
        return Convert.ToHexStringLower(bytes);
    }

    private bool IsOurs(string nonce, IPAddress source, out long made)
    {
        made = 0;
        Span<byte> bytes = stackalloc byte[24];
        if (nonce.Length != NonceHex || Convert.FromHexString(nonce, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;
        Span<byte> seal = stackalloc byte[8];
        Seal(bytes[..16], source, seal);
        if (!CryptographicOperations.FixedTimeEquals(seal, bytes[16..])) return false;
        made = BitConverter.ToInt64(bytes);
        return true;
    }

    private void Seal(ReadOnlySpan<byte> bytes, IPAddress address, Span<byte> seal)
    {
        Span<byte> hash = stackalloc byte[32];
        Span<byte> text = stackalloc byte[32];
        bytes.CopyTo(text);
        address.TryWriteBytes(text[16..], out var length);
        HMACSHA256.HashData(secret, text[..(16 + length)], hash);
        hash[..8].CopyTo(seal);
    }
}
