using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;

namespace Tccc.Media;

internal enum StunClass : byte
{
    Request = 0,
    Indication = 1,
    Success = 2,
    Error = 3,
}

/// <summary>
/// Reads one STUN message in place, RFC 8489 §5 (and 5389): nothing is copied to the heap, nothing thrown whatever the bytes are.
/// Attributes behind MESSAGE-INTEGRITY (other than FINGERPRINT) are not seen, §14.5; of attributes that come twice the first counts, §14.
/// </summary>
internal readonly ref struct StunMessage
{
    public const ushort Binding = 1;
    public const int HeaderLength = 20;

    /// <summary>Longer datagrams are no STUN for us: nothing in ICE comes near it.</summary>
    public const int MaxLength = 1500;

    internal const uint Cookie = 0x2112A442;
    internal const uint FingerprintXor = 0x5354554E;
    internal const int IntegrityLength = 20;

    private readonly ReadOnlySpan<byte> bytes;
    private readonly int integrityAt;
    private readonly int fingerprintAt;

    private StunMessage(ReadOnlySpan<byte> bytes, int integrityAt, int fingerprintAt)
    {
        this.bytes = bytes;
        this.integrityAt = integrityAt;
        this.fingerprintAt = fingerprintAt;
    }

    // The two class bits lie at 0x010 and 0x100 between the method's bits.
    public StunClass Class => (StunClass)((Type >> 7 & 2) | (Type >> 4 & 1));

    public ushort Method => (ushort)((Type >> 2 & 0xF80) | (Type >> 1 & 0x70) | (Type & 0xF));

    public ReadOnlySpan<byte> TransactionId => bytes.Slice(8, 12);

    /// <summary>USERNAME, empty when there is none.</summary>
    public ReadOnlySpan<byte> Username => TryFind(StunAttribute.Username, out var value) ? value : default;

    public bool HasIntegrity => integrityAt != 0;

    /// <summary>False only when there is a FINGERPRINT and it is wrong, §14.7: then the datagram is not STUN.</summary>
    public bool FingerprintHolds
        => fingerprintAt == 0
        || BinaryPrimitives.ReadUInt32BigEndian(bytes[(fingerprintAt + 4)..]) == (Crc32.Of(bytes[..fingerprintAt]) ^ FingerprintXor);

    private int Type => bytes.Length < 2 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    // What MESSAGE-INTEGRITY covers, and so what may be believed.
    private int VisibleEnd => integrityAt != 0 ? integrityAt : fingerprintAt != 0 ? fingerprintAt : bytes.Length;

    /// <summary>False unless the whole datagram is one well-formed message.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out StunMessage message)
    {
        message = default;
        if (datagram.Length is < HeaderLength or > MaxLength || datagram[0] > 3) return false;
        if (BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) != Cookie) return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]);
        if (length % 4 != 0 || length + HeaderLength != datagram.Length) return false;

        int integrity = 0, fingerprint = 0;
        for (var at = HeaderLength; at < datagram.Length;)
        {
            if (fingerprint != 0 || datagram.Length - at < 4) return false;
            var type = (StunAttribute)BinaryPrimitives.ReadUInt16BigEndian(datagram[at..]);
            int size = BinaryPrimitives.ReadUInt16BigEndian(datagram[(at + 2)..]);
            if (size > datagram.Length - at - 4) return false;
            if (type == StunAttribute.MessageIntegrity && integrity == 0)
            {
                if (size != IntegrityLength) return false;
                integrity = at;
            }
            else if (type == StunAttribute.Fingerprint)
            {
                if (size != 4) return false;
                fingerprint = at;
            }
            at += 4 + Padded(size);
        }
        message = new(datagram, integrity, fingerprint);
        return true;
    }

    /// <summary>The value of the first attribute of that type in front of MESSAGE-INTEGRITY.</summary>
    public bool TryFind(StunAttribute type, out ReadOnlySpan<byte> value)
    {
        for (var at = HeaderLength; at < VisibleEnd;)
        {
            int size = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]) == (ushort)type)
            {
                value = bytes.Slice(at + 4, size);
                return true;
            }
            at += 4 + Padded(size);
        }
        value = default;
        return false;
    }

    public bool Has(StunAttribute type) => TryFind(type, out _);

    /// <summary>PRIORITY, RFC 8445 §7.1.1; false when absent or not of four bytes.</summary>
    public bool TryPriority(out uint priority)
    {
        priority = 0;
        return TryFind(StunAttribute.Priority, out var value) && BinaryPrimitives.TryReadUInt32BigEndian(value, out priority)
            && value.Length == 4;
    }

    /// <summary>ERROR-CODE as 300–699, or 0, §14.8.</summary>
    public int ErrorCode
        => TryFind(StunAttribute.ErrorCode, out var value) && value.Length >= 4 && (value[2] & 7) is >= 3 and <= 6 && value[3] < 100
            ? (value[2] & 7) * 100 + value[3]
            : 0;

    /// <summary>XOR-MAPPED-ADDRESS, §14.2; null when absent or broken.</summary>
    public IPEndPoint? XorMappedAddress()
    {
        if (!TryFind(StunAttribute.XorMappedAddress, out var value) || value.Length < 8) return null;
        var size = value[1] switch { 1 => 4, 2 => 16, _ => 0 };
        if (size == 0 || value.Length != 4 + size) return null;
        Span<byte> address = stackalloc byte[16];
        for (var i = 0; i < size; i++) address[i] = (byte)(value[4 + i] ^ bytes[4 + i]);
        return new(new IPAddress(address[..size]), BinaryPrimitives.ReadUInt16BigEndian(value[2..]) ^ (int)(Cookie >> 16));
    }

    /// <summary>True when MESSAGE-INTEGRITY is there and was made with this key, §14.5. Costs no allocation.</summary>
    public bool IntegrityHolds(ReadOnlySpan<byte> key)
    {
        if (integrityAt == 0) return false;
        Span<byte> expected = stackalloc byte[IntegrityLength];
        Hmac(key, bytes[..integrityAt], expected);
        return CryptographicOperations.FixedTimeEquals(expected, bytes.Slice(integrityAt + 4, IntegrityLength));
    }

    /// <summary>
    /// Writes the comprehension-required attributes (below 0x8000) that nobody here knows, each once. Returns how many; as many as fit.
    /// </summary>
    public int UnknownRequired(Span<ushort> types)
    {
        var count = 0;
        for (var at = HeaderLength; at < VisibleEnd && count < types.Length;)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
            if (type < 0x8000 && !IsKnown((StunAttribute)type) && !types[..count].Contains(type)) types[count++] = type;
            at += 4 + Padded(BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]));
        }
        return count;
    }

    /// <summary>HMAC-SHA1 over a message up to MESSAGE-INTEGRITY, with the length field as if the message ended behind it.</summary>
    internal static void Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> covered, Span<byte> hmac)
    {
        // The one-shot hash wants its input in one piece, and the length field differs from the one received.
        Span<byte> copy = stackalloc byte[MaxLength];
        covered.CopyTo(copy);
        BinaryPrimitives.WriteUInt16BigEndian(copy[2..], (ushort)(covered.Length - HeaderLength + 4 + IntegrityLength));
#pragma warning disable CA5350 // the protocol names SHA-1
        HMACSHA1.HashData(key, copy[..covered.Length], hmac);
#pragma warning restore CA5350
    }

    internal static int Padded(int size) => size + 3 & ~3;

    private static bool IsKnown(StunAttribute type)
        => type is StunAttribute.MappedAddress or StunAttribute.Username or StunAttribute.MessageIntegrity or StunAttribute.ErrorCode
            or StunAttribute.UnknownAttributes or StunAttribute.XorMappedAddress or StunAttribute.Priority or StunAttribute.UseCandidate;
}
