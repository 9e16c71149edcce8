namespace Tccc.Sip;

/// <summary>Final answers to our INVITE as the closed set of endings.</summary>
internal static class Endings
{
    public static SipEndingKind Of(int status) => status switch
    {
        486 or 600 => SipEndingKind.Busy,
        408 or 480 => SipEndingKind.NoAnswer,
        487 => SipEndingKind.Cancelled,
        404 or 410 or 484 or 485 or 604 => SipEndingKind.NotFound,
        406 or 415 or 488 or 606 => SipEndingKind.NotAcceptable,
        502 or 503 or 504 => SipEndingKind.Unreachable,
        603 or 607 or 608 => SipEndingKind.Rejected,
        481 or >= 500 => SipEndingKind.ServerError,
        _ => SipEndingKind.Rejected,
    };
}
