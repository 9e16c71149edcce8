
namespace Tccc.Media.Sockets;

/// <summary>
/// Symmetric RTP (RFC 4961): a phone is where its packets come from, whatever its SDP says, so that NAT does no harm. The first valid packet
/// decides; after that other addresses are strangers, unless the peer gave a new address (re-offer) or the latched one has been silent.
/// A packet from the address of the SDP still takes over from a first comer of another host.
/// </summary>
internal sealed class Latch(TimeSpan silence)
{
    private sealed record Place(PeerAddress Address);

    private volatile Place? latched;
    private volatile Place? signalled;
    private volatile bool open = true;
    // a peer that gave a new address and still sends from the old one this long afterwards has not moved
    private static readonly TimeSpan MoveTime = TimeSpan.FromSeconds(1);

    private bool provisional;
    private TimeSpan lastHeard;
    private long openedTicks;

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

    /// <summary>True when a valid packet from there is the peer's; false: a stranger's. Media thread only.</summary>
    public bool Accept(PeerAddress from, TimeSpan now)
    {
        var current = latched;
        if (current is null || (from != current.Address && MayMove(from, now))) Move(from);
        else if (from != current.Address) return false;
        else if (open && (from == signalled?.Address || now.Ticks - Volatile.Read(ref openedTicks) > MoveTime.Ticks)) open = false;
        lastHeard = now;
        return true;
    }

    /// <summary>For RTCP that shares the host of RTP but not its port: is this address on the latched host?</summary>
    public bool IsSameHost(PeerAddress from) => latched is { } place && SameHost(place.Address, from);

    private bool MayMove(PeerAddress from, TimeSpan now) =>
        open || now - lastHeard > silence || (provisional && from == signalled?.Address);

    private void Move(PeerAddress from)
    {
        var told = signalled?.Address ?? default;
        provisional = told.IsSet && !SameHost(told, from);
        latched = new Place(from);
        open = false;
    }

    private static bool SameHost(PeerAddress a, PeerAddress b)
    {
        Span<byte> x = stackalloc byte[16], y = stackalloc byte[16];
        return x[..a.WriteAddress(x)].SequenceEqual(y[..b.WriteAddress(y)]);
    }
}
