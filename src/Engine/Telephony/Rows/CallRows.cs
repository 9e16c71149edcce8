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
            // the customer card: earlier calls of a number
            call.HasIndex(c => new { c.Center, c.Customer, c.ArrivedAt });
            call.HasIndex(c => c.EndedAt).HasFilter("\"EndedAt\" IS NULL");
        });
        model.Entity<PhoneBinding>().ToTable("PhoneBindings").HasKey(b => b.SipUser);
        model.Entity<CallAttempt>(attempt =>
        {
            attempt.ToTable("CallAttempts").HasKey(a => new { a.Call, a.Offer });
            attempt.HasIndex(a => new { a.Agent, a.Offer });
        });
        model.Entity<CallNote>().ToTable("CallNotes").HasKey(n => new { n.Call, n.Agent });
        model.Entity<MissedSeen>().ToTable("MissedSeen").HasKey(s => s.Agent);
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

    /// <summary>
    /// Ends what a process that died left open: those calls are gone, whatever their rows say. Each ends at the last moment its row knows
    /// of, in its own time, at most <see cref="Call.MarkEvery"/> too early. Gives how many.
    /// </summary>
    public static async Task<int> EndLeftOvers(TcccDb db)
    {
        var calls = await db.Set<CallRecord>().Where(c => c.EndedAt == null).ToListAsync();
        foreach (var call in calls)
        {
            (call.EndedAt, call.Reason, call.EndedBy) = (LastKnown(call), CallEndReason.ServerRestarted, EndedBy.System);
            call.Result = call.AnsweredAt is null ? CallResult.Failed : CallResult.Served;
            db.Replace(call);
        }

        return calls.Count;
    }

    private static DateTimeOffset LastKnown(CallRecord call) => CallPart.Of(call) is [.., var last] ? last.Until : call.ArrivedAt;
}
