using System.Collections.Concurrent;
using System.Net;

namespace Tccc.Sip;

/// <summary>
/// The registrar of the desk phones (RFC 3261 §10.3): one binding a user, the newest. It remembers where the REGISTER came
/// from, which is the way back to a phone behind NAT.
/// </summary>
internal sealed class Registrar(SipCore core)
{
    private sealed class Entry
    {
        public required Binding Binding;
        public required SipTimer Timer;
        public required DigestAccount? Account;
        public long Due;
    }

    private readonly Dictionary<string, Entry> entries = [];
    private readonly ConcurrentDictionary<string, Binding> bindings = new();
    private readonly Dictionary<IPEndPoint, int> places = [];

    // How many phones are registered from an address.
    private readonly ConcurrentDictionary<IPAddress, int> addresses = new();

    public int Count => bindings.Count;

    /// <summary>From any thread.</summary>
    public bool HasPhoneAt(IPAddress address) => addresses.ContainsKey(address);

    /// <summary>From any thread.</summary>
    public Binding? Of(string username) => bindings.GetValueOrDefault(username);

    /// <summary>A phone is registered from this very place.</summary>
    public bool IsAt(IPEndPoint place) => places.ContainsKey(place);

    /// <summary>
    /// A binding from before a restart. One over TCP is of use only where its Contact can be dialled: at the address that it came from; one
    /// over TLS is not, since phones have no certificate to be known by.
    /// </summary>
    public bool Restore(Binding binding, long due)
    {
        var seen = new Hop(binding.Transport, binding.Source);
        if (!OutlivesRestart(binding.Contact, seen)) return false;
        if (core.User.FindAccount(binding.Username) is not { } account) return false;
        Keep(binding with { Hop = seen, Expires = core.TimeOf(due) }, account, due);
        return true;
    }

    /// <summary>
    /// Whether the phone can be reached without the connection that it registered over. If not it is asked to come again soon, so that
    /// after a restart it does not believe for an hour that it can be called.
    /// </summary>
    private static bool OutlivesRestart(SipUri contact, Hop seen) => seen.Transport switch
    {
        SipTransport.Udp => true,
        SipTransport.Tcp => Addresses.Read(contact.Host)?.Equals(seen.Remote.Address) is true,
        _ => false,
    };

    public void Register(ServerTransaction transaction, Hop source, string username)
    {
        var request = transaction.Request;
        if (SipUri.Read(request.Party(HeaderId.To).Uri)?.User != username || core.User.FindAccount(username) is not { MayRegister: true })
        {
            // One account may not move another's calls.
            core.Respond(transaction, 403);
            return;
        }
        MessageRules.CSeq(request, out var cseq, out _);
        var callId = SipText.Raw(request.Get(HeaderId.CallId));
        if (entries.TryGetValue(username, out var known) && known.Binding.CallId == callId && cseq <= known.Binding.CSeq)
        {
            core.Respond(transaction, 500, "CSeq Out Of Order");
            return;
        }
        if (!Choose(request, out var chosen, out var remove, out var status))
        {
            core.Respond(
                transaction, status, extra: status == 423 ? [$"Min-Expires: {(uint)core.Options.MinRegistration.TotalSeconds}"] : null);
            return;
        }
        if (chosen is not null) Bind(username, chosen, request, source, callId, cseq);
        else if (remove(known?.Binding)) Unbind(username);
        else
        {
            Answer(transaction, username);
            return;
        }
        core.User.WhenKept(() => core.Post(() => Answer(transaction, username)));
    }

    /// <summary>The connection that a phone registered over is gone: it cannot be called any more.</summary>
    public void TransportFailed(Func<Hop, bool> where)
    {
        foreach (var (username, entry) in entries.ToArray())
        {
            if (entry.Binding.Hop is { IsStream: true } hop && where(hop)) Unbind(username);
        }
    }

    /// <summary>Who has no account any more, or a new password, has to register anew: such a phone is not called.</summary>
    public void DropStale()
    {
        foreach (var (username, entry) in entries.ToArray())
        {
            if (core.User.FindAccount(username) is not { } account || account != entry.Account) Unbind(username);
        }
    }

    private sealed record Chosen(SipUri Contact, uint Seconds);

    /// <summary>Of several contacts the one with the highest q, of equals the last; and which binding is to go when none is left.</summary>
    private bool Choose(SipMessage request, out Chosen? chosen, out Func<Binding?, bool> remove, out int status)
    {
        chosen = null;
        remove = _ => false;
        status = 400;
        var gone = new List<SipUri>();
        var best = -1.0;
        var hasHeader = SipText.TryNumber(request.Get(HeaderId.Expires), uint.MaxValue, out var header);
        foreach (var value in request.Values(HeaderId.Contact))
        {
            if (value.SequenceEqual("*"u8))
            {
                // The star removes all, and must stand alone with Expires: 0 (RFC 3261 §10.3 step 6).
                if (!hasHeader || header != 0 || request.CountOf(HeaderId.Contact) != 1
                    || SipText.IndexOutside(request.Get(HeaderId.Contact), (byte)',') >= 0) return false;
                remove = _ => true;
                return true;
            }
            if (!NameAddr.TryParse(value, out var contact) || !SipUri.TryParseContact(contact.Uri, out var uri) || !uri.IsSip) return false;
            var seconds = contact.Parameters.TryGet("expires"u8, out var own)
                && SipText.TryNumber(own, uint.MaxValue, out var number) ? number
                : hasHeader ? header : (uint)core.Options.DefaultRegistration.TotalSeconds;
            if (seconds == 0)
            {
                gone.Add(uri);
                continue;
            }
            if (seconds < core.Options.MinRegistration.TotalSeconds)
            {
                status = 423;
                return false;
            }
            var q = contact.Parameters.TryGet("q"u8, out var text)
                && double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var weight) ? weight : 1.0;
            if (q < best) continue;
            best = q;
            chosen = new(uri, seconds);
        }
        remove = binding => binding is not null && gone.Contains(binding.Contact);
        return true;
    }

    private void Bind(string username, Chosen chosen, SipMessage request, Hop source, string callId, uint cseq)
    {
        var most = OutlivesRestart(chosen.Contact, source) ? core.Options.MaxRegistration : core.Options.MaxConnectedRegistration;
        var seconds = Math.Min(chosen.Seconds, (uint)most.TotalSeconds);
        var due = core.Now + seconds * 1000L;
        var fresh = !entries.ContainsKey(username);
        var binding = new Binding(username, chosen.Contact, source.Remote, source.Transport, core.TimeOf(due))
        {
            UserAgent = request.Has(HeaderId.UserAgent) ? SipText.Text(request.Get(HeaderId.UserAgent)) : null,
            Hop = source, CallId = callId, CSeq = cseq,
        };
        Keep(binding, core.User.FindAccount(username), due);
        core.User.Bound(binding, TimeSpan.FromSeconds(seconds));
        if (fresh) core.User.RegistrationChanged(username, true);
    }

    private void Keep(Binding binding, DigestAccount? account, long due)
    {
        if (entries.TryGetValue(binding.Username, out var old)) Drop(old);
        var timer = new SipTimer(core.Timers, () => Unbind(binding.Username));
        var entry = new Entry { Binding = binding, Timer = timer, Account = account, Due = due };
        entries[binding.Username] = entry;
        bindings[binding.Username] = binding;
        places[binding.Source] = places.GetValueOrDefault(binding.Source) + 1;
        addresses.AddOrUpdate(binding.Source.Address, 1, (_, count) => count + 1);
        entry.Timer.Arm(due);
    }

    private void Drop(Entry entry)
    {
        entry.Timer.Disarm();
        Leave(entry.Binding.Source.Address);
        if (places[entry.Binding.Source] > 1) places[entry.Binding.Source]--;
        else places.Remove(entry.Binding.Source);
    }

    private void Unbind(string username)
    {
        if (!entries.Remove(username, out var entry)) return;
        Drop(entry);
        bindings.TryRemove(username, out _);
        core.User.RegistrationChanged(username, false);
    }

    private void Leave(IPAddress address)
    {
        if (addresses.AddOrUpdate(address, 0, (_, count) => count - 1) == 0) addresses.TryRemove(address, out _);
    }

    private void Answer(ServerTransaction transaction, string username)
    {
        string[] extra = entries.TryGetValue(username, out var entry)
            ? [$"Contact: <{entry.Binding.Contact}>;expires={Math.Max(0, (entry.Due - core.Now) / 1000)}"]
            : [];
        core.Respond(transaction, 200, extra: [.. extra, $"Date: {core.TimeOf(core.Now).UtcDateTime:R}"]);
    }
}
