using Tccc.Directory;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>Where a number leads, in the words of a call.</summary>
internal static class Routes
{
    public static Entry EntryOf(Number? number) => number switch
    {
        null => new Entry.Refused(404, CallEndReason.NumberUnknown),
        { Entry: NumberEntry.Group, Group: { } group } => new Entry.ToGroup(group),
        { Entry: NumberEntry.Agent, Agent: { } agent } => new Entry.ToAgent(agent),
        // Self-service flows are not part of this version.
        _ => new Entry.Refused(480, CallEndReason.Closed),
    };

    /// <summary>The center's number that was dialled, whichever way it is written: <see cref="NumberForms"/>.</summary>
    public static Number? NumberIn(Centers centers, CenterId center, string digits)
    {
        foreach (var form in NumberForms.Of(digits))
        {
            if (centers.Number(center, form) is { } number) return number;
        }

        return null;
    }

    public static Number? NumberAnywhere(Centers centers, string digits)
    {
        foreach (var center in centers.All)
        {
            if (NumberIn(centers, center.Id, digits) is { } number) return number;
        }

        return null;
    }

    public static CallSettings Settings(CenterView center) => new(TimeSpan.FromSeconds(center.Center.ConnectionLostSeconds));

    /// <summary>A party as it is stored and shown: its number, or its name; nothing for «anonymous» (RFC 3323 §4.1.1.3).</summary>
    public static string Party(SipUri uri) =>
        uri.Host.Equals("anonymous.invalid", StringComparison.OrdinalIgnoreCase) ? "" : Clean(uri.Number);

    /// <summary>
    /// A caller's number as it is stored and shown: nothing that can't be seen, not longer than the column, nothing for «anonymous».
    /// </summary>
    public static string Clean(string? user)
    {
        if (string.IsNullOrEmpty(user) || user.Equals("anonymous", StringComparison.OrdinalIgnoreCase)) return "";
        return Foreign.Text(user, CallRecord.LongestNumber);
    }
}
