namespace Tccc.Sip;

/// <summary>What a whole message must satisfy beyond its lines (RFC 3261 §8.1.1, §20).</summary>
internal static class MessageRules
{
    private static readonly HeaderId[] Once =
        [HeaderId.To, HeaderId.From, HeaderId.CallId, HeaderId.CSeq, HeaderId.MaxForwards, HeaderId.ContentType, HeaderId.Expires];

    /// <summary>The first rule that is broken, with a phrase that names the header for the 400.</summary>
    public static ParseError Check(SipMessage message, out string phrase)
    {
        phrase = "Bad Request";
        if (message.Error != ParseError.None)
        {
            phrase = Phrase(message.Error);
            return message.Error;
        }
        foreach (var id in Once)
        {
            if (message.CountOf(id) <= 1) continue;
            phrase = $"{id} Repeated";
            return ParseError.RepeatedHeader;
        }
        var missing = Missing(message);
        if (missing is not null)
        {
            phrase = $"Missing {missing}";
            return ParseError.MissingHeader;
        }
        var bad = BadValue(message);
        if (bad is not null)
        {
            phrase = $"Bad {bad}";
            return ParseError.HeaderValue;
        }
        if (!message.IsRequest) return ParseError.None;
        CSeq(message, out _, out var method);
        if (method.SequenceEqual(message.MethodText)) return ParseError.None;
        phrase = "CSeq Names Another Method";
        return ParseError.MethodMismatch;
    }

    /// <summary>CSeq = number method; number below 2^31.</summary>
    public static bool CSeq(SipMessage message, out uint number, out ReadOnlySpan<byte> method)
    {
        var value = message.Get(HeaderId.CSeq);
        method = default;
        number = 0;
        var space = value.IndexOfAny((byte)' ', (byte)'\t');
        if (space < 0) return false;
        method = SipText.Trim(value[space..]);
        return SipText.TryNumber(value[..space], SipLimits.Sequence, out number) && SipText.IsToken(method);
    }

    private static string? Missing(SipMessage message)
    {
        if (!message.Has(HeaderId.Via)) return "Via";
        if (!message.Has(HeaderId.From)) return "From";
        if (!message.Has(HeaderId.To)) return "To";
        if (message.Get(HeaderId.CallId).Length == 0) return "Call-ID";
        return message.Has(HeaderId.CSeq) ? null : "CSeq";
    }

    private static string? BadValue(SipMessage message)
    {
        if (!CSeq(message, out _, out _)) return "CSeq";
        if (!IsCallId(message.Get(HeaderId.CallId))) return "Call-ID";
        if (!Party(message.Get(HeaderId.From))) return "From";
        if (!Party(message.Get(HeaderId.To))) return "To";
        var vias = 0;
        foreach (var value in message.Values(HeaderId.Via))
        {
            if (++vias > SipLimits.Vias || !Via.TryParse(value, out var via) || via.Branch.Length > SipLimits.Token) return "Via";
        }
        if (message.Has(HeaderId.MaxForwards) && !SipText.TryNumber(message.Get(HeaderId.MaxForwards), SipLimits.MaxForwards, out _))
            return "Max-Forwards";
        if (message.Has(HeaderId.Expires) && !SipText.TryNumber(message.Get(HeaderId.Expires), uint.MaxValue, out _)) return "Expires";
        foreach (var value in message.Values(HeaderId.Contact))
        {
            if (!value.SequenceEqual("*"u8) && (!NameAddr.TryParse(value, out var contact) || !ContactIsSane(contact))) return "Contact";
        }
        foreach (var value in message.Values(HeaderId.RecordRoute))
        {
            if (!NameAddr.TryParse(value, out _)) return "Record-Route";
        }
        return null;
    }

    // one word (RFC 3261 §25.1): no blank and no control character in it
    private static bool IsCallId(ReadOnlySpan<byte> value) =>
        value.Length <= SipLimits.Token && value.IndexOfAnyInRange((byte)0, (byte)' ') < 0 && !value.Contains((byte)0x7F);

    private static bool Party(ReadOnlySpan<byte> value) =>
        NameAddr.TryParse(value, out var party) && party.Tag.Length <= SipLimits.Token && SipUri.TryParse(party.Uri, out _);

    private static bool ContactIsSane(NameAddr contact) =>
        !contact.Parameters.TryGet("expires"u8, out var expires) || SipText.TryNumber(expires, uint.MaxValue, out _);

    public static string Phrase(ParseError error) => error switch
    {
        ParseError.Version => "Version Not Supported",
        ParseError.ContentLength => "Bad Content-Length",
        ParseError.Truncated => "Body Shorter Than Content-Length",
        ParseError.TooManyHeaders => "Too Many Headers",
        ParseError.LineTooLong => "Line Too Long",
        ParseError.NoEnd => "Headers Without End",
        ParseError.StartLine => "Bad Request-Line",
        _ => "Bad Header Line",
    };
}
