using Microsoft.EntityFrameworkCore;
using Tccc.Platform;

namespace Tccc.Telephony;

/// <summary>The tables of calls.</summary>
public sealed class TelephonyModel : IModelPart
{
    public void Build(ModelBuilder model)
    {
        model.Entity<CallRecord>(call =>
        {
            call.ToTable("Calls").HasKey(c => c.Id);
            call.Property(c => c.Customer).HasMaxLength(CallRecord.LongestNumber);
            call.Property(c => c.Called).HasMaxLength(CallRecord.LongestNumber);
            call.HasIndex(c => new { c.Center, c.ArrivedAt });
            call.HasIndex(c => new { c.Agent, c.ArrivedAt });
            call.HasIndex(c => c.EndedAt).HasFilter("\"EndedAt\" IS NULL");
        });
        model.Entity<CallHold>(hold =>
        {
            hold.ToTable("CallHolds").HasKey(h => new { h.Call, h.StartedAt });
            hold.HasIndex(h => h.EndedAt).HasFilter("\"EndedAt\" IS NULL");
        });
        model.Entity<CallAttempt>().ToTable("CallAttempts").HasKey(a => new { a.Call, a.Offer });
    }
}

/// <summary>Writes the rows that decisions want.</summary>
internal static class CallRows
{
    public static void Write(TcccDb db, List<object> changes)
    {
        foreach (var change in changes)
        {
            switch (change)
            {
                case Insert insert: db.Store(insert.Row); break;
                case Update update: db.Store(update.Row); break;
            }
        }
    }

    /// <summary>Ends what a process that died left open: those calls are gone, whatever their rows say. Gives how many.</summary>
    public static async Task<int> EndLeftOvers(TcccDb db, DateTimeOffset now)
    {
        await db.Set<CallHold>().Where(h => h.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(h => h.EndedAt, now));
        return await db.Set<CallRecord>().Where(c => c.EndedAt == null).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.EndedAt, now)
            .SetProperty(c => c.Result, c => c.AnsweredAt == null ? CallResult.Failed : CallResult.Served)
            .SetProperty(c => c.Reason, CallEndReason.ServerRestarted)
            .SetProperty(c => c.EndedBy, EndedBy.System));
    }
}
