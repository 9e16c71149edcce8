using Microsoft.Extensions.Localization;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform.Look;
using Tccc.Telephony;

namespace Tccc.Records;

/// <summary>How a record's facts are called; what is in quotes are keys of the texts.</summary>
internal static class RecordWords
{
    public static string Time(TimeSpan span) => Clock.Face(span);

    public static string Time(long milliseconds) => Time(TimeSpan.FromMilliseconds(milliseconds));

    public static string Icon(CallDirection direction) => direction == CallDirection.Outbound ? "phone-outgoing" : "phone-incoming";

    public static string Direction(IStringLocalizer<Texts> t, CallDirection direction) => direction switch
    {
        CallDirection.Outbound => t["Outbound"],
        CallDirection.Internal => t["Internal"],
        _ => t["Inbound"],
    };

    public static string Customer(IStringLocalizer<Texts> t, CallRecord call) =>
        call.Customer.Length > 0 ? call.Customer : t["Withheld number"];

    /// <summary>People who left the center have no name in it any more.</summary>
    public static string Agent(IStringLocalizer<Texts> t, CenterView center, AgentId agent) =>
        center.Agents.GetValueOrDefault(agent)?.Name ?? t["No longer in this center"];

    public static string Group(IStringLocalizer<Texts> t, CenterView center, GroupId group) =>
        center.Groups.GetValueOrDefault(group)?.Name ?? t["Deleted group"];

    public static string Part(IStringLocalizer<Texts> t, PartKind kind) => kind switch
    {
        PartKind.Waiting => t["Waiting"],
        PartKind.Ringing => t["Ringing"],
        PartKind.Dialling => t["Dialling"],
        PartKind.Alerting => t["Ringing there"],
        PartKind.Talk => t["Talk"],
        PartKind.Hold => t["On hold"],
        PartKind.Interrupted => t["Agent's line broken"],
        PartKind.Farewell => t["Announcement"],
        PartKind.Consulting => t["Consultation"],
        PartKind.Conference => t["Three-way"],
        PartKind.Reaching => t["Transferred, ringing there"],
        PartKind.Outside => t["Talk outside"],
        _ => t["Earlier"],
    };

    public static string Mark(CallResult? result) => result switch
    {
        null => "",
        CallResult.Served => "mark-good",
        CallResult.Abandoned or CallResult.NotReached => "mark-warn",
        _ => "mark-bad",
    };

    public static string Result(IStringLocalizer<Texts> t, CallResult? result) => result switch
    {
        null => t["In progress"],
        CallResult.Served => t["Served"],
        CallResult.Abandoned => t["Abandoned"],
        CallResult.Refused => t["Refused"],
        CallResult.NotReached => t["Not reached"],
        _ => t["Failed"],
    };

    /// <param name="direction">A number that we called leads nowhere in another way than one of ours does.</param>
    public static string Reason(
        IStringLocalizer<Texts> t, CallEndReason reason, CallDirection direction = CallDirection.Inbound) => reason switch
    {
        CallEndReason.NumberUnknown when direction is CallDirection.Outbound => t["No such number"],
        CallEndReason.NeverAlerted => t["Never rang"],
        CallEndReason.GaveUpDialling => t["Hung up before the answer"],
        CallEndReason.HungUp => t["Hung up"],
        CallEndReason.GaveUpInQueue => t["Hung up in the queue"],
        CallEndReason.GaveUpWhileRinging => t["Hung up while ringing"],
        CallEndReason.InviteExpired => t["The caller's network stopped waiting"],
        CallEndReason.NumberUnknown => t["The number leads nowhere"],
        CallEndReason.NoCommonCodec => t["No common codec"],
        CallEndReason.OfferUnanswered => t["The caller's side named no codec"],
        CallEndReason.WaitedTooLong => t["Longest wait reached"],
        CallEndReason.Closed => t["Outside opening hours"],
        CallEndReason.NobodySignedIn => t["No agent online"],
        CallEndReason.GroupGone => t["The group was deleted"],
        CallEndReason.Busy => t["Busy"],
        CallEndReason.NoAnswer => t["No answer"],
        CallEndReason.Rejected => t["Declined"],
        CallEndReason.Unreachable => t["Unreachable"],
        CallEndReason.TrunkFailure => t["Carrier failure"],
        CallEndReason.SessionExpired => t["The other side stopped responding"],
        CallEndReason.MediaLost => t["Audio stopped"],
        CallEndReason.ProtocolError => t["Connection error"],
        CallEndReason.NoSelfService => t["Self-service is not available yet"],
        CallEndReason.NotEncrypted => t["Not encrypted"],
        CallEndReason.NoPorts => t["No ports"],
        CallEndReason.ServerStopped => t["The server was stopped"],
        CallEndReason.ServerRestarted => t["The server was restarted"],
        _ => reason.ToString(),
    };

    public static string By(IStringLocalizer<Texts> t, EndedBy by) => by switch
    {
        EndedBy.Customer => t["the customer"],
        EndedBy.Agent => t["the agent"],
        EndedBy.Supervisor => t["a supervisor"],
        EndedBy.Deadline => t["a timeout"],
        EndedBy.Third => t["the other side"],
        _ => t["the system"],
    };

    public static string Outcome(IStringLocalizer<Texts> t, AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Accepted => t["Answered"],
        AttemptOutcome.TimedOut => t["Not answered in time"],
        AttemptOutcome.Declined => t["Declined"],
        AttemptOutcome.CallerGaveUp => t["Caller hung up"],
        AttemptOutcome.Unreachable => t["Unreachable"],
        AttemptOutcome.LostRace => t["A colleague answered first"],
        AttemptOutcome.Withdrawn => t["Withdrawn by the colleague"],
        _ => t["The call ended"],
    };

    public static string Rule(IStringLocalizer<Texts> t, ExclusionRule rule) => rule switch
    {
        ExclusionRule.Chosen => t["Offered: first in the group's order"],
        ExclusionRule.Preferred => t["Offered: served this customer last, or was called directly"],
        ExclusionRule.Taken => t["Took the call from the waiting list"],
        ExclusionRule.AnotherFirst => t["Free, but another agent was ahead in the group's order"],
        ExclusionRule.Offline => t["Offline"],
        ExclusionRule.NotReady => t["Not ready"],
        ExclusionRule.OnBreak => t["On a break"],
        ExclusionRule.Busy => t["Busy"],
        ExclusionRule.WrapUp => t["In wrap-up"],
        ExclusionRule.Ringing => t["Another call was ringing there"],
        ExclusionRule.BackOff => t["Had just declined, missed or been unreachable"],
        ExclusionRule.Unreachable => t["No line and no registered phone"],
        ExclusionRule.Level => t["The customer had not waited long enough for this level"],
        ExclusionRule.MissedBefore => t["Had been asked for this call, and another agent was free"],
        ExclusionRule.ChatLimit => t["At the limit of conversations"],
        _ => rule.ToString(),
    };
}
