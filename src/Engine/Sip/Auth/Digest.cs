using System.Security.Cryptography;
using System.Text;

namespace Tccc.Sip;

internal enum DigestAlgorithm
{
    Md5,
    Sha256,
}

/// <summary>The arithmetic of RFC 7616 §3.4, hex in lower case.</summary>
internal static class Digest
{
    public static string Ha1(DigestAlgorithm algorithm, string username, string realm, string password) =>
        Hash(algorithm, $"{username}:{realm}:{password}");

    public static string Response(
        DigestAlgorithm algorithm, string ha1, string method, string uri, string nonce, string? qop, string? nc, string? cnonce)
    {
        var ha2 = Hash(algorithm, $"{method}:{uri}");
        return Hash(algorithm, qop is null ? $"{ha1}:{nonce}:{ha2}" : $"{ha1}:{nonce}:{nc}:{cnonce}:{qop}:{ha2}");
    }

    private static string Hash(DigestAlgorithm algorithm, string text)
    {
        Span<byte> hash = stackalloc byte[32];
        var bytes = Encoding.UTF8.GetBytes(text);
#pragma warning disable CA5351 // MD5 is what RFC 3261 §22 obliges every phone to; SHA-256 is offered beside it
        var length = algorithm == DigestAlgorithm.Md5 ? MD5.HashData(bytes, hash) : SHA256.HashData(bytes, hash);
#pragma warning restore CA5351
        return Convert.ToHexStringLower(hash[..length]);
    }
}
