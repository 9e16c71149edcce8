namespace Tccc.Media;

/// <summary>
/// The cipher and the tag of one profile with the session keys of one direction, RTP or RTCP. Works in place; knows no
/// streams and no replay. Indexes are the 48-bit packet index (ROC and sequence number) or the 31-bit SRTCP index.
/// </summary>
internal abstract class SrtpTransform : IDisposable
{
    /// <summary>Bytes of the word with the E flag and the SRTCP index.</summary>
    public const int IndexLength = 4;

    /// <summary>The E flag: the packet is encrypted, RFC 3711 §3.4.</summary>
    public const uint Encrypted = 0x8000_0000;

    /// <summary>RTCP octets in front of what is encrypted: the first header and the sender's SSRC.</summary>
    public const int RtcpHeaderLength = 8;

    public abstract int TagLength { get; }

    public static SrtpTransform New(SrtpProfile profile, SrtpSessionKeys keys, bool encrypt) => profile switch
    {
        SrtpProfile.AeadAes128Gcm => new GcmTransform(keys, encrypt),
        SrtpProfile.Aes128CmHmacSha1_80 => new CounterModeTransform(keys),
        _ => throw new ArgumentOutOfRangeException(nameof(profile), profile, null),
    };

    /// <summary>
    /// Protects the first <paramref name="length"/> bytes; the buffer has room for the tag. Returns the new length, or -1: then the bytes
    /// must not leave the process.
    /// </summary>
    public abstract int SealRtp(Span<byte> buffer, int length, int headerLength, uint ssrc, ulong index);

    /// <summary>Returns the plain length, or -1 when the tag is wrong.</summary>
    public abstract int OpenRtp(Span<byte> packet, int headerLength, uint ssrc, ulong index);

    /// <summary>Protects a compound RTCP packet; the buffer has room for tag and index. Returns the new length or -1 as above.</summary>
    public abstract int SealRtcp(Span<byte> buffer, int length, uint ssrc, uint index);

    /// <summary>The word with the E flag and the index, wherever the profile has it.</summary>
    public abstract uint IndexWord(ReadOnlySpan<byte> packet);

    /// <summary>Returns the plain length, or -1 when the tag is wrong.</summary>
    public abstract int OpenRtcp(Span<byte> packet, uint ssrc, uint indexWord);

    public abstract void Dispose();
}
