using System.Buffers.Binary;

namespace Tccc.Media;

/// <summary>
/// Writes one STUN message into a buffer that the caller knows to be large enough; a buffer that is not is a bug and throws.
/// </summary>
internal ref struct StunWriter
{
    private readonly Span<byte> buffer;

    public StunWriter(Span<byte> buffer, StunClass @class, ushort method, ReadOnlySpan<byte> transactionId)
    {
        this.buffer = buffer;
        var type = (method & 0xF80) << 2 | (method & 0x70) << 1 | method & 0xF | ((int)@class & 2) << 7 | ((int)@class & 1) << 4;
        BinaryPrimitives.WriteUInt16BigEndian(buffer, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], 0);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[4..], StunMessage.Cookie);
        transactionId.CopyTo(buffer[8..]);
        Length = StunMessage.HeaderLength;
    }

    /// <summary>The message's length so far.</summary>
    public int Length { get; private set; }

    /// <summary>Adds an attribute with zeros for <paramref name="size"/> bytes and gives them to be filled.</summary>
    public Span<byte> Add(StunAttribute type, int size)
    {
        BinaryPrimitives.WriteUInt16BigEndian(buffer[Length..], (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[(Length + 2)..], (ushort)size);
        var value = buffer.Slice(Length + 4, StunMessage.Padded(size));
        value.Clear();
        Length += 4 + value.Length;
        BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], (ushort)(Length - StunMessage.HeaderLength));
        return value[..size];
    }

    public void Add(StunAttribute type, ReadOnlySpan<byte> value) => value.CopyTo(Add(type, value.Length));

    /// <summary>XOR-MAPPED-ADDRESS, RFC 8489 §14.2; an IPv4-mapped address is written as IPv4.</summary>
    public void AddXorMappedAddress(PeerAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        var size = address.WriteAddress(bytes);
        var value = Add(StunAttribute.XorMappedAddress, 4 + size);
        value[1] = size == 4 ? (byte)1 : (byte)2;
        BinaryPrimitives.WriteUInt16BigEndian(value[2..], (ushort)(address.Port ^ (int)(StunMessage.Cookie >> 16)));
        for (var i = 0; i < size; i++) value[4 + i] = (byte)(bytes[i] ^ buffer[4 + i]);
    }

    /// <summary>ERROR-CODE, §14.8.</summary>
    public void AddError(int code, ReadOnlySpan<byte> reason)
    {
        var value = Add(StunAttribute.ErrorCode, 4 + reason.Length);
        value[2] = (byte)(code / 100);
        value[3] = (byte)(code % 100);
        reason.CopyTo(value[4..]);
    }

    /// <summary>UNKNOWN-ATTRIBUTES, §14.13.</summary>
    public void AddUnknown(ReadOnlySpan<ushort> types)
    {
        var value = Add(StunAttribute.UnknownAttributes, 2 * types.Length);
        for (var i = 0; i < types.Length; i++) BinaryPrimitives.WriteUInt16BigEndian(value[(2 * i)..], types[i]);
    }

    /// <summary>MESSAGE-INTEGRITY over all before it, §14.5.</summary>
    public void AddIntegrity(ReadOnlySpan<byte> key)
    {
        var covered = buffer[..Length];
        StunMessage.Hmac(key, covered, Add(StunAttribute.MessageIntegrity, StunMessage.IntegrityLength));
    }

    /// <summary>FINGERPRINT, the last attribute, §14.7.</summary>
    public void AddFingerprint()
    {
        var end = Length;
        var value = Add(StunAttribute.Fingerprint, 4);
        BinaryPrimitives.WriteUInt32BigEndian(value, Crc32.Of(buffer[..end]) ^ StunMessage.FingerprintXor);
    }
}
