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
/// The SSL object stays after the keys are exported: it answers retransmitted flights and both sides' close_notify, which is
/// how a closed tab is noticed at once instead of after 30 s without consent. That costs some 40 KiB of native memory for
/// each warm line (OpenSSL 3.0; 50 until the peer is up and the record buffers are given back).
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
    private SslHandle? ssl;
    private volatile DtlsState state;
    private TimeSpan? deadline;
    private long dueTicks = long.MaxValue;
    private bool peerIsUp;

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

    /// <summary>When <see cref="OnTimer"/> wants to be called, on the clock of <c>now</c>; null = no need. Every call may change it.</summary>
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
            if (ssl is null || !DtlsBio.AreRecords(datagram)) return state;
            if (state == DtlsState.Connected) OpenSsl.SSL_alloc_buffers(ssl);
            var reads = OpenSsl.SSL_get_rbio(ssl);
            DtlsBio.Write(reads, datagram);
            if (state == DtlsState.Handshaking) Step(ssl, now);
            if (state == DtlsState.Connected) Listen(ssl);
            if (ssl is null) return state;
            // Whatever is left must not stand before the next datagram.
            DtlsBio.Clear(reads);
            if (peerIsUp) OpenSsl.SSL_free_buffers(ssl);
            return state;
        }
    }

    /// <summary>Sends again what is due: a flight of the handshake, or our last one. Calls that come early are harmless.</summary>
    public DtlsState OnTimer(TimeSpan now)
    {
        lock (gate)
        {
            if (ssl is null) return state;
            if (state == DtlsState.Connected)
            {
                if (lastFlight.Repeat(now, send)) Interlocked.Increment(ref counters.DtlsRetransmitted);
                Due = lastFlight.Due;
                return state;
            }
            OpenSsl.ERR_clear_error();
            var done = OpenSsl.SSL_ctrl(ssl, OpenSsl.DtlsHandleTimeout, 0, null);
            if (done > 0) Interlocked.Increment(ref counters.DtlsRetransmitted);
            Flush(ssl);
            if (done < 0 || now >= deadline) TimedOut();
            else Schedule(ssl, now);
            return state;
        }
    }

    /// <summary>The peer's first good SRTP packet came, so its handshake is over too: stops repeating our last flight and gives memory back. Cheap when called again.</summary>
    public void PeerIsUp()
    {
        if (peerIsUp) return;
        lock (gate)
        {
            if (ssl is null || state != DtlsState.Connected) return;
            peerIsUp = true;
            lastFlight.Forget();
            Due = null;
            OpenSsl.SSL_free_buffers(ssl);
        }
    }

    /// <summary>Sends close_notify when there is an association; the state is Closed then.</summary>
    public void Close()
    {
        lock (gate)
        {
            if (state is DtlsState.Closed or DtlsState.Failed) return;
            if (ssl is not null && state == DtlsState.Connected) SayGoodbye(ssl);
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
            SayGoodbye(session);
            Fail("The peer's certificate is not the one its a=fingerprint announced.");
            return;
        }
        if (DtlsKeyExport.Take(session, role) is not { } keys)
        {
            SayGoodbye(session);
            Fail("The peer agreed to no SRTP profile that we speak.");
            return;
        }
        Keys = keys;
        lastFlight.Begin(now);
        Due = lastFlight.Due;
        Interlocked.Increment(ref counters.DtlsConnected);
        state = DtlsState.Connected;
    }

    // Retransmitted flights are answered inside SSL_read; application data (nobody has a use for it) is read and dropped.
    private void Listen(SslHandle session)
    {
        var buffer = stackalloc byte[2048];
        int result;
        do
        {
            OpenSsl.ERR_clear_error();
            result = OpenSsl.SSL_read(session, buffer, 2048);
        }
        while (result > 0);
        var error = OpenSsl.SSL_get_error(session, result);
        Flush(session);
        if (error is OpenSsl.ErrorWantRead or OpenSsl.ErrorWantWrite) return;
        if ((OpenSsl.SSL_get_shutdown(session) & OpenSsl.ReceivedShutdown) != 0)
        {
            SayGoodbye(session);
            End(DtlsState.Closed);
            return;
        }
        // OpenSSL tripped over something that nobody vouches for. The keys are exported, so the call goes on without it.
        Release();
    }

    private void SayGoodbye(SslHandle session)
    {
        OpenSsl.ERR_clear_error();
        OpenSsl.SSL_alloc_buffers(session);
        // Below zero: a fatal alert came before, and nothing is to be said.
        if (OpenSsl.SSL_shutdown(session) >= 0) Flush(session);
        OpenSsl.ERR_clear_error();
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
        Release();
    }

    private void Release()
    {
        Due = null;
        lastFlight.Forget();
        ssl?.Dispose();
        ssl = null;
    }
}
