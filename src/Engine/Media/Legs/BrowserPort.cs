using Tccc.Media.Sockets;

namespace Tccc.Media.Legs;

/// <summary>
/// The one UDP port of all browsers: tells packets apart by their first byte (RFC 7983), STUN by the user name in it, the rest by the
/// address that an ICE check vouched for. Everything here happens on the media thread.
/// </summary>
internal sealed class BrowserPort(UdpPort port, MediaCounters counters, DtlsWorker worker) : IDatagramHandler
{
    private readonly Dictionary<ulong, WebRtcLeg> byUfrag = [];
    private readonly Dictionary<PeerAddress, WebRtcLeg> byAddress = [];
    private readonly HashSet<WebRtcLeg> legs = [];

    public UdpPort Port => port;

    public void Add(WebRtcLeg leg)
    {
        legs.Add(leg);
        byUfrag[leg.Credentials.Key] = leg;
    }

    public void Remove(WebRtcLeg leg)
    {
        legs.Remove(leg);
        Forget(byUfrag, leg);
        Forget(byAddress, leg);
        worker.Post(leg, DtlsWorker.Work.Close);
    }

    /// <summary>A new agent with new credentials; addresses of the old one stay until the browser leaves them.</summary>
    public void Restart(WebRtcLeg leg, IceLite ice, ulong key)
    {
        if (!legs.Contains(leg)) return;
        Forget(byUfrag, leg);
        byUfrag[key] = leg;
        leg.Ice = ice;
    }

    public void On(UdpPort port, Span<byte> datagram, PeerAddress from, TimeSpan now, SendBatch batch)
    {
        switch (datagram.IsEmpty ? (byte)255 : datagram[0])
        {
            case < 4:
                OnStun(datagram, from, now, batch);
                break;
            case >= 128 and <= 191:
                if (Known(from) is { } leg) leg.OnProtected(datagram, now, batch, worker);
                break;
            case >= 20 and <= 63:
                if (Known(from) is { } shaking) worker.Post(shaking, DtlsWorker.Work.Feed, datagram);
                break;
            default:
                Interlocked.Increment(ref counters.Malformed);
                break;
        }
    }

    /// <summary>To be called about once a second.</summary>
    public void CheckConsent(TimeSpan now)
    {
        foreach (var leg in legs)
            if (leg.Ice.OnTimer(now)) leg.ConsentExpired();
    }

    private void OnStun(ReadOnlySpan<byte> datagram, PeerAddress from, TimeSpan now, SendBatch batch)
    {
        if (!StunMessage.TryRead(datagram, out var message)) Interlocked.Increment(ref counters.WebRtc.StunMalformed);
        else if (!byUfrag.TryGetValue(IceCredentials.KeyOf(message), out var leg))
            Interlocked.Increment(ref counters.WebRtc.StunWrongPassword);
        else Check(leg, message, from, now, batch);
    }

    private void Check(WebRtcLeg leg, in StunMessage message, PeerAddress from, TimeSpan now, SendBatch batch)
    {
        var room = batch.Next(port);
        var step = leg.Ice.OnBinding(message, from, now, room);
        if (step.ReplyLength > 0) batch.Commit(port, from, step.ReplyLength);
        if (step.Forgotten.IsSet && byAddress.GetValueOrDefault(step.Forgotten) == leg) byAddress.Remove(step.Forgotten);
        // a browser that reloads may come from the same port with a new leg: the last check decides
        if (step.Checked) byAddress[from] = leg;
        if (step.RemoteChanged && leg.MoveTo(leg.Ice.Remote)) worker.Post(leg, DtlsWorker.Work.Start);
    }

    private WebRtcLeg? Known(PeerAddress from)
    {
        if (byAddress.TryGetValue(from, out var leg)) return leg;
        Interlocked.Increment(ref counters.UnknownBrowser);
        return null;
    }

    private static void Forget<TKey>(Dictionary<TKey, WebRtcLeg> map, WebRtcLeg leg) where TKey : notnull
    {
        foreach (var key in map.Where(pair => pair.Value == leg).Select(pair => pair.Key).ToList()) map.Remove(key);
    }
}
