namespace Tccc.Sip;

/// <summary>RFC 3261 Table 4, in milliseconds.</summary>
internal static class TransactionTimes
{
    public const int T1 = 500;
    public const int T2 = 4_000;
    public const int T4 = 5_000;

    /// <summary>When an INVITE is answered 100 if nothing else was said of it by then; §17.2.1 allows 200.</summary>
    public const int Trying = 150;

    /// <summary>Timers B, F, H, J, L and M.</summary>
    public const int Limit = 64 * T1;

    /// <summary>Timer D.</summary>
    public const int D = 32_000;
}
