using System.Net;
using Tccc.Media.Rtp;
using Tccc.Media.Sdp;
using Tccc.Media.Sockets;

namespace Tccc.Media.Legs;

/// <summary>A trunk's or a desk phone's side: RTP, or SRTP with keys from the SDP, on a port pair of its own.</summary>
internal sealed class RtpLeg : Leg, IDatagramHandler, IDisposable
{
    /// <summary>
    /// Packets for an address that has neither confirmed our answer nor sent anything: a tenth of a second of the beginning. An offer
    /// with somebody
    /// else's address must not earn a stream for them.
    /// </summary>
    public const int MostUnconfirmed = 5;

    private readonly UdpPort rtp;
    private readonly UdpPort rtcp;
    private readonly Latch latch;
    private volatile bool mux;
    private volatile bool confirmed;
    private volatile Place? rtcpSignalled;
    private volatile Place? rtcpLatched;
    private RtpTerms? terms;
    private long strangers;

    private sealed record Place(PeerAddress Address);

    public RtpLeg(LegId id, LegSurroundings around, UdpPort rtp, UdpPort rtcp, FarEnd far) : base(id, around)
    {
        (this.rtp, this.rtcp, Far) = (rtp, rtcp, far);
        latch = new Latch(TimeSpan.FromSeconds(around.Options.LatchSilenceSeconds), far.AnyHost);
        if (far.Host is { } host) latch.SignalledFrom(host);
        Keys = new SdesKeys(around);
        rtp.Handler = this;
        rtcp.Handler = this;
    }

    public override LegKind Kind => LegKind.Rtp;

    public UdpPort Rtp => rtp;

    public UdpPort Rtcp => rtcp;

    public FarEnd Far { get; }

    public SdesKeys Keys { get; }

    /// <summary>Id and version of our o= line.</summary>
    public ulong Session { get; init; }

    public int Version { get; set; }

    public IPAddress LocalAddress { get; set; } = IPAddress.Any;

    /// <summary>The formats of our last description: the peer sends by their numbers.</summary>
    public AudioFormats Described { get; set; } = AudioFormats.Ours;

    /// <summary>The transport of our offers: what was agreed on, or what is wanted.</summary>
    public string Protocol => terms?.Audio.Protocol ?? (Far.Encryption == MediaEncryption.Required ? RtpTerms.Savp : RtpTerms.Avp);

    protected override UdpPort RtpPort => rtp;

    protected override bool CanEmit => latch.Target.IsSet && (confirmed || latch.IsLatched || Out.Packets < MostUnconfirmed);

    protected override long Strangers => Volatile.Read(ref strangers);

    /// <summary>Takes over what the peer's description says; <see cref="Described"/> is what ours says.</summary>
    public void Agree(RtpTerms agreed)
    {
        mux = agreed.RtcpMux;
        if (agreed.Rtp is { } to) latch.Signal(rtp.Reach(to), Around.Clock.Now);
        if (agreed.Rtcp is { } reports && !mux) rtcpSignalled = new Place(rtcp.Reach(reports));
        if (terms is null || terms.Direction != agreed.Direction || !Equals(terms.Rtp, agreed.Rtp)) WatchAnew();
        terms = agreed;
        Agreed = new Agreed(agreed.Formats, AudioFormats.Arriving(agreed.Audio, Described), agreed.Direction);
    }

    /// <summary>The peer has our description.</summary>
    public void Confirm() => confirmed = true;

    public void On(UdpPort port, Span<byte> datagram, PeerAddress from, TimeSpan now, SendBatch batch)
    {
        if (port == rtcp || RtpPacket.IsRtcp(datagram)) OnReport(port, datagram, from, now);
        else OnRtp(datagram, from, now, batch);
    }

    /// <summary>The keys go; nothing is sent after it.</summary>
    public void Dispose() => Keys.Dispose();

    protected override void Emit(Span<byte> room, int length, SendBatch batch)
    {
        length = Keys.ProtectRtp(room, length);
        if (length > 0) batch.Commit(rtp, latch.Target, length);
    }

    protected override void EmitReport(ReadOnlySpan<byte> report, SendBatch? batch)
    {
        var port = mux ? rtp : rtcp;
        var to = mux ? latch.Target : (rtcpLatched ?? rtcpSignalled)?.Address ?? default;
        if (!to.IsSet) return;
        var room = batch is null ? stackalloc byte[Media.Rtp.Rtcp.MaxLength + SrtpSender.MaxOverhead] : batch.Next(port);
        report.CopyTo(room);
        var length = Keys.ProtectRtcp(room, report.Length);
        if (length == 0) return;
        if (batch is null) port.SendNow(room[..length], to);
        else batch.Commit(port, to, length);
    }

    // a wrong tag is counted where it is found, and moves nothing
    private void OnRtp(Span<byte> datagram, PeerAddress from, TimeSpan now, SendBatch batch)
    {
        if (Keys.On && !latch.MayBe(from, now)) Stranger();
        else if (!Keys.UnprotectRtp(datagram, out var length)) { }
        else if (!RtpPacket.TryRead(datagram[..length], out var packet)) Interlocked.Increment(ref Around.Counters.Malformed);
        else if (!latch.Accept(from, now)) Stranger();
        else ReceiveAny(packet, length, now, batch);
    }

    // reports latch of themselves, but only from the host that RTP comes from
    private void OnReport(UdpPort port, Span<byte> datagram, PeerAddress from, TimeSpan now)
    {
        if (!latch.IsPeersHost(from)) Stranger();
        else if (!Keys.UnprotectRtcp(datagram, out var length)) { }
        else if (!Reports.Read(datagram[..length], Out, now)) Interlocked.Increment(ref Around.Counters.Malformed);
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
