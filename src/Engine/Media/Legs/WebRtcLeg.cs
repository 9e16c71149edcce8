using Tccc.Media.Rtp;
using Tccc.Media.Sdp;
using Tccc.Media.Sockets;

namespace Tccc.Media.Legs;

/// <summary>
/// A browser's side: ICE-lite, DTLS and SRTP on the port that all share. ICE belongs to the media thread, the handshake to its worker;
/// keys go from there to both threads that send.
/// </summary>
internal sealed class WebRtcLeg : Leg, IDisposable
{
    private sealed record Keys(SrtpSender Sender, SrtpReceiver Receiver);

    private sealed record Place(PeerAddress Address);

    private readonly UdpPort port;
    private readonly DtlsSession dtls;
    private volatile Keys? keys;
    private volatile Place? target;
    private volatile bool lost;
    private bool heardFromPeer;

    public WebRtcLeg(LegId id, LegSurroundings around, UdpPort port, DtlsContext context, DtlsFingerprint fingerprint, WebRtcTerms terms)
        : base(id, around)
    {
        this.port = port;
        Terms = terms;
        Credentials = IceCredentials.New(around.Randomness);
        Ice = NewIce();
        dtls = new DtlsSession(context, terms.WeAreClient ? DtlsRole.Client : DtlsRole.Server, fingerprint, SendHandshake);
    }

    public override LegKind Kind => LegKind.WebRtc;

    /// <summary>Of the last offer.</summary>
    public WebRtcTerms Terms { get; private set; }

    public IceCredentials Credentials { get; private set; }

    /// <summary>Media thread only.</summary>
    public IceLite Ice { get; set; }

    /// <summary>Jobs of this leg in the worker's queue; the worker's own, under its lock.</summary>
    public int HandshakesWaiting { get; set; }

    public ulong Session { get; init; }

    public int Version { get; set; }

    protected override UdpPort RtpPort => port;

    protected override bool CanEmit => keys is not null && target is not null && !lost;

    protected override bool IsConnected => CanEmit;

    public void Agree(WebRtcTerms terms)
    {
        Terms = terms;
        Agreed = new Agreed(terms.Formats, AudioFormats.Arriving(terms.Audio, terms.Formats), terms.Direction);
    }

    /// <summary>
    /// The browser restarted ICE (RFC 8445 §2.4): credentials anew, the keys stay. Gives the agent for the media thread to take.
    /// </summary>
    public IceLite RestartIce()
    {
        Credentials = IceCredentials.New(Around.Randomness);
        return NewIce();
    }

    /// <summary>ICE says where the browser is. True the first time: the handshake may begin.</summary>
    public bool MoveTo(PeerAddress address)
    {
        var first = target is null;
        target = new Place(address);
        return first;
    }

    /// <summary>SRTP or SRTCP from an address that ICE vouches for, on the media thread.</summary>
    public void OnProtected(Span<byte> datagram, TimeSpan now, SendBatch batch, DtlsWorker worker)
    {
        if (keys is not { } k)
        {
            Interlocked.Increment(ref Around.Counters.NoKeys);
            return;
        }
        var isReport = RtpPacket.IsRtcp(datagram);
        // wrong tags and replays are counted there
        if (!(isReport ? k.Receiver.UnprotectRtcp(datagram, out var length) : k.Receiver.UnprotectRtp(datagram, out length))) return;
        if (!heardFromPeer)
        {
            heardFromPeer = true;
            worker.Post(this, DtlsWorker.Work.PeerIsUp);
        }
        if (isReport) OnReport(datagram[..length], now);
        else OnRtp(datagram[..length], now, batch);
    }

    /// <summary>Handshake work; on the worker. Tells when <see cref="HandshakeDue"/> wants the next.</summary>
    public void Handshake(DtlsWorker.Work work, ReadOnlySpan<byte> datagram, TimeSpan now)
    {
        var before = dtls.State;
        switch (work)
        {
            case DtlsWorker.Work.Start: dtls.Start(now); break;
            case DtlsWorker.Work.Feed: dtls.Feed(datagram, now); break;
            case DtlsWorker.Work.Timer: dtls.OnTimer(now); break;
            case DtlsWorker.Work.PeerIsUp: dtls.PeerIsUp(); break;
            case DtlsWorker.Work.Close: Dispose(); return;
        }
        if (dtls.State != before) Changed(dtls.State);
    }

    public TimeSpan? HandshakeDue => dtls.Due;

    /// <summary>Consent ran out; on the media thread.</summary>
    public void ConsentExpired() => Lose(LostReason.ConsentExpired);

    protected override void Emit(Span<byte> room, int length, SendBatch batch)
    {
        if (keys is not { } k || target is not { } to) return;
        var protectedLength = k.Sender.ProtectRtp(room, length);
        if (protectedLength > 0) batch.Commit(port, to.Address, protectedLength);
    }

    protected override void EmitReport(ReadOnlySpan<byte> report, SendBatch? batch)
    {
        if (keys is not { } k || target is not { } to) return;
        if (batch is null)
        {
            Span<byte> copy = stackalloc byte[Rtcp.MaxLength + SrtpSender.MaxOverhead];
            report.CopyTo(copy);
            port.SendNow(copy[..k.Sender.ProtectRtcp(copy, report.Length)], to.Address);
            return;
        }
        var room = batch.Next(port);
        report.CopyTo(room);
        var length = k.Sender.ProtectRtcp(room, report.Length);
        if (length > 0) batch.Commit(port, to.Address, length);
    }

    private void OnRtp(ReadOnlySpan<byte> datagram, TimeSpan now, SendBatch batch)
    {
        if (!RtpPacket.TryRead(datagram, out var packet))
        {
            Interlocked.Increment(ref Around.Counters.Malformed);
            return;
        }
        ReceiveAny(packet, datagram.Length, now, batch);
    }

    private void OnReport(ReadOnlySpan<byte> datagram, TimeSpan now)
    {
        if (Reports.Read(datagram, Out, now)) Reception.Heard(now);
        else Interlocked.Increment(ref Around.Counters.Malformed);
    }

    private void Changed(DtlsState state)
    {
        switch (state)
        {
            case DtlsState.Connected when dtls.Keys is { } agreed:
                keys = new Keys(agreed.NewSender(), agreed.NewReceiver(Around.Counters.WebRtc));
                Around.Events.On(new MediaEvent.Connected(Id));
                break;
            case DtlsState.Closed: Lose(LostReason.ClosedByPeer); break;
            case DtlsState.Failed: Lose(LostReason.HandshakeFailed); break;
        }
    }

    private void Lose(LostReason reason)
    {
        if (lost || Closed) return;
        lost = true;
        Around.Events.On(new MediaEvent.Lost(Id, reason));
    }

    /// <summary>close_notify, then the keys go; on the worker.</summary>
    public void Dispose()
    {
        dtls.Close();
        dtls.Dispose();
        keys?.Sender.Dispose();
        keys?.Receiver.Dispose();
    }

    private void SendHandshake(ReadOnlySpan<byte> datagram)
    {
        if (target is { } to) port.SendNow(datagram, to.Address);
    }

    private IceLite NewIce() => new(Credentials, Around.Counters.WebRtc, Around.Clock.Now);
}
