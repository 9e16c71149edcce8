using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tccc.Media;

/// <summary>AES_CM_128_HMAC_SHA1_80, RFC 3711 §4.1.1 and §4.2.1.</summary>
internal sealed unsafe class CounterModeTransform : SrtpTransform
{
    private const int Tag = 10;
    private const int IvLength = 16;

    private readonly EvpCipher cipher;
    private readonly IncrementalHash hmac;
    private readonly byte[] salt;

    public CounterModeTransform(SrtpSessionKeys keys)
    {
        cipher = new(Evp.Aes128Ctr(), keys.Key, encrypt: true);
        hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, keys.Authentication);
        salt = keys.Salt;
    }

    public override int TagLength => Tag;

    public override int SealRtp(Span<byte> buffer, int length, int headerLength, uint ssrc, ulong index)
    {
        if (!Crypt(buffer[headerLength..length], ssrc, index)) return -1;
        Authenticate(buffer[..length], (uint)(index >> 16), buffer.Slice(length, Tag));
        return length + Tag;
    }

    public override int OpenRtp(Span<byte> packet, int headerLength, uint ssrc, ulong index)
    {
        var plain = packet.Length - Tag;
        Span<byte> expected = stackalloc byte[Tag];
        Authenticate(packet[..plain], (uint)(index >> 16), expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, packet[plain..])) return -1;
        return Crypt(packet[headerLength..plain], ssrc, index) ? plain : -1;
    }

    // §3.4: header, cipher text, index word, tag.
    public override int SealRtcp(Span<byte> buffer, int length, uint ssrc, uint index)
    {
        if (!Crypt(buffer[RtcpHeaderLength..length], ssrc, index)) return -1;
        Authenticate(buffer[..length], index | Encrypted, buffer.Slice(length + IndexLength, Tag));
        BinaryPrimitives.WriteUInt32BigEndian(buffer[length..], index | Encrypted);
        return length + IndexLength + Tag;
    }

    public override uint IndexWord(ReadOnlySpan<byte> packet) => BinaryPrimitives.ReadUInt32BigEndian(packet[^(IndexLength + Tag)..]);

    public override int OpenRtcp(Span<byte> packet, uint ssrc, uint indexWord)
    {
        var plain = packet.Length - IndexLength - Tag;
        Span<byte> expected = stackalloc byte[Tag];
        Authenticate(packet[..plain], indexWord, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, packet[^Tag..])) return -1;
        return (indexWord & Encrypted) == 0 || Crypt(packet[RtcpHeaderLength..plain], ssrc, indexWord & ~Encrypted) ? plain : -1;
    }

    public override void Dispose()
    {
        cipher.Dispose();
        hmac.Dispose();
    }

    // The packet is followed by the ROC, or by the index word: both are a 32-bit number behind it.
    private void Authenticate(ReadOnlySpan<byte> packet, uint trailer, Span<byte> tag)
    {
        Span<byte> word = stackalloc byte[4];
        Span<byte> full = stackalloc byte[20];
        BinaryPrimitives.WriteUInt32BigEndian(word, trailer);
        hmac.AppendData(packet);
        hmac.AppendData(word);
        hmac.GetHashAndReset(full);
        full[..Tag].CopyTo(tag);
    }

    private bool Crypt(Span<byte> text, uint ssrc, ulong index)
    {
        if (text.IsEmpty) return true;
        Span<byte> iv = stackalloc byte[IvLength];
        iv.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(iv[4..], ssrc);
        BinaryPrimitives.WriteUInt16BigEndian(iv[8..], (ushort)(index >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(iv[10..], (uint)index);
        for (var i = 0; i < salt.Length; i++) iv[i] ^= salt[i];
        int written;
        fixed (byte* v = iv, t = text)
        {
            return Evp.Init(cipher.Raw, 0, 0, null, v, 1) == 1 && Evp.Update(cipher.Raw, t, &written, t, text.Length) == 1;
        }
    }
}
