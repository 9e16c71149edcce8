using Microsoft.EntityFrameworkCore;
using Tccc.Platform;

namespace Tccc.Telephony;

/// <summary>The call that a wrap-up is for.</summary>
public static class LastCall
{
    /// <summary>The call of this agent that ended last; null when there was none.</summary>
    public static async Task<CallRecord?> LastCallOf(this TcccDb db, Writer writer, CenterId center, AgentId agent)
    {
        // the call's end is told before its row is committed
        await writer.Flush();
        return await db.Of<CallRecord>(center).Where(c => c.Agent == agent && c.EndedAt != null).OrderByDescending(c => c.ArrivedAt)
            .FirstOrDefaultAsync();
    }
}
