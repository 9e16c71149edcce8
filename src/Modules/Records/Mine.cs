using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Records;

/// <summary>Who may see which calls; product.md §12: agents their own, supervisors and administrators all of their center.</summary>
internal static class Mine
{
    public static bool SeesAll(this CurrentAgent me) => me.May(Right.SeeAllRecords);

    public static IQueryable<CallRecord> CallsOf(this TcccDb db, CurrentAgent me)
    {
        var agent = me.Agent;
        var calls = db.Of<CallRecord>(me.Center);
        return me.SeesAll() ? calls : calls.Where(c => c.Agent == agent);
    }
}

/// <summary>There is none, or it is another center's: which of these is nobody's business here.</summary>
internal sealed record NoSuchRecord() : Error(ErrorKind.NotFound, "There is no such call, or you can't see it. Go back to the list.");
