using System.Net;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>
/// Writes where desk phones are registered, and gives it back to SIP at the start, before the first request is read. ADR 11.
/// </summary>
internal sealed class PhoneBindings(
    Centers centers, Writer writer, IDbContextFactory<TcccDb> databases, Deadlines deadlines, TimeProvider time)
{
    public void Keep(Binding binding, TimeSpan life)
    {
        var contact = binding.Contact.ToString();
        if (centers.PhoneByExtension(binding.Username) is not { } phone || contact.Length > PhoneBinding.LongestContact) return;
        var row = new PhoneBinding
        {
            SipUser = binding.Username, Center = phone.Center, Contact = contact,
            Address = binding.Source.Address.ToString(), Port = binding.Source.Port, Transport = binding.Transport,
            UserAgent = binding.UserAgent is { } agent ? Foreign.Text(agent) : null,
            CallId = binding.CallId, CSeq = binding.CSeq, Expires = time.GetUtcNow() + life,
        };
        writer.Enqueue(db => db.Store(row));
    }

    public void Forget(string sipUser) => writer.Enqueue(db => db.Set<PhoneBinding>().Where(b => b.SipUser == sipUser).ExecuteDelete());

    /// <summary>
    /// Calls back when all that was kept and forgotten so far is stored, but not later than a customer is told what waits for a call's row
    /// (<see cref="HeldAnswers.Longest"/>); maybe on the writer's thread.
    /// </summary>
    public void WhenStored(Action then)
    {
        var held = new HeldAnswers(deadlines, time);
        held.Give(then);
        held.Begin();
        writer.EnqueueNow(_ => { }, held.Release);
    }

    /// <summary>Gives how many phones can be reached as before; rows of the others go.</summary>
    public async Task<int> Restore(SipEndpoint sip)
    {
        await using var db = await databases.CreateDbContextAsync();
        var restored = 0;
        foreach (var row in await db.Set<PhoneBinding>().AsNoTracking().ToListAsync())
        {
            if (Take(sip, row)) restored++;
            else Forget(row.SipUser);
        }

        return restored;
    }

    private bool Take(SipEndpoint sip, PhoneBinding row)
    {
        var life = row.Expires - time.GetUtcNow();
        // a clock that was set back must not make a phone's registration longer than it can have been
        if (life > SipOptions.LongestRegistration) life = SipOptions.LongestRegistration;
        if (life <= TimeSpan.Zero || !SipUri.TryParse(row.Contact, out var contact)) return false;
        if (!IPAddress.TryParse(row.Address, out var address)) return false;
        var binding = new Binding(row.SipUser, contact, new(address, row.Port), row.Transport, row.Expires)
        {
            UserAgent = row.UserAgent, CallId = row.CallId, CSeq = (uint)row.CSeq,
        };
        return sip.Restore(binding, life);
    }
}
