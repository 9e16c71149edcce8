using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Tccc.Directory;
using Tccc.Media;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>
/// Who may come in from SIP, and what becomes of a new INVITE. Called on the SIP loop: looks things up in memory and posts.
/// </summary>
internal sealed class SipGateway : ISipUser
{
    /// <summary>When a caller may come again whose call can't be put on record now.</summary>
    private static readonly TimeSpan ComeAgain = TimeSpan.FromSeconds(10);

    private static readonly Admission Challenge = new Admission.Challenge();
    private static readonly Admission Refused = new Admission.Refused();

    private readonly Switchboard board;
    private readonly TrunkAccounts trunks;
    private readonly PhoneBindings bindings;
    private readonly IntruderLog intruders;
    private readonly byte[] secret = new byte[32];

    public SipGateway(Switchboard board, TrunkAccounts trunks, PhoneBindings bindings, IRandomness randomness, ILogger<SipGateway> log)
    {
        (this.board, this.trunks, this.bindings, intruders) = (board, trunks, bindings, new(board.Time, log));
        randomness.Fill(secret);
    }

    public bool IsCarrier(IPAddress address) => board.Centers.TrunkFor(address) is not null;

    /// <summary>
    /// Phones register from anywhere, by their passwords. A carrier is known by its address, or proves itself when its networks take in
    /// everybody; nobody else is let in (403). Where an address is one of both kinds, the number decides; it says nothing of which numbers
    /// exist, because whoever is asked for a password here is asked for every number.
    /// </summary>
    public Admission Admit(SipMethod method, IPEndPoint source, SipUri requestUri, SipUri from)
    {
        if (method == SipMethod.Register) return Challenge;
        var open = board.Centers.OpenTrunksFor(source.Address).ToList();
        if (board.Centers.TrunkFor(source.Address) is not { } trunk) return open.Count > 0 ? Challenge : Refused;
        if (open.Count == 0 || Arriving(source.Address, requestUri.Number) is not null) return new Admission.Trusted(trunk);
        var isTheirs = open.Any(t => Routes.NumberIn(board.Centers, t.Center, requestUri.Number) is not null);
        return isTheirs ? Challenge : new Admission.Trusted(trunk);
    }

    public DigestAccount? FindAccount(string username) =>
        board.Centers.PhoneByExtension(username) is { } phone ? AccountOf(phone) : trunks.Of(username);

    /// <summary>
    /// Asked as one of the phones is, always the same one for a name: by the answers, names are shared out as phones are.
    /// </summary>
    public DigestAccount? Decoy(string username)
    {
        var phones = board.Centers.Phones;
        if (phones.Count == 0) return null;
        var hash = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(username));
        return AccountOf(phones[(int)(BitConverter.ToUInt32(hash) % (uint)phones.Count)]);
    }

    public void RegistrationChanged(string username, bool registered)
    {
        if (!registered) bindings.Forget(username);
        board.Devices.PhoneRegistered(username, registered);
    }

    public void Bound(Binding binding, TimeSpan life) => bindings.Keep(binding, life);

    public void WhenKept(Action then) => bindings.WhenStored(then);

    public void Suspected(Suspicion suspicion) => intruders.Note(suspicion);

    public ISessionEvents? Invited(SipSession session)
    {
        if (board.Calls.Closed) return null;
        if (board.Writer.IsFull) return NoRoom(session);
        if (session.Peer is Trunk trunk) return FromTrunk(session, trunk);
        var phone = session.Username is { } user ? board.Centers.PhoneByExtension(user) : null;
        var proven = phone is null && session.Username is { } name ? board.Centers.OpenTrunkByUser(name) : null;
        return proven is null ? FromPhone(session, phone) : FromProvenTrunk(session, proven);
    }

    /// <summary>As many rows wait for a database that can't be written as may: a further call could not be put on record.</summary>
    private static NobodyListens NoRoom(SipSession session)
    {
        CallMetrics.Refused("records-full");
        session.Reject(503, retryAfter: ComeAgain);
        return NobodyListens.Instance;
    }

    private static DigestAccount AccountOf(DeskPhone phone) => new(phone.SipUser, Allowed(phone.Ha1Md5), Allowed(phone.Ha1Sha256));

    private static string? Allowed(string hash) => hash.Length == 0 ? null : hash;

    /// <summary>
    /// Carriers that share the address are told apart by the number; one that is none of theirs leads nowhere (404), whoever else has it.
    /// </summary>
    private SipCarrier FromTrunk(SipSession session, Trunk trunk)
    {
        var arrival = Arriving(session.Source!.Address, session.RequestUri.Number);
        return FromCarrier(session, arrival?.Trunk ?? trunk, arrival?.Number);
    }

    /// <summary>It proved to be this carrier, which brings the numbers of its own center.</summary>
    private SipCarrier FromProvenTrunk(SipSession session, Trunk trunk) =>
        FromCarrier(session, trunk, Routes.NumberIn(board.Centers, trunk.Center, session.RequestUri.Number));

    private SipCarrier FromCarrier(SipSession session, Trunk trunk, Number? number)
    {
        // RFC 3325 §7: whom the network knows and may not tell is unknown to agents and records
        var caller = session.Withheld ? "" : Routes.Party(session.AssertedIdentity ?? session.From);
        var called = number?.Digits ?? Routes.Clean(session.RequestUri.Number);
        return Begin(session, board.Centers.Of(trunk.Center)!, trunk, caller, called, board.EntryOf(number));
    }

    private Arrival? Arriving(IPAddress source, string called)
    {
        foreach (var form in NumberForms.Of(called))
        {
            if (board.Centers.Arriving(source, form) is { } arrival) return arrival;
        }

        return null;
    }

    /// <summary>A phone is who it proved to be: neither From nor P-Asserted-Identity is looked at.</summary>
    private ISessionEvents FromPhone(SipSession session, DeskPhone? phone)
    {
        if (phone is not null && board.Centers.Of(phone.Center) is { } center
            && Routes.NumberIn(board.Centers, center.Id, session.RequestUri.Number) is { } number)
        {
            return Begin(session, center, null, phone.Extension, number.Digits, board.EntryOf(number));
        }

        // A desk phone may call the center's own numbers; dialling out from it is not part of this version.
        CallMetrics.Refused("desk-phone-dials");
        session.Reject(403, "Dialling from desk phones is not enabled");
        return NobodyListens.Instance;
    }

    private SipCarrier Begin(SipSession session, CenterView center, Trunk? trunk, string caller, string called, Entry entry)
    {
        var leg = new Leg(board.Ids.Next<LegId>(), trunk is null ? LegCarrier.DeskPhone : LegCarrier.Trunk);
        var customer = new SipCarrier(leg.Id) { Session = session };
        var call =
            new LiveCall(board, new(board.Ids.Next<CallId>(), center.Id, caller, called, leg, Routes.Settings(center)), customer);
        call.Post(new LiveCall.Opening(entry, session.Body, FarEndOf(session, trunk)));
        return customer;
    }

    /// <summary>Desk phones encrypt when they can; of a carrier its trunk says it.</summary>
    private static FarEnd FarEndOf(SipSession session, Trunk? trunk) => trunk is not null
        ? new(session.Source?.Address, trunk.Nat, trunk.MediaEncryption)
        : new(session.Source?.Address, Encryption: MediaEncryption.BestEffort);

    private sealed class NobodyListens : ISessionEvents
    {
        public static readonly NobodyListens Instance = new();

        public void On(SessionEvent e)
        {
        }
    }
}
