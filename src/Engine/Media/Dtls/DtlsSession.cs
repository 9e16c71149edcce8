using System.Runtime.InteropServices;

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
    /// <summary>close_notify or a fatal alert came, or we closed; final.</summary>
    Closed,
    /// <summary>See <see cref="DtlsSession.Failure"/>; final.</summary>
    Failed,
}

/// <summary>Takes one datagram for the peer; the bytes are good only during the call.</summary>
internal delegate void DtlsSend(ReadOnlySpan<byte> datagram);

/// <summary>
/// One DTLS 1.2 association with use_srtp (RFC 6347, 5764) over the system's libssl. Any thread may call: calls wait for one
/// another. A handshake step takes up to 1 ms, so give handshaking sessions to a worker, one datagram after the other. <c>send</c>
/// is called inside the calls and must not call back. After the end (Closed, Failed, Dispose) every call does nothing.
/// </summary>
/// <remarks>
/// The SSL object lasts as long as the handshake: it is 75 KB, and never less than 40. What a line needs afterwards is kept
/// beside it: the peer's key, for its close_notify (how a closed tab is noticed at once instead of after 30 s without consent)
/// and for its last flight when that comes again; our answers to both, which OpenSSL wrote in advance.
/// </remarks>
internal sealed unsafe class DtlsSession : IDisposable
{
    /// <summary>Datagrams that we send have at most this many bytes (RFC 8261 §5 and every browser).</summary>
    public const int Mtu = 1200;

    /// <summary>Seconds until a handshake that has not ended is given up.</summary>
    public const int HandshakeSeconds = 30;

    private readonly Lock gate = new();
    private readonly DtlsRole role;
    private readonly DtlsFingerprint remote;
    private readonly DtlsSend send;
    private readonly WebRtcCounters counters;
    private readonly DtlsLastFlight lastFlight = new();
    private readonly int mtu;
    // while it shakes hands
    private SslHandle? ssl;
    // from then on
    private DtlsPeerRecords? peer;
    private byte[] goodbye = [];
    private volatile DtlsState state;
    private TimeSpan? deadline;
    private long dueTicks = long.MaxValue;

    public DtlsSession(DtlsContext context, DtlsRole role, DtlsFingerprint remote, DtlsSend send) : this(context, role, remote, send, Mtu)
    {
    }

    internal DtlsSession(DtlsContext context, DtlsRole role, DtlsFingerprint remote, DtlsSend send, int mtu)
    {
        (this.role, this.remote, this.send, this.mtu, counters) = (role, remote, send, mtu, context.Counters);
        OpenSsl.ERR_clear_error();
        ssl = OpenSsl.SSL_new(context.Handle);
        if (ssl.IsInvalid) throw new DtlsUnavailableException($"OpenSSL makes no session: {OpenSsl.Errors()}.");
        OpenSsl.SSL_set_bio(ssl, DtlsBio.New(), DtlsBio.New());
        OpenSsl.SSL_ctrl(ssl, OpenSsl.SetMtu, mtu, null);
        OpenSsl.DTLS_set_timer_cb(ssl, &NextTimeout);
        if (role == DtlsRole.Server) OpenSsl.SSL_set_accept_state(ssl);
        else OpenSsl.SSL_set_connect_state(ssl);
    }

    public DtlsState State => state;

    /// <summary>One sentence for the log when the state is Failed.</summary>
    public string? Failure { get; private set; }

    /// <summary>Set from Connected on.</summary>
    public SrtpKeys? Keys { get; private set; }

    /// <summary>
    /// When <see cref="OnTimer"/> wants to be called, on the clock of <c>now</c>; null = no need. Every call may change it.
    /// </summary>
    public TimeSpan? Due
    {
        get => Interlocked.Read(ref dueTicks) is var ticks && ticks == long.MaxValue ? null : new TimeSpan(ticks);
        private set => Interlocked.Exchange(ref dueTicks, value?.Ticks ?? long.MaxValue);
    }

    /// <summary>Begins the handshake once ICE is connected: a client sends its ClientHello, a server begins its patience.</summary>
    /// <param name="now">Monotonic time from any fixed origin, the same in every call.</param>
    public DtlsState Start(TimeSpan now)
    {
        lock (gate)
        {
            if (ssl is null || deadline is not null) return state;
            Step(ssl, now);
            return state;
        }
    }

    /// <summary>Takes one datagram whose first byte is 20–63 (RFC 7983), in every state; only from a tuple that ICE has checked.</summary>
    public DtlsState Feed(ReadOnlySpan<byte> datagram, TimeSpan now)
    {
        lock (gate)
        {
            if (!DtlsBio.AreRecords(datagram)) return state;
            if (state == DtlsState.Connected) Listen(datagram);
            if (ssl is null) return state;
            var reads = OpenSsl.SSL_get_rbio(ssl);
            DtlsBio.Write(reads, datagram);
            Step(ssl, now);
            // Whatever is left must not stand before the next datagram.
            if (ssl is not null) DtlsBio.Clear(reads);
            return state;
        }
    }

    /// <summary>Sends again what is due: a flight of the handshake, or our last one. Calls that come early are harmless.</summary>
    public DtlsState OnTimer(TimeSpan now)
    {
        lock (gate)
        {
            if (state == DtlsState.Connected)
            {
                if (lastFlight.Repeat(now, send)) Interlocked.Increment(ref counters.DtlsRetransmitted);
                Due = lastFlight.Due;
            }
            if (ssl is null) return state;
            OpenSsl.ERR_clear_error();
            var done = OpenSsl.SSL_ctrl(ssl, OpenSsl.DtlsHandleTimeout, 0, null);
            if (done > 0) Interlocked.Increment(ref counters.DtlsRetransmitted);
            Flush(ssl);
            if (done < 0 || now >= deadline) TimedOut();
            else Schedule(ssl, now);
            return state;
        }
    }

    /// <summary>The peer's first good SRTP packet came, so its handshake is over too: stops repeating our last flight.</summary>
    public void PeerIsUp()
    {
        lock (gate)
        {
            if (state != DtlsState.Connected) return;
            lastFlight.Stop();
            Due = null;
        }
    }

    /// <summary>Sends close_notify when there is an association; the state is Closed then.</summary>
    public void Close()
    {
        lock (gate)
        {
            if (state is DtlsState.Closed or DtlsState.Failed) return;
            if (state == DtlsState.Connected) SayGoodbye();
            End(DtlsState.Closed);
        }
    }

    /// <summary>The same as <see cref="Close"/>.</summary>
    public void Dispose() => Close();

    // 50 ms at first, for a lost flight is silence before "Hello"; OpenSSL gives up after a dozen.
    [UnmanagedCallersOnly]
    private static uint NextTimeout(nint ssl, uint previous) => previous == 0 ? 50_000 : Math.Min(previous * 2, 1_000_000);

    private void Step(SslHandle session, TimeSpan now)
    {
        deadline ??= now + TimeSpan.FromSeconds(HandshakeSeconds);
        OpenSsl.ERR_clear_error();
        var result = OpenSsl.SSL_do_handshake(session);
        if (result != 1)
        {
            var error = OpenSsl.SSL_get_error(session, result);
            var waits = error is OpenSsl.ErrorWantRead or OpenSsl.ErrorWantWrite;
            var details = waits ? "" : OpenSsl.Errors();
            Flush(session);
            if (waits) Schedule(session, now);
            else Fail($"DTLS handshake refused: {details}");
            return;
        }
        // Only a server sends the last flight of a full handshake; a client's counterpart still has a timer of its own.
        Flush(session, role == DtlsRole.Server ? lastFlight : null);
        Finish(session, now);
    }

    private void Finish(SslHandle session, TimeSpan now)
    {
        if (OpenSsl.PeerCertificate(session) is not { } certificate || !remote.Matches(certificate))
        {
            Interlocked.Increment(ref counters.DtlsFingerprintMismatch);
            Refuse(session, "The peer's certificate is not the one its a=fingerprint announced.");
            return;
        }
        if (DtlsKeyExport.Take(session, role) is not { } keys)
        {
            Refuse(session, "The peer agreed to no SRTP profile that we speak.");
            return;
        }
        Keys = keys;
        peer = DtlsPeerRecords.Take(session, role);
        Interlocked.Increment(ref counters.DtlsConnected);
        var closed = HasClosed(session);
        WriteGoodbye(session);
        if (closed)
        {
            SayGoodbye();
            End(DtlsState.Closed);
            return;
        }
        FreeSsl();
        lastFlight.Begin(now);
        Due = lastFlight.Due;
        state = DtlsState.Connected;
    }

    private void Refuse(SslHandle session, string sentence)
    {
        WriteGoodbye(session);
        SayGoodbye();
        Fail(sentence);
    }

    // Records that overtook the end of the handshake wait inside OpenSSL, and a goodbye may be among them.
    private bool HasClosed(SslHandle session)
    {
        var dropped = stackalloc byte[2048];
        do OpenSsl.ERR_clear_error();
        while (OpenSsl.SSL_read(session, dropped, 2048) > 0);
        Flush(session);
        return (OpenSsl.SSL_get_shutdown(session) & OpenSsl.ReceivedShutdown) != 0;
    }

    // Application data and renegotiation are nothing to us: what is not read here is dropped.
    private void Listen(ReadOnlySpan<byte> records)
    {
        for (; !records.IsEmpty && state == DtlsState.Connected; records = records[DtlsBio.RecordLength(records)..])
        {
            switch (peer!.Read(records[..DtlsBio.RecordLength(records)]))
            {
                case DtlsSaid.Finished:
                    lastFlight.Answer(send);
                    break;
                case DtlsSaid.CloseNotify:
                    SayGoodbye();
                    End(DtlsState.Closed);
                    break;
                case DtlsSaid.FatalAlert:
                    End(DtlsState.Closed);
                    break;
            }
        }
    }

    private void WriteGoodbye(SslHandle session)
    {
        OpenSsl.ERR_clear_error();
        // Below zero: a fatal alert came before, and nothing is to be said.
        if (OpenSsl.SSL_shutdown(session) >= 0)
            DtlsBio.Flush(OpenSsl.SSL_get_wbio(session), mtu, datagram => goodbye = datagram.ToArray(), null);
        OpenSsl.ERR_clear_error();
    }

    private void SayGoodbye()
    {
        if (goodbye.Length > 0) send(goodbye);
    }

    private void Flush(SslHandle session, DtlsLastFlight? keep = null) => DtlsBio.Flush(OpenSsl.SSL_get_wbio(session), mtu, send, keep);

    private void Schedule(SslHandle session, TimeSpan now)
    {
        var left = stackalloc nint[2];
        var due = deadline!.Value;
        if (OpenSsl.SSL_ctrl(session, OpenSsl.DtlsGetTimeout, 0, left) == 1)
        {
            var retransmit = now + TimeSpan.FromMicroseconds(left[0] * 1_000_000d + left[1]);
            if (retransmit < due) due = retransmit;
        }
        Due = due;
    }

    private void TimedOut()
    {
        Interlocked.Increment(ref counters.DtlsTimedOut);
        Fail("The peer fell silent during the DTLS handshake.");
    }

    private void Fail(string sentence)
    {
        Failure = sentence;
        Interlocked.Increment(ref counters.DtlsFailed);
        End(DtlsState.Failed);
    }

    private void End(DtlsState final)
    {
        state = final;
        Due = null;
        FreeSsl();
    }

    private void FreeSsl()
    {
        ssl?.Dispose();
        ssl = null;
    }
}
