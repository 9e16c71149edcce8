using System.Net;
using Tccc.Media.Rtp;
using Tccc.Media.Sdp;
using Tccc.Media.Sockets;

namespace Tccc.Media.Legs;

/// <summary>A trunk's or a desk phone's side: plain RTP on a port pair of its own.</summary>
internal sealed class RtpLeg : Leg, IDatagramHandler
{
    private readonly UdpPort rtp;
    private readonly UdpPort rtcp;
    private readonly Latch latch;
    private volatile bool mux;
    private volatile Place? rtcpSignalled;
    private volatile Place? rtcpLatched;
    private long strangers;

    private sealed record Place(PeerAddress Address);

    public RtpLeg(LegId id, LegSurroundings around, UdpPort rtp, UdpPort rtcp) : base(id, around)
    {
        (this.rtp, this.rtcp) = (rtp, rtcp);
        latch = new Latch(TimeSpan.FromSeconds(around.Options.LatchSilenceSeconds));
        rtp.Handler = this;
        rtcp.Handler = this;
    }

    public override LegKind Kind => LegKind.Rtp;

    public UdpPort Rtp => rtp;

    public UdpPort Rtcp => rtcp;

    /// <summary>Id and version of our o= line.</summary>
    public ulong Session { get; init; }

    public int Version { get; set; }

    public IPAddress LocalAddress { get; set; } = IPAddress.Any;

    protected override UdpPort RtpPort => rtp;

    protected override bool CanEmit => latch.Target.IsSet;

    protected override long Strangers => Volatile.Read(ref strangers);

    /// <summary>Takes over what the peer's description says.</summary>
    public void Agree(RtpTerms terms)
    {
        mux = terms.RtcpMux;
        if (terms.Rtp is { } to) latch.Signal(rtp.Reach(to), Around.Clock.Now);
        if (terms.Rtcp is { } reports && !mux) rtcpSignalled = new Place(rtcp.Reach(reports));
        Agreed = new Agreed(terms.Formats, terms.Direction.HasFlag(Direction.SendOnly), terms.Direction.HasFlag(Direction.RecvOnly));
    }

    public void On(UdpPort port, Span<byte> datagram, PeerAddress from, TimeSpan now, SendBatch batch)
    {
        if (port == rtcp || RtpPacket.IsRtcp(datagram)) OnReport(port, datagram, from, now);
        else OnRtp(datagram, from, now, batch);
    }

    protected override void Emit(Span<byte> room, int length, SendBatch batch) => batch.Commit(rtp, latch.Target, length);

    protected override void EmitReport(ReadOnlySpan<byte> report, SendBatch? batch)
    {
        var port = mux ? rtp : rtcp;
        var to = mux ? latch.Target : (rtcpLatched ?? rtcpSignalled)?.Address ?? default;
        if (!to.IsSet) return;
        if (batch is null)
        {
            port.SendNow(report, to);
            return;
        }
        report.CopyTo(batch.Next(port));
        batch.Commit(port, to, report.Length);
    }

    private void OnRtp(ReadOnlySpan<byte> datagram, PeerAddress from, TimeSpan now, SendBatch batch)
    {
        if (!RtpPacket.TryRead(datagram, out var packet))
        {
            Interlocked.Increment(ref Around.Counters.Malformed);
            return;
        }
        var kind = KindOf(packet.PayloadType);
        if (kind == PayloadKind.Unknown) Interlocked.Increment(ref Around.Counters.UnknownFormat);
        else if (!latch.Accept(from, now)) Stranger();
        else Receive(packet, kind, datagram.Length, now, batch);
    }

    // reports latch of themselves, but only from the host that RTP comes from
    private void OnReport(UdpPort port, ReadOnlySpan<byte> datagram, PeerAddress from, TimeSpan now)
    {
        if (latch.IsLatched && !latch.IsSameHost(from)) Stranger();
        else if (!Reports.Read(datagram, Out.Ssrc, now)) Interlocked.Increment(ref Around.Counters.Malformed);
        else
        {
            Reception.Heard(now);
            if (port == rtcp && latch.IsLatched && rtcpLatched?.Address != from) rtcpLatched = new Place(from);
        }
    }

    private void Stranger()
    {
        strangers++;
        Interlocked.Increment(ref Around.Counters.Stranger);
    }
}
