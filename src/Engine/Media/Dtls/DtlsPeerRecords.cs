using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tccc.Media;

/// <summary>What a peer says once the handshake is over.</summary>
internal enum DtlsSaid
{
    /// <summary>Nothing of use, or nothing that the peer vouches for.</summary>
    Nothing,
    /// <summary>Its last flight again, so it has not got ours.</summary>
    Finished,
    CloseNotify,
    FatalAlert,
}

/// <summary>
/// Reads the peer's records after the handshake with nothing but its write key (RFC 6347 §4.1.2, AES-GCM by RFC 5288 §3), so
/// that the SSL object need not stay. Replays are let through: a second goodbye finds nobody, a second Finished gets 75 bytes.
/// </summary>
internal sealed unsafe class DtlsPeerRecords(byte[] key, byte[] salt)
{
    private const int Alert = 21, Handshake = 22;
    private const int AlertLength = 2, FinishedLength = 12 + 12;
    private const int CloseNotify = 0, Fatal = 2, Finished = 20;
    private const int SaltLength = 4, NonceLength = 8, TagLength = 16;
    private const int MasterLength = 48, RandomLength = 32;

    /// <summary>The key of the other role, RFC 5246 §6.3, out of a finished handshake.</summary>
    public static DtlsPeerRecords Take(SslHandle ssl, DtlsRole role)
    {
        var master = new byte[MasterLength];
        byte[] client = new byte[RandomLength], server = new byte[RandomLength];
        OpenSsl.SSL_SESSION_get_master_key(OpenSsl.SSL_get_session(ssl), master, MasterLength);
        OpenSsl.SSL_get_client_random(ssl, client, RandomLength);
        OpenSsl.SSL_get_server_random(ssl, server, RandomLength);
        var bits = OpenSsl.SSL_CIPHER_get_bits(OpenSsl.SSL_get_current_cipher(ssl), null);
        // of the ciphers offered, those of 256 bits are those with SHA-384
        var hash = bits == 256 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

        // client key, server key, client salt, server salt
        var (size, peer) = (bits / 8, role == DtlsRole.Server ? 0 : 1);
        var block = Expand(hash, master, [.. "key expansion"u8, .. server, .. client], 2 * (size + SaltLength));
        return new(block[(peer * size)..][..size], block[(2 * size + peer * SaltLength)..][..SaltLength]);
    }

    /// <summary>Reads one whole record. What is not as long as an alert or a Finished is neither.</summary>
    public DtlsSaid Read(ReadOnlySpan<byte> record)
    {
        var length = record[0] switch { Alert => AlertLength, Handshake => FinishedLength, _ => 0 };
        if (length == 0 || record.Length != DtlsBio.RecordHeaderLength + NonceLength + length + TagLength) return DtlsSaid.Nothing;
        Span<byte> text = stackalloc byte[length];
        if (!Open(record, text)) return DtlsSaid.Nothing;
        if (record[0] == Handshake) return text[0] == Finished ? DtlsSaid.Finished : DtlsSaid.Nothing;
        if (text[0] == Fatal) return DtlsSaid.FatalAlert;
        return text[1] == CloseNotify ? DtlsSaid.CloseNotify : DtlsSaid.Nothing;
    }

    /// <summary>P_hash of RFC 5246 §5; the seed begins with the label.</summary>
    internal static byte[] Expand(HashAlgorithmName hash, byte[] secret, byte[] seed, int length)
    {
        List<byte> output = [];
        for (var a = Hmac(seed); output.Count < length; a = Hmac(a)) output.AddRange(Hmac([.. a, .. seed]));
        return [.. output[..length]];

        byte[] Hmac(byte[] data) => CryptographicOperations.HmacData(hash, secret, data);
    }

    private bool Open(ReadOnlySpan<byte> record, Span<byte> text)
    {
        var body = record[DtlsBio.RecordHeaderLength..];
        Span<byte> iv = stackalloc byte[SaltLength + NonceLength];
        salt.CopyTo(iv);
        body[..NonceLength].CopyTo(iv[SaltLength..]);
        // §6.2.3.3: epoch and sequence number, type, version, length of the plain text
        Span<byte> header = stackalloc byte[DtlsBio.RecordHeaderLength];
        record[3..11].CopyTo(header);
        record[..3].CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt16BigEndian(header[11..], (ushort)text.Length);

        // A context for each of these few records, for one that stayed would be a kilobyte a line.
        using var cipher = new EvpCipher(key.Length == 32 ? Evp.Aes256Gcm() : Evp.Aes128Gcm(), key, encrypt: false);
        int written;
        fixed (byte* v = iv, h = header, from = body, to = text)
        {
            return Evp.Init(cipher.Raw, 0, 0, null, v, 0) == 1
                && Evp.Update(cipher.Raw, null, &written, h, header.Length) == 1
                && Evp.Update(cipher.Raw, to, &written, from + NonceLength, text.Length) == 1
                && Evp.Control(cipher.Raw, Evp.CtrlSetTag, TagLength, from + NonceLength + text.Length) == 1
                && Evp.Final(cipher.Raw, to, &written) == 1;
        }
    }
}
