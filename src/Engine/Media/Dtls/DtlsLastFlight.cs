namespace Tccc.Media;

/// <summary>
/// Our last flight of the handshake. DTLS gives it no timer (RFC 6347 §4.2.4): the sender answers a retransmission, but a
/// client whose timer has backed off to seconds leaves the caller in silence so long. So it is repeated until SRTP shows that
/// it arrived. It is kept (75 bytes) to answer a retransmission that comes later still.
/// </summary>
internal sealed class DtlsLastFlight
{
    private const int MaxRepeats = 12;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private byte[][] datagrams = [];
    private TimeSpan interval = First;
    private int repeats;

    public TimeSpan? Due { get; private set; }

    public void Add(ReadOnlySpan<byte> datagram) => datagrams = [.. datagrams, datagram.ToArray()];

    public void Begin(TimeSpan now) => Due = datagrams.Length == 0 ? null : now + interval;

    /// <summary>Sends it again when it is time. True when it did.</summary>
    public bool Repeat(TimeSpan now, DtlsSend send)
    {
        if (Due is null || now < Due) return false;
        Answer(send);
        interval = interval * 2 < Longest ? interval * 2 : Longest;
        if (++repeats == MaxRepeats) Stop();
        else Due = now + interval;
        return true;
    }

    /// <summary>Sends it to a peer whose own flight came again. A client has none: its flight was not the last.</summary>
    public void Answer(DtlsSend send)
    {
        foreach (var datagram in datagrams) send(datagram);
    }

    public void Stop() => Due = null;
}
