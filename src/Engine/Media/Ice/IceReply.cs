namespace Tccc.Media;

/// <summary>The answers to a Binding request, RFC 8445 §7.3 and RFC 8489 §9.1.3.</summary>
internal static class IceReply
{
    private const int MaxUnknownTypes = 8;

    /// <summary>
    /// Writes the refusal that the request has earned and gives its length, 0 for none at all; -1 when the request is right.
    /// </summary>
    public static int Refuse(in StunMessage request, IceCredentials local, WebRtcCounters counters, Span<byte> reply)
    {
        if (!request.FingerprintHolds)
        {
            Interlocked.Increment(ref counters.StunMalformed);
            return 0;
        }
        if (!request.HasIntegrity || request.Username.IsEmpty || !request.TryPriority(out _))
        {
            Interlocked.Increment(ref counters.StunMalformed);
            return Error(request, 400, "Bad Request"u8, default, reply);
        }
        if (!IsForUs(request.Username, local) || !request.IntegrityHolds(local.PasswordBytes))
        {
            Interlocked.Increment(ref counters.StunWrongPassword);
            return Error(request, 401, "Unauthenticated"u8, default, reply);
        }
        Span<ushort> unknown = stackalloc ushort[MaxUnknownTypes];
        unknown = unknown[..request.UnknownRequired(unknown)];
        if (!unknown.IsEmpty)
        {
            Interlocked.Increment(ref counters.StunUnknownAttribute);
            return Unknown(request, unknown, local, reply);
        }
        if (request.Has(StunAttribute.IceControlled))
        {
            Interlocked.Increment(ref counters.StunRoleConflict);
            return Error(request, 487, "Role Conflict"u8, local.PasswordBytes, reply);
        }
        return -1;
    }

    public static int Success(in StunMessage request, IceCredentials local, PeerAddress from, Span<byte> reply)
    {
        var writer = new StunWriter(reply, StunClass.Success, StunMessage.Binding, request.TransactionId);
        writer.AddXorMappedAddress(from);
        return Finish(ref writer, local.PasswordBytes);
    }

    // A 400 or 401 carries no MESSAGE-INTEGRITY (empty key): the two sides share no password as far as we know.
    private static int Error(in StunMessage request, int code, ReadOnlySpan<byte> reason, ReadOnlySpan<byte> key, Span<byte> reply)
    {
        var writer = new StunWriter(reply, StunClass.Error, StunMessage.Binding, request.TransactionId);
        writer.AddError(code, reason);
        return Finish(ref writer, key);
    }

    private static int Unknown(in StunMessage request, ReadOnlySpan<ushort> types, IceCredentials local, Span<byte> reply)
    {
        var writer = new StunWriter(reply, StunClass.Error, StunMessage.Binding, request.TransactionId);
        writer.AddError(420, "Unknown Attribute"u8);
        writer.AddUnknown(types);
        return Finish(ref writer, local.PasswordBytes);
    }

    private static int Finish(ref StunWriter writer, ReadOnlySpan<byte> key)
    {
        if (!key.IsEmpty) writer.AddIntegrity(key);
        writer.AddFingerprint();
        return writer.Length;
    }

    private static bool IsForUs(ReadOnlySpan<byte> username, IceCredentials local)
        => username.Length > IceCredentials.UfragLength
        && username[IceCredentials.UfragLength] == (byte)':'
        && username.StartsWith(local.UfragBytes);
}
