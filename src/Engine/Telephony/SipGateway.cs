using System.Net;
using Tccc.Directory;
using Tccc.Media;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>Who may come in from SIP, and what becomes of a new INVITE. Called on the SIP loop: looks things up in memory and posts.</summary>
internal sealed class SipGateway(Switchboard board) : ISipUser
{
    /// <summary>When a caller may come again whose call can't be put on record now.</summary>
    private static readonly TimeSpan ComeAgain = TimeSpan.FromSeconds(10);

    private static readonly Admission Challenge = new Admission.Challenge();
    private static readonly Admission Refused = new Admission.Refused();

    public bool IsCarrier(IPAddress address) => board.Centers.TrunkFor(address) is not null;

    /// <summary>Phones prove themselves wherever they are; a carrier is known by its address; nobody else is let in (403).</summary>
    public Admission Admit(SipMethod method, IPEndPoint source, SipUri requestUri, SipUri from)
    {
        if (method == SipMethod.Register) return Challenge;
        if (board.Centers.TrunkFor(source.Address) is { } trunk) return new Admission.Trusted(trunk);
        return from.User is { } user && board.Centers.PhoneByExtension(user) is not null ? Challenge : Refused;
    }

    public DigestAccount? FindAccount(string username) =>
        board.Centers.PhoneByExtension(username) is { } phone ? new(phone.SipUser, Allowed(phone.Ha1Md5), Allowed(phone.Ha1Sha256)) : null;

    private static string? Allowed(string hash) => hash.Length == 0 ? null : hash;

    public void RegistrationChanged(string username, bool registered) => board.Devices.PhoneRegistered(username, registered);

    public ISessionEvents? Invited(SipSession session)
    {
        if (board.Calls.Closed) return null;
        if (board.Writer.IsFull) return NoRoom(session);
        return session.Peer is Trunk trunk ? FromTrunk(session, trunk) : FromPhone(session);
    }

    /// <summary>As many rows wait for a database that can't be written as may: a further call could not be put on record.</summary>
    private static NobodyListens NoRoom(SipSession session)
    {
        CallMetrics.Refused("records-full");
        session.Reject(503, retryAfter: ComeAgain);
        return NobodyListens.Instance;
    }

    private LiveCall FromTrunk(SipSession session, Trunk trunk)
    {
        var called = session.RequestUri.User ?? "";
        var arrival = Arriving(session.Source!.Address, called);
        var number = arrival?.Number;
        return Begin(session, board.Centers.Of(number?.Center ?? trunk.Center)!, CustomerKind.Trunk, number?.Digits ?? Routes.Clean(called), board.EntryOf(number));
    }

    private Arrival? Arriving(IPAddress source, string called) =>
        board.Centers.Arriving(source, called) ?? (called.StartsWith('+') ? board.Centers.Arriving(source, called[1..]) : null);

    private ISessionEvents FromPhone(SipSession session)
    {
        var phone = session.Username is { } user ? board.Centers.PhoneByExtension(user) : null;
        if (phone is not null && board.Centers.Of(phone.Center) is { } center && Routes.NumberIn(board.Centers, center.Id, session.RequestUri.User ?? "") is { } number)
        {
            return Begin(session, center, CustomerKind.DeskPhone, number.Digits, board.EntryOf(number));
        }

        // A desk phone may call the center's own numbers; dialling out from it is not part of this version.
        CallMetrics.Refused("desk-phone-dials");
        session.Reject(403, "Dialling from desk phones is not enabled");
        return NobodyListens.Instance;
    }

    private LiveCall Begin(SipSession session, CenterView center, CustomerKind kind, string called, Entry entry)
    {
        var caller = Routes.Clean((session.AssertedIdentity ?? session.From).User);
        var leg = new CustomerLeg(board.Ids.Next<LegId>(), kind);
        var call = new LiveCall(board, new(board.Ids.Next<CallId>(), center.Id, caller, called, leg, Routes.Settings(center)), new SipCustomer(session));
        call.Post(new LiveCall.Opening(entry, session.Body, FarEndOf(session)));
        return call;
    }

    /// <summary>Desk phones encrypt when they can; of a carrier its trunk says it.</summary>
    private static FarEnd FarEndOf(SipSession session) => session.Peer is Trunk trunk
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
