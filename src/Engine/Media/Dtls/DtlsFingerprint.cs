using System.Diagnostics.CodeAnalysis;

namespace Tccc.Media;

/// <summary>The value of an a=fingerprint line, RFC 8122 §5: the hash of the certificate that the peer must show.</summary>
internal sealed class DtlsFingerprint
{
    /// <summary>Reads "sha-256 AB:CD:…"; sha-256, sha-384 and sha-512 are known, weaker ones are refused.</summary>
    public static bool TryParse(string? value, [NotNullWhen(true)] out DtlsFingerprint? fingerprint) => throw new NotImplementedException();
}
