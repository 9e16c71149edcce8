using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>The words of a call's state and end, keys of the texts.</summary>
internal static class CallWords
{
    public static string Phase(CallView call) => call switch
    {
        { Phase: CallPhase.Connecting } => "Connecting",
        { Phase: CallPhase.Interrupted } => "Interrupted",
        { Phase: CallPhase.Held } => "On hold",
        { Muted: true } => "Muted",
        _ => "Talking",
    };

    public static string Ending(CallResult? result, EndedBy? by) => (result, by) switch
    {
        (CallResult.Served, EndedBy.Customer) => "Ended by the customer",
        (CallResult.Served, EndedBy.Agent) => "Ended by you",
        (CallResult.Served, _) => "Ended",
        (CallResult.Abandoned, _) => "The customer left",
        _ => "Cut off",
    };

    public static string Missed(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Declined => "Declined by you",
        AttemptOutcome.Unreachable => "Missed: your line or phone could not be reached",
        _ => "Missed",
    };

    /// <summary>The colour of a phase, beside its word: talking and being on hold must not look alike.</summary>
    public static string Colour(CallPhase phase) => phase switch
    {
        CallPhase.Talking => "available",
        CallPhase.Held => "not-ready",
        CallPhase.Connecting => "wrap-up",
        _ => "busy",
    };

    public static string Icon(CallDirection direction) => direction == CallDirection.Outbound ? "phone-outgoing" : "phone-incoming";
}
