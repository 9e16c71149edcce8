namespace Tccc.Media;

/// <summary>
/// Our last flight of the handshake. DTLS gives it no timer (RFC 6347 §4.2.4): the sender answers a retransmission, but a
/// client whose timer has backed off to seconds leaves the caller in silence so long. So it is repeated until SRTP shows that it arrived.
/// </summary>
internal sealed class DtlsLastFlight
{
    private const int MaxRepeats = 12;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private List<byte[]>? datagrams;
    private TimeSpan interval = First;
    private int repeats;

    public TimeSpan? Due { get; private set; }

    public void Add(ReadOnlySpan<byte> datagram) => (datagrams ??= []).Add(datagram.ToArray());

    public void Begin(TimeSpan now) => Due = datagrams is null ? null : now + interval;

    /// <summary>Sends it again when it is time. True when it did.</summary>
    public bool Repeat(TimeSpan now, DtlsSend send)
    {
        if (datagrams is null || now < Due) return false;
        foreach (var datagram in datagrams) send(datagram);
        interval = interval * 2 < Longest ? interval * 2 : Longest;
        if (++repeats == MaxRepeats) Forget();
        else Due = now + interval;
        return true;
    }

    public void Forget() => (datagrams, Due) = (null, null);
}
