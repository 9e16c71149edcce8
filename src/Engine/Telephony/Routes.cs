using Tccc.Directory;

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

    /// <summary>The number as dialled, or without the plus that some carriers put before it and others do not.</summary>
    public static Number? NumberIn(Centers centers, CenterId center, string digits) =>
        centers.Number(center, digits) ?? (digits.StartsWith('+') ? centers.Number(center, digits[1..]) : null);

    public static Number? NumberAnywhere(Centers centers, string digits)
    {
        foreach (var center in centers.All)
        {
            if (NumberIn(centers, center.Id, digits) is { } number) return number;
        }

        return null;
    }

    public static CallSettings Settings(CenterView center) => new(TimeSpan.FromSeconds(center.Center.ConnectionLostSeconds));

    /// <summary>A caller's number as it is stored and shown: nothing that can't be printed, not longer than the column, nothing for «anonymous».</summary>
    public static string Clean(string? user)
    {
        if (string.IsNullOrEmpty(user) || user.Equals("anonymous", StringComparison.OrdinalIgnoreCase)) return "";
        var end = Math.Min(user.Length, CallRecord.LongestNumber);
        return string.Create(end, user, static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++) to[i] = char.IsControl(from[i]) || char.IsSurrogate(from[i]) ? '?' : from[i];
        });
    }
}
