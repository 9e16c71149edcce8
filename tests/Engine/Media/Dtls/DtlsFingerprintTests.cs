using System.Security.Cryptography;

namespace Tccc.Media;

public sealed class DtlsFingerprintTests
{
    private static readonly byte[] Certificate = [1, 2, 3];

    [Fact]
    public void A_fingerprint_reads_back_and_fits_only_its_certificate()
    {
        Assert.True(DtlsFingerprint.TryParse(DtlsFingerprint.Of(Certificate), out var fingerprint));
        Assert.True(fingerprint.Matches(Certificate));
        Assert.False(fingerprint.Matches([1, 2, 4]));
    }

    [Fact]
    public void Longer_hashes_and_small_letters_are_fine()
    {
        Assert.True(DtlsFingerprint.TryParse($"SHA-512 {Colons(SHA512.HashData(Certificate)).ToLowerInvariant()}", out var fingerprint));
        Assert.True(fingerprint.Matches(Certificate));
        Assert.True(DtlsFingerprint.TryParse($"sha-384 {Colons(SHA384.HashData(Certificate))}", out fingerprint));
        Assert.True(fingerprint.Matches(Certificate));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha-256")]
    [InlineData("sha-256 ")]
    [InlineData("sha-256 AB:CD")]
    [InlineData("sha-1 AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA")]
    [InlineData("sha-256 AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AG")]
    [InlineData("sha-256 AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA-AA")]
    public void What_is_no_fingerprint_or_a_weak_one_is_refused(string? value) => Assert.False(DtlsFingerprint.TryParse(value, out _));

    private static string Colons(byte[] hash) => BitConverter.ToString(hash).Replace('-', ':');
}
