using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tccc.Media;

/// <summary>
/// What one direction works with, RTP or RTCP; derived once from the master key, RFC 3711 §4.3 with a key derivation rate of 0.
/// </summary>
internal sealed record SrtpSessionKeys(byte[] Key, byte[] Salt, byte[] Authentication)
{
    internal const int AuthenticationLength = 20;

    private const byte RtpLabels = 0;
    private const byte RtcpLabels = 3;

    public static SrtpSessionKeys ForRtp(SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt)
        => Derive(profile, masterKey, masterSalt, RtpLabels);

    public static SrtpSessionKeys ForRtcp(SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt)
        => Derive(profile, masterKey, masterSalt, RtcpLabels);

    private static SrtpSessionKeys Derive(SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, byte firstLabel)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(masterKey.Length, SrtpKeys.KeyLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(masterSalt.Length, SrtpKeys.SaltLength(profile));
        using var aes = Aes.Create();
        aes.Key = masterKey.ToArray();
        return new(
            Prf(aes, masterSalt, firstLabel, SrtpKeys.KeyLength),
            Prf(aes, masterSalt, (byte)(firstLabel + 2), SrtpKeys.SaltLength(profile)),
            profile == SrtpProfile.AeadAes128Gcm ? [] : Prf(aes, masterSalt, (byte)(firstLabel + 1), AuthenticationLength));
    }

    // AES-CM over zeros from IV (salt XOR label << 48) << 16, §4.3.3. A 12-byte salt is padded on the right, RFC 7714 §11.
    internal static byte[] Prf(Aes aes, ReadOnlySpan<byte> salt, byte label, int length)
    {
        Span<byte> counter = stackalloc byte[16];
        counter.Clear();
        salt.CopyTo(counter);
        counter[7] ^= label;
        var output = new byte[(length + 15) / 16 * 16];
        for (var block = 0; block * 16 < length; block++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(counter[14..], (ushort)block);
#pragma warning disable CA5358 // single blocks of a counter: this is AES-CM, not ECB
            aes.EncryptEcb(counter, output.AsSpan(block * 16), PaddingMode.None);
#pragma warning restore CA5358
        }
        return output[..length];
    }
}
