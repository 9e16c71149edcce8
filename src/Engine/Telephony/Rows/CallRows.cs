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
            call.Property(c => c.CustomerTail).HasMaxLength(CallRecord.TailLength);
            call.HasIndex(c => c.EndedAt).HasFilter("\"EndedAt\" IS NULL");
            // a call comes into the others once, when it ends, and not anew each time that its row is written: who looks through one says
            // that it has ended, and looks through those that are up apart
            const string over = "\"EndedAt\" IS NOT NULL";
            // the list; docs/adr/0017
            call.HasIndex(c => new { c.Center, c.ArrivedAt }).HasFilter(over);
            // an agent's list and History
            call.HasIndex(c => new { c.Agent, c.ArrivedAt }).HasFilter(over);
            // the list of a number, whole or by its last digits; the customer card
            call.HasIndex(c => new { c.Center, c.CustomerTail, c.ArrivedAt }).HasFilter(over);
            // the list of a direction, of a result, of both
            call.HasIndex(c => new { c.Center, c.Direction, c.Result, c.ArrivedAt }).HasFilter(over);
            // the list of a reason
            call.HasIndex(c => new { c.Center, c.Reason, c.Direction, c.ArrivedAt }).HasFilter(over);
            // the list of a group; the reason is at its end so that no row need be read to tell
            call.HasIndex(c => new { c.Center, c.Group, c.Direction, c.Result, c.ArrivedAt, c.Reason }).HasFilter(over);
        });
        model.Entity<PhoneBinding>().ToTable("PhoneBindings").HasKey(b => b.SipUser);
        model.Entity<CallAttempt>(attempt =>
        {
            attempt.ToTable("CallAttempts").HasKey(a => new { a.Call, a.Offer });
            attempt.HasIndex(a => new { a.Agent, a.Offer });
            // an agent's list: calls that they accepted and that went on to another
            attempt.HasIndex(a => new { a.Agent, a.ArrivedAt, a.Call }).HasFilter("\"Outcome\" = 'Accepted'");
        });
        model.Entity<QualityRecord>().ToTable("CallQualities").HasKey(q => q.Call);
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
