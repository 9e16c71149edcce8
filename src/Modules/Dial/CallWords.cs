using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>The words of a call's state and end, keys of the texts.</summary>
internal static class CallWords
{
    public static string Phase(CallView call) => call switch
    {
        { Phase: CallPhase.Dialling } => "Calling",
        { Phase: CallPhase.Ringing } => "Ringing at the other side",
        { Phase: CallPhase.Connecting } => "Connecting",
        { Phase: CallPhase.Interrupted } => "Interrupted",
        { Phase: CallPhase.Held } => "On hold",
        { Phase: CallPhase.Consulting, ConsultedBy: not null } => "You are consulted",
        { Phase: CallPhase.Consulting } => "Consultation",
        { Phase: CallPhase.Conference } => "Three-way",
        { Muted: true } => "Muted",
        _ => "Talking",
    };

    /// <summary>Nothing comes from one of the two who talk, as a sentence.</summary>
    public static string Silence(CallSide from, AgentDevice device) => (from, device) switch
    {
        (CallSide.Customer, _) => "Nothing comes from the customer. They may hear you all the same; if it stays so, call them back.",
        (_, AgentDevice.DeskPhone) => "The customer can't hear you: nothing comes from your desk phone. Check its mute key and its network.",
        _ => "The customer can't hear you: nothing comes from your browser. A new line is tried; else check microphone and network.",
    };

    public static string Ending(CallResult? result, EndedBy? by) => (result, by) switch
    {
        (CallResult.Served, EndedBy.Customer) => "Ended by the customer",
        (CallResult.Served, EndedBy.Agent) => "Ended by you",
        (CallResult.Served, _) => "Ended",
        (CallResult.Abandoned, _) => "The customer left",
        _ => "Cut off",
    };

    /// <summary>What became of a call that was dialled and not answered, in a word or two.</summary>
    public static string NotReached(CallEndReason? reason) => reason switch
    {
        CallEndReason.Busy => "Busy",
        CallEndReason.NoAnswer => "No answer",
        CallEndReason.Rejected => "Refused",
        CallEndReason.NumberUnknown => "No such number",
        CallEndReason.NoCommonCodec => "No common codec",
        CallEndReason.TrunkFailure => "Line fault",
        CallEndReason.NeverAlerted => "Never rang",
        CallEndReason.GaveUpDialling => "You hung up",
        _ => "Cut off",
    };

    /// <summary>The same as a sentence; {0} is the number.</summary>
    public static string WhyNotReached(CallEndReason reason, bool inside = false) => reason switch
    {
        CallEndReason.Unreachable or CallEndReason.TrunkFailure when inside => "{0} can't be reached at the moment.",
        CallEndReason.Busy => "{0} is busy.",
        CallEndReason.NoAnswer => "{0} did not answer.",
        CallEndReason.Rejected => "The call to {0} was refused.",
        CallEndReason.NumberUnknown => "There is no number {0}. Check the digits.",
        CallEndReason.NoCommonCodec => "{0} can't be spoken with: there is no sound format that both sides know.",
        CallEndReason.TrunkFailure => "The carrier could not put the call to {0} through. Try again; if it happens again, tell an administrator.",
        CallEndReason.NeverAlerted => "{0} never rang. The phone may be switched off or out of reach.",
        CallEndReason.GaveUpDialling => "You hung up before {0} answered.",
        CallEndReason.Unreachable => "Your line was down when {0} answered.",
        _ => "The call to {0} was cut off.",
    };

    /// <summary>Why whom the agent consulted is gone; {0} is nothing.</summary>
    public static string ThirdLeft(CallEndReason reason) => reason switch
    {
        CallEndReason.HungUp => "The other one has hung up. You are with the customer again.",
        CallEndReason.Busy => "It was busy there. You are with the customer again.",
        CallEndReason.NoAnswer or CallEndReason.WaitedTooLong => "Nobody answered. You are with the customer again.",
        CallEndReason.Rejected => "It was declined there. You are with the customer again.",
        CallEndReason.NumberUnknown => "There is no such number. You are with the customer again.",
        _ => "They could not be reached. You are with the customer again.",
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
        CallPhase.Talking or CallPhase.Consulting or CallPhase.Conference => "available",
        CallPhase.Held => "not-ready",
        CallPhase.Connecting or CallPhase.Dialling or CallPhase.Ringing => "wrap-up",
        _ => "busy",
    };

    public static string Icon(CallDirection direction) => direction == CallDirection.Inbound ? "phone-incoming" : "phone-outgoing";
}
