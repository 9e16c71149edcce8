namespace Tccc.Sip;

/// <summary>The bounds a message is held to. Past one it is refused and counted, never cut.</summary>
internal static class SipLimits
{
    /// <summary>Whole message, start line to end of body; also what one UDP datagram can carry.</summary>
    public const int Message = 65_535;

    public const int HeaderFields = 256;

    /// <summary>Start line, and one header field with its folds.</summary>
    public const int Line = 8_192;

    public const int Vias = 70;

    /// <summary>Call-ID, tag, branch: all of them become keys.</summary>
    public const int Token = 512;

    /// <summary>CSeq (RFC 3261 §8.1.1.5) and the other counters must stay below 2^31.</summary>
    public const uint Sequence = int.MaxValue;

    public const int MaxForwards = 255;
}

/// <summary>Why a message was refused by the parser; also the reason under which it is counted.</summary>
internal enum ParseError
{
    None,
    Empty,
    TooLarge,
    StartLine,
    Version,
    LineTooLong,
    TooManyHeaders,
    HeaderLine,
    NoEnd,
    ContentLength,
    Truncated,
    MissingHeader,
    RepeatedHeader,
    HeaderValue,
    MethodMismatch,
}
