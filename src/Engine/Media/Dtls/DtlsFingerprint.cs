using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Tccc.Media;

/// <summary>The value of an a=fingerprint line, RFC 8122 §5: the hash of the certificate that the peer must show.</summary>
internal sealed class DtlsFingerprint
{
    private readonly HashAlgorithmName algorithm;
    private readonly byte[] hash;

    private DtlsFingerprint(HashAlgorithmName algorithm, byte[] hash) => (this.algorithm, this.hash) = (algorithm, hash);

    /// <summary>Reads "sha-256 AB:CD:…"; sha-256, sha-384 and sha-512 are known, weaker ones are refused.</summary>
    public static bool TryParse(string? value, [NotNullWhen(true)] out DtlsFingerprint? fingerprint)
    {
        fingerprint = null;
        var parts = (value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length != 2) return false;
        var (algorithm, size) = parts[0].ToUpperInvariant() switch
        {
            "SHA-256" => (HashAlgorithmName.SHA256, SHA256.HashSizeInBytes),
            "SHA-384" => (HashAlgorithmName.SHA384, SHA384.HashSizeInBytes),
            "SHA-512" => (HashAlgorithmName.SHA512, SHA512.HashSizeInBytes),
            _ => (default, 0),
        };
        if (size == 0 || parts[1].Length != 3 * size - 1) return false;
        var hash = new byte[size];
        for (var i = 0; i < size; i++)
        {
            var at = 3 * i;
            if (i > 0 && parts[1][at - 1] != ':') return false;
            if (!char.IsAsciiHexDigit(parts[1][at]) || !char.IsAsciiHexDigit(parts[1][at + 1])) return false;
            hash[i] = Convert.ToByte(parts[1].Substring(at, 2), 16);
        }
        fingerprint = new(algorithm, hash);
        return true;
    }

    /// <summary>The fingerprint of a certificate, as a=fingerprint writes it, by SHA-256.</summary>
    public static string Of(byte[] certificate) =>
        $"sha-256 {string.Join(':', SHA256.HashData(certificate).Select(b => b.ToString("X2", null)))}";

    public bool Matches(byte[] certificate) =>
        CryptographicOperations.FixedTimeEquals(CryptographicOperations.HashData(algorithm, certificate), hash);
}
