namespace Tccc.Media;

internal enum DtlsRole
{
    /// <summary>We send the ClientHello: the peer's SDP said setup:passive.</summary>
    Client,
    /// <summary>The peer does (our answer says setup:passive).</summary>
    Server,
}

internal enum DtlsState
{
    Handshaking,
    /// <summary>The fingerprint was right and <see cref="DtlsSession.Keys"/> are there.</summary>
    Connected,
    /// <summary>close_notify came, or we closed.</summary>
    Closed,
    /// <summary>See <see cref="DtlsSession.Failure"/>.</summary>
    Failed,
}

/// <summary>Takes one datagram for the peer; the bytes are good only during the call.</summary>
internal delegate void DtlsSend(ReadOnlySpan<byte> datagram);

/// <summary>
/// One DTLS 1.2 association with use_srtp (RFC 6347, 5764) over the system's libssl. Any thread may call: calls wait for one
/// another, a handshake step takes up to 1 ms, so give handshaking sessions to a worker. <c>send</c> is called inside the
/// calls and must not call back. After Dispose every call does nothing.
/// </summary>
internal sealed class DtlsSession : IDisposable
{
    public DtlsSession(DtlsContext context, DtlsRole role, DtlsFingerprint remote, DtlsSend send) => throw new NotImplementedException();

    public DtlsState State { get; private set; }

    /// <summary>One sentence for the log when the state is Failed.</summary>
    public string? Failure { get; private set; }

    /// <summary>Set from Connected on.</summary>
    public SrtpKeys? Keys { get; private set; }

    /// <summary>When <see cref="OnTimer"/> wants to be called, on the clock of <c>now</c>; null = no need.</summary>
    public TimeSpan? Due { get; private set; }

    /// <summary>Begins the handshake once ICE is connected: a client sends its ClientHello, a server begins its patience.</summary>
    public DtlsState Start(TimeSpan now) => throw new NotImplementedException();

    /// <summary>Takes one datagram whose first byte is 20–63 (RFC 7983), in every state.</summary>
    public DtlsState Feed(ReadOnlySpan<byte> datagram, TimeSpan now) => throw new NotImplementedException();

    public DtlsState OnTimer(TimeSpan now) => throw new NotImplementedException();

    /// <summary>The peer's first good SRTP packet came, so its handshake is over too: stops repeating our last flight and gives memory back.</summary>
    public void PeerIsUp() => throw new NotImplementedException();

    /// <summary>Sends close_notify when there is an association.</summary>
    public void Close() => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
