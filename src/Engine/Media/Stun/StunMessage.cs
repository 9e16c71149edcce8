namespace Tccc.Media;

internal enum StunClass : byte
{
    Request = 0,
    Indication = 1,
    Success = 2,
    Error = 3,
}

/// <summary>
/// Reads one STUN message in place, RFC 8489 §5 (and 5389): nothing is copied, nothing allocated, nothing thrown whatever the bytes are.
/// </summary>
internal readonly ref struct StunMessage
{
    public const ushort Binding = 1;

    public StunClass Class => throw new NotImplementedException();

    public ushort Method => throw new NotImplementedException();

    public ReadOnlySpan<byte> TransactionId => throw new NotImplementedException();

    /// <summary>USERNAME, empty when there is none.</summary>
    public ReadOnlySpan<byte> Username => throw new NotImplementedException();

    /// <summary>False unless the whole datagram is one well-formed message.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out StunMessage message) => throw new NotImplementedException();
}
