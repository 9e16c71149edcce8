using System.Globalization;

namespace Tccc.Sip;

/// <summary>Answers challenges of carriers (RFC 3261 §22.2, RFC 7616, RFC 8760). One instance per dialog or registration.</summary>
internal sealed class DigestClient(SipCredentials credentials, SipCore core)
{
    private const int MaxStale = 3;

    private string? lastNonce, answered;
    private uint count;
    private int stales;

    /// <summary>
    /// Reads 401 or 407 and gives the header to send again with; null when no challenge can be met. A second challenge of the same
    /// realm means that the password is wrong, unless it only calls the nonce stale (RFC 7616 §3.3).
    /// </summary>
    public string? Answer(SipMessage response, SipMethod method, string uri)
    {
        var id = response.Status == 401 ? HeaderId.WwwAuthenticate : HeaderId.ProxyAuthenticate;
        foreach (var header in response.Whole(id))
        {
            if (!AuthParams.TryParse(header, out var challenge) || challenge.Algorithm() is not { } algorithm) continue;
            var (realm, nonce, qop) = (challenge.Get("realm"u8), challenge.Get("nonce"u8), challenge.Get("qop"u8));
            if (realm is null || nonce is null || !Offers(qop)) continue;
            var stale = string.Equals(challenge.Get("stale"u8), "true", StringComparison.OrdinalIgnoreCase);
            if (realm == answered && (!stale || ++stales > MaxStale)) return null;
            answered = realm;
            if (nonce != lastNonce) (lastNonce, count) = (nonce, 0);
            var name = id == HeaderId.WwwAuthenticate ? "Authorization" : "Proxy-Authorization";
            return $"{name}: {Credentials(challenge, algorithm, realm, nonce, qop is not null, method, uri)}";
        }
        return null;
    }

    /// <summary>The request came through, or is given up: the next one may be challenged anew.</summary>
    public void Restart() => (answered, stales) = (null, 0);

    private static bool Offers(string? qop) =>
        qop is null || qop.Split(',').Any(q => q.Trim().Equals("auth", StringComparison.OrdinalIgnoreCase));

    private string Credentials(
        AuthParams challenge, DigestAlgorithm algorithm, string realm, string nonce, bool qop, SipMethod method, string uri)
    {
        var ha1 = Digest.Ha1(algorithm, credentials.Username, realm, credentials.Password);
        var nc = (++count).ToString("x8", CultureInfo.InvariantCulture);
        var cnonce = core.NewToken();
        var response = Digest.Response(algorithm, ha1, Methods.Name(method), uri, nonce, qop ? "auth" : null, nc, cnonce);
        var text = $"Digest username=\"{Escape(credentials.Username)}\", realm=\"{Escape(realm)}\", nonce=\"{Escape(nonce)}\", uri=\"{uri}\", response=\"{response}\"";
        text += algorithm == DigestAlgorithm.Md5 ? ", algorithm=MD5" : ", algorithm=SHA-256";
        if (challenge.Get("opaque"u8) is { } opaque) text += $", opaque=\"{Escape(opaque)}\"";
        return qop ? $"{text}, qop=auth, nc={nc}, cnonce=\"{cnonce}\"" : text;
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
