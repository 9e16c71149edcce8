using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Tccc.Platform;

namespace Tccc.Telephony;

/// <summary>The call that a wrap-up is for.</summary>
public static class LastCall
{
    /// <summary>
    /// The call that this agent took or made last, however long ago it had begun, also when it has gone on to another; null when there was
    /// none.
    /// </summary>
    public static async Task<CallRecord?> LastCallOf(this TcccDb db, Writer writer, CenterId center, AgentId agent)
    {
        // what happened is told before its rows are committed; ids rise whatever becomes of the clock
        await writer.CatchUp();
        var taken = await db.Of<CallAttempt>(center).Where(a => a.Agent == agent && a.Outcome == AttemptOutcome.Accepted)
            .OrderByDescending(a => a.Offer).Join(db.Of<CallRecord>(center), a => a.Call, c => c.Id, (a, c) => new { a.Offer, Call = c })
            .FirstOrDefaultAsync();
        // Calls that have ended stand in the index by agent (adr/0017), an agent in one center only, and a call made before that one does
        // not matter: so few rows are read, by the index that fits.
        var since = taken?.Call.ArrivedAt ?? DateTimeOffset.UnixEpoch;
        var made = await db.Set<CallRecord>().Where(MadeBy(agent))
            .Where(c => c.EndedAt != null && c.ArrivedAt >= since && c.AnsweredAt != null)
            .OrderByDescending(c => c.ArrivedAt).FirstOrDefaultAsync();
        return made is null || taken?.Offer.Value > made.Id.Value ? taken?.Call : made;
    }

    /// <summary>The agent had a part in this call: took it, or made it.</summary>
    public static async Task<bool> HadPart(this TcccDb db, CenterId center, CallId call, AgentId agent) =>
        await db.Of<CallAttempt>(center)
            .AnyAsync(a => a.Call == call && a.Agent == agent && a.Outcome == AttemptOutcome.Accepted, CancellationToken.None)
        || await db.Of<CallRecord>(center).Where(MadeBy(agent)).AnyAsync(c => c.Id == call, CancellationToken.None);

    private static Expression<Func<CallRecord, bool>> MadeBy(AgentId agent) =>
        c => c.Agent == agent && c.Direction == CallDirection.Outbound;
}
