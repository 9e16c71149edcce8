using System.Net;

namespace Tccc.Media.Sockets;

/// <summary>
/// Symmetric RTP (RFC 4961): a phone is where its packets come from, whatever its SDP says, so that NAT does no harm. Before the first
/// packet only
/// the host of the SDP or that of the signalling may be it (with <paramref name="anyHost"/> any); after it only that host, and only from
/// that port
/// while it sends. The better host takes back what another one took; a new address in a re-offer may be moved to.
/// </summary>
internal sealed class Latch(TimeSpan silence, bool anyHost = false)
{
    private sealed record Place(PeerAddress Address);

    // a peer that gave a new address and still sends from the old one this long afterwards has not moved
    private static readonly TimeSpan MoveTime = TimeSpan.FromSeconds(1);

    private volatile Place? latched;
    private volatile Place? signalled;
    private volatile Place? signalling;
    private volatile bool open = true;
    private Trust trust;
    private TimeSpan lastHeard;
    private long openedTicks;

    // how well the host of a packet is known
    private enum Trust
    {
        None,
        Any,
        Signalling,
        Description,
    }

    public bool IsLatched => latched is not null;

    /// <summary>Where to send; not set before either SDP or a packet told.</summary>
    public PeerAddress Target => (open ? signalled ?? latched : latched ?? signalled)?.Address ?? default;

    /// <summary>The peer's SDP names this address.</summary>
    public void Signal(PeerAddress address, TimeSpan now)
    {
        if (!address.IsSet || address == signalled?.Address) return;
        Volatile.Write(ref openedTicks, now.Ticks);
        signalled = new Place(address);
        open = true;
    }

    /// <summary>The peer's signalling comes from this host.</summary>
    public void SignalledFrom(IPAddress host) => signalling = new Place(PeerAddress.From(new IPEndPoint(host, 1)));

    /// <summary>True when a valid packet from there is the peer's; false: a stranger's. Media thread only.</summary>
    public bool Accept(PeerAddress from, TimeSpan now)
    {
        var current = latched;
        if (from == current?.Address)
        {
            if (open && (from == signalled?.Address || now.Ticks - Volatile.Read(ref openedTicks) > MoveTime.Ticks)) open = false;
        }
        else if (!MayBe(from, now)) return false;
        else (trust, latched, open) = (TrustIn(from), new Place(from), false);
        lastHeard = now;
        return true;
    }

    /// <summary>Whether <see cref="Accept"/> would say yes, before a packet's tag is known to be right.</summary>
    public bool MayBe(PeerAddress from, TimeSpan now)
    {
        var current = latched;
        if (from == current?.Address) return true;
        var host = TrustIn(from);
        return current is null ? host != Trust.None : MayMove(current.Address, from, host, now);
    }

    /// <summary>May a report come from this host? Reports share the host of RTP but not its port.</summary>
    public bool IsPeersHost(PeerAddress from) => latched is { } place ? SameHost(place.Address, from) : TrustIn(from) != Trust.None;

    private bool MayMove(PeerAddress current, PeerAddress from, Trust host, TimeSpan now) =>
        host > trust || (open && host != Trust.None) || ((open || now - lastHeard > silence) && SameHost(current, from));

    private Trust TrustIn(PeerAddress from) =>
        signalled is { } told && SameHost(told.Address, from) ? Trust.Description
        : signalling is { } party && SameHost(party.Address, from) ? Trust.Signalling
        : anyHost ? Trust.Any : Trust.None;

    private static bool SameHost(PeerAddress a, PeerAddress b)
    {
        Span<byte> x = stackalloc byte[16], y = stackalloc byte[16];
        return x[..a.WriteAddress(x)].SequenceEqual(y[..b.WriteAddress(y)]);
    }
}
