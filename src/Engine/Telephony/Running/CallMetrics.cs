using System.Diagnostics.Metrics;

namespace Tccc.Telephony;

/// <summary>What /metrics says of calls.</summary>
internal static class CallMetrics
{
    private static readonly Meter Meter = new("Tccc.Telephony");
    private static readonly UpDownCounter<long> CallsUp =
        Meter.CreateUpDownCounter<long>("tccc_calls_up", description: "Calls that are up");
    private static readonly Counter<long> CallsEnded =
        Meter.CreateCounter<long>("tccc_calls_ended", description: "Calls ended, by result and reason");
    private static readonly Counter<long> InvitesRefused =
        Meter.CreateCounter<long>("tccc_invites_refused", description: "INVITEs refused before they became a call, by why");

    public static void Up(int change) => CallsUp.Add(change);

    public static void Ended(CallEnd end) => CallsEnded.Add(1, new("result", end.Result.ToString()), new("reason", end.Reason.ToString()));

    public static void Refused(string why) => InvitesRefused.Add(1, new KeyValuePair<string, object?>("why", why));
}
