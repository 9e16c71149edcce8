using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tccc.Platform;

/// <summary>The request signature of Tencent Cloud's API 3.0, TC3-HMAC-SHA256, over the headers content-type and host.</summary>
internal static class Tc3Signature
{
    private const string Algorithm = "TC3-HMAC-SHA256";
    private const string End = "tc3_request";
    private const string SignedHeaders = "content-type;host";

    /// <summary>The value of the header Authorization.</summary>
    /// <param name="service">The product's name: the first part of its host name.</param>
    /// <param name="query">Without the question mark; empty for a POST.</param>
    /// <param name="at">The moment that X-TC-Timestamp names.</param>
    public static string Authorization(
        string secretId, string secretKey, string service, string host, string method, string query, string contentType,
        ReadOnlySpan<byte> body, DateTimeOffset at)
    {
        var date = at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var scope = $"{date}/{service}/{End}";
        var canonical = $"{method}\n/\n{query}\ncontent-type:{contentType}\nhost:{host}\n\n{SignedHeaders}\n{Hash(body)}";
        var toSign = $"{Algorithm}\n{at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        var key = Mac(Mac(Mac(Encoding.UTF8.GetBytes("TC3" + secretKey), date), service), End);
        return $"{Algorithm} Credential={secretId}/{scope}, SignedHeaders={SignedHeaders}, Signature={Convert.ToHexStringLower(Mac(key, toSign))}";
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
