using Microsoft.EntityFrameworkCore;
using Tccc.Acd.Rows;
using Tccc.Platform;

namespace Tccc.Acd;

/// <summary>Why each agent was or was not asked, of any contact of a center, also after a restart; product.md §4 «why-trace».</summary>
public sealed class WhyTraces
{
    private readonly TcccDb db;
    private readonly Dispatch dispatch;

    internal WhyTraces(TcccDb db, Dispatch dispatch) => (this.db, this.dispatch) = (db, dispatch);

    /// <summary>
    /// What was stored each time the contact left the dispatcher, and what is decided about it now. Empty for a contact of another center.
    /// </summary>
    public async Task<WhyTrace> Of(CenterId center, ContactId contact)
    {
        // the present first: what leaves the memory meanwhile is then not missed, only met twice
        var now = await dispatch.Why(center, contact);
        var rows = await db.Of<ContactTrace>(center).Where(t => t.Contact == contact).OrderBy(t => t.Id).ToListAsync();
        var stored = rows.ConvertAll(static t => t.Read().ToList());
        if (stored.Exists(s => IsSame(s[0], now))) now = WhyTrace.Empty;
        return new([.. stored.SelectMany(static s => s), .. now.Decisions], rows.Sum(static t => t.Forgotten) + now.Forgotten);
    }

    // the first decision is always kept, and stored to the microsecond
    private static bool IsSame(Decision first, WhyTrace now) =>
        now.Decisions.Length > 0 && (now.Decisions[0].At - first.At).Ticks is >= 0 and < TimeSpan.TicksPerMicrosecond;
}
