using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Records;

/// <summary>
/// Who may see which calls; product.md §12: agents those they had a part in, also where another was the last, supervisors and
/// administrators all of their center.
/// </summary>
internal static class Mine
{
    public static bool SeesAll(this CurrentAgent me) => me.May(Right.SeeAllRecords);

    /// <summary>Of a call of the center.</summary>
    public static async Task<bool> MaySee(this TcccDb db, CurrentAgent me, CallRecord call) =>
        me.SeesAll() || call.Agent == me.Agent || await db.HadPart(me.Center, call.Id, me.Agent);
}

/// <summary>There is none, or it is another center's: which of these is nobody's business here.</summary>
internal sealed record NoSuchRecord() : Error(ErrorKind.NotFound, "There is no such call, or you can't see it. Go back to the list.");
