using Microsoft.EntityFrameworkCore;
using Tccc.Platform;

namespace Tccc.Telephony;

/// <summary>The call that a wrap-up is for.</summary>
public static class LastCall
{
    /// <summary>
    /// The call that this agent took last, however long ago it had arrived, also when it has gone on to another; null when there was none.
    /// </summary>
    public static async Task<CallRecord?> LastCallOf(this TcccDb db, Writer writer, CenterId center, AgentId agent)
    {
        // what happened is told before its rows are committed; ids rise whatever becomes of the clock
        await writer.CatchUp();
        return await db.Of<CallAttempt>(center).Where(a => a.Agent == agent && a.Outcome == AttemptOutcome.Accepted)
            .OrderByDescending(a => a.Offer).Join(db.Of<CallRecord>(center), a => a.Call, c => c.Id, (_, c) => c).FirstOrDefaultAsync();
    }
}
