using System.Buffers.Binary;

namespace Tccc.Media;

/// <summary>AEAD_AES_128_GCM, RFC 7714. One OpenSSL context with the key set; a packet costs an IV, two updates and the tag.</summary>
internal sealed unsafe class GcmTransform(SrtpSessionKeys keys, bool encrypt) : SrtpTransform
{
    private const int Tag = 16;
    private const int IvLength = 12;

    private readonly EvpCipher cipher = new(Evp.Aes128Gcm(), keys.Key, encrypt);
    private readonly byte[] salt = keys.Salt;

    public override int TagLength => Tag;

    public override int SealRtp(Span<byte> buffer, int length, int headerLength, uint ssrc, ulong index)
    {
        fixed (byte* packet = buffer)
        {
            return Begin(ssrc, index, encrypt: 1)
                && Feed(null, packet, headerLength)
                && Feed(packet + headerLength, packet + headerLength, length - headerLength)
                && End(packet + length)
                ? length + Tag
                : -1;
        }
    }

    public override int OpenRtp(Span<byte> packet, int headerLength, uint ssrc, ulong index)
    {
        var plain = packet.Length - Tag;
        fixed (byte* p = packet)
        {
            return Begin(ssrc, index, encrypt: 0)
                && Feed(null, p, headerLength)
                && Feed(p + headerLength, p + headerLength, plain - headerLength)
                && Verify(p + plain)
                ? plain
                : -1;
        }
    }

    // §9.2: header, cipher text, tag, index word; the word is authenticated too, behind the header.
    public override int SealRtcp(Span<byte> buffer, int length, uint ssrc, uint index)
    {
        BinaryPrimitives.WriteUInt32BigEndian(buffer[(length + Tag)..], index | Encrypted);
        fixed (byte* packet = buffer)
        {
            return Begin(ssrc, index, encrypt: 1)
                && Feed(null, packet, RtcpHeaderLength)
                && Feed(null, packet + length + Tag, IndexLength)
                && Feed(packet + RtcpHeaderLength, packet + RtcpHeaderLength, length - RtcpHeaderLength)
                && End(packet + length)
                ? length + Tag + IndexLength
                : -1;
        }
    }

    public override uint IndexWord(ReadOnlySpan<byte> packet) => BinaryPrimitives.ReadUInt32BigEndian(packet[^IndexLength..]);

    public override int OpenRtcp(Span<byte> packet, uint ssrc, uint indexWord)
    {
        var plain = packet.Length - IndexLength - Tag;
        // §9.3: without the E flag the whole packet is associated data.
        var clear = (indexWord & Encrypted) != 0 ? RtcpHeaderLength : plain;
        fixed (byte* p = packet)
        {
            return Begin(ssrc, indexWord & ~Encrypted, encrypt: 0)
                && Feed(null, p, clear)
                && Feed(null, p + plain + Tag, IndexLength)
                && Feed(p + clear, p + clear, plain - clear)
                && Verify(p + plain)
                ? plain
                : -1;
        }
    }

    public override void Dispose() => cipher.Dispose();

    // §8.1 and §9.1 come to the same: two zero bytes, SSRC, 48-bit index, XOR salt.
    private bool Begin(uint ssrc, ulong index, int encrypt)
    {
        Span<byte> iv = stackalloc byte[IvLength];
        BinaryPrimitives.WriteUInt16BigEndian(iv, 0);
        BinaryPrimitives.WriteUInt32BigEndian(iv[2..], ssrc);
        BinaryPrimitives.WriteUInt16BigEndian(iv[6..], (ushort)(index >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(iv[8..], (uint)index);
        for (var i = 0; i < IvLength; i++) iv[i] ^= salt[i];
        fixed (byte* v = iv) return Evp.Init(cipher.Raw, 0, 0, null, v, encrypt) == 1;
    }

    private bool Feed(byte* output, byte* input, int length)
    {
        int written;
        // A zero-length update means something else to OpenSSL: with a null output it is the end of the associated data.
        return length == 0 || Evp.Update(cipher.Raw, output, &written, input, length) == 1;
    }

    private bool End(byte* tag)
    {
        int written;
        byte rest;
        return Evp.Final(cipher.Raw, &rest, &written) == 1 && Evp.Control(cipher.Raw, Evp.CtrlGetTag, Tag, tag) == 1;
    }

    private bool Verify(byte* tag)
    {
        int written;
        byte rest;
        return Evp.Control(cipher.Raw, Evp.CtrlSetTag, Tag, tag) == 1 && Evp.Final(cipher.Raw, &rest, &written) == 1;
    }
}
