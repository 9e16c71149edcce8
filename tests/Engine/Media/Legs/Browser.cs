using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Tccc.Media.Codecs;
using Tccc.Media.Rtp;
using Tccc.Media.Sdp;

namespace Tccc.Media.Tests.Legs;

/// <summary>
/// A browser's media half on the loopback: sends ICE checks, shakes hands, speaks SRTP. One thread owns its socket.
/// </summary>
internal sealed class Browser : IDisposable
{
    private const int FrameSamples = 160;
    private static readonly TimeSpan CheckEvery = TimeSpan.FromMilliseconds(100);

    private readonly MediaClock clock = new(TimeProvider.System);
    private readonly WebRtcCounters counters = new();
    private readonly IceCredentials local;
    private readonly DtlsContext context;
    private readonly Lock gate = new();
    private readonly List<byte[]> heard = [];
    private readonly List<byte[]> reports = [];
    private Socket socket = Bind();
    private DtlsSession? dtls;
    private SrtpSender? sender;
    private SrtpReceiver? receiver;
    private IPEndPoint server = new(IPAddress.Loopback, 9);
    private byte[] username = [];
    private byte[] password = [];
    private Thread? thread;
    private Timer? voice;
    private readonly ManualResetEvent pause = new(false);
    private volatile bool closed;
    private volatile bool moving;
    private int sequence = 900;
    private uint timestamp = 4000;
    private double phase;
    private long mediaReceived;

    public Browser()
    {
        local = IceCredentials.New(new SystemRandomness());
        context = new DtlsContext(TimeProvider.System, counters);
    }

    public string Setup { get; init; } = "actpass";

    /// <summary>A fingerprint other than the one of the certificate.</summary>
    public string? FalseFingerprint { get; init; }

    public uint Ssrc { get; init; } = 0xB0B;

    /// <summary>Only counts what it hears, now and then: nobody is woken for a packet, as a sender does not wake a far receiver.</summary>
    public bool Deaf { get; init; }

    public long MediaReceived => Volatile.Read(ref mediaReceived);

    /// <summary>The next offer restarts ICE.</summary>
    public string? RestartedUfrag { get; set; }

    public DtlsState State => dtls?.State ?? DtlsState.Handshaking;

    public bool Connected => receiver is not null;

    public int ChecksAnswered { get; private set; }

    public IReadOnlyList<byte[]> Heard
    {
        get
        {
            lock (heard) return [.. heard];
        }
    }

    public IReadOnlyList<byte[]> Reports
    {
        get
        {
            lock (reports) return [.. reports];
        }
    }

    public string Offer(string direction = "sendrecv") => string.Create(CultureInfo.InvariantCulture, $"""
        v=0
        o=- 1 1 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE 0
        m=audio 9 UDP/TLS/RTP/SAVPF 111 0 8 126
        c=IN IP4 0.0.0.0
        a=ice-ufrag:{RestartedUfrag ?? local.Ufrag}
        a=ice-pwd:{local.Password}
        a=fingerprint:{FalseFingerprint ?? context.Fingerprint}
        a=setup:{Setup}
        a=mid:0
        a={direction}
        a=rtcp-mux
        a=rtpmap:111 opus/48000/2
        a=rtpmap:126 telephone-event/8000

        """).ReplaceLineEndings("\r\n");

    /// <summary>Takes the answer and begins to check; after a restart it only takes the new credentials.</summary>
    public void Take(string answer, string? wrongPassword = null)
    {
        var audio = SdpReader.Read(answer, out _)!.Audio!;
        server = new IPEndPoint(IPAddress.Loopback, audio.Port);
        password = Encoding.ASCII.GetBytes(wrongPassword ?? audio.Transport.IcePwd!);
        username = Encoding.ASCII.GetBytes($"{audio.Transport.IceUfrag}:{RestartedUfrag ?? local.Ufrag}");
        if (thread is not null) return;
        if (!DtlsFingerprint.TryParse(audio.Transport.Fingerprint, out var fingerprint))
            throw new ArgumentException("no fingerprint", nameof(answer));
        dtls = new DtlsSession(context, audio.Transport.Setup == "active" ? DtlsRole.Server : DtlsRole.Client, fingerprint, SendRaw);
        thread = new Thread(Run) { IsBackground = true };
        thread.Start();
    }

    public void Talk(double hertz) => voice = new Timer(_ => Say(hertz), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));

    public void Say(double hertz)
    {
        Span<byte> frame = stackalloc byte[FrameSamples];
        for (var i = 0; i < FrameSamples; i++, phase += 2 * Math.PI * hertz / 8000)
            frame[i] = G711.Encode(AudioCodec.Pcmu, (short)(8000 * Math.Sin(phase)));
        SayFrame(frame);
    }

    public void SayFrame(ReadOnlySpan<byte> frame)
    {
        lock (gate)
        {
            Span<byte> packet = stackalloc byte[RtpPacket.HeaderLength + FrameSamples + SrtpSender.MaxOverhead];
            RtpPacket.WriteHeader(packet, 0, false, (ushort)sequence++, timestamp, Ssrc);
            timestamp += FrameSamples;
            frame.CopyTo(packet[RtpPacket.HeaderLength..]);
            if (sender is { } s) SendRaw(packet[..s.ProtectRtp(packet, RtpPacket.HeaderLength + FrameSamples)]);
        }
    }

    /// <summary>Presses a key; returns one protected packet of it, to be sent again or bent.</summary>
    public byte[] Press(char key)
    {
        lock (gate)
        {
            byte[] last = [];
            for (var i = 0; i < 7; i++)
            {
                var packet = new byte[RtpPacket.HeaderLength + TelephoneEvent.Length + SrtpSender.MaxOverhead];
                RtpPacket.WriteHeader(packet, 126, i == 0, (ushort)sequence++, timestamp, Ssrc);
                new TelephoneEvent(TelephoneEvent.CodeOf(key)!.Value, i >= 4, (ushort)(Math.Min(i + 1, 5) * FrameSamples))
                    .Write(packet.AsSpan(RtpPacket.HeaderLength));
                last = packet[..sender!.ProtectRtp(packet, packet.Length - SrtpSender.MaxOverhead)];
                SendRaw(last);
            }
            timestamp += 1600;
            return last;
        }
    }

    public void SendRaw(ReadOnlySpan<byte> datagram)
    {
        try
        {
            socket.SendTo(datagram, server);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // it moved, or is gone
        }
    }

    /// <summary>Goes on from another port, as when the network changed.</summary>
    public void Move() => moving = true;

    /// <summary>The page is closed.</summary>
    public void Close() => dtls?.Close();

    /// <summary>The machine is gone without a word.</summary>
    public void Dispose()
    {
        closed = true;
        pause.Set();
        voice?.Dispose();
        thread?.Join();
        dtls?.Dispose();
        socket.Dispose();
        sender?.Dispose();
        receiver?.Dispose();
        context.Dispose();
        pause.Dispose();
    }

    private void Run()
    {
        var buffer = new byte[2048];
        TimeSpan nextCheck = default;
        while (!closed)
        {
            // only this thread waits on the socket, so only it may put it away
            if (moving) MoveNow();
            var now = clock.Now;
            if (now >= nextCheck)
            {
                Check();
                nextCheck = now + CheckEvery;
            }
            if (dtls!.Due <= now) dtls.OnTimer(now);
            if (Deaf && Connected) pause.WaitOne(CheckEvery);
            try
            {
                if (Deaf && Connected)
                    while (socket.Available > 0) On(buffer.AsSpan(0, socket.Receive(buffer)));
                else if (socket.Poll(5000, SelectMode.SelectRead)) On(buffer.AsSpan(0, socket.Receive(buffer)));
            }
            catch (SocketException)
            {
                // the server's port is closed
            }
        }
    }

    private void MoveNow()
    {
        var old = socket;
        socket = Bind();
        old.Dispose();
        moving = false;
    }

    private void On(Span<byte> datagram)
    {
        switch (datagram[0])
        {
            case < 4:
                if (!StunMessage.TryRead(datagram, out var message) || message.Class != StunClass.Success) return;
                if (ChecksAnswered++ == 0) dtls!.Start(clock.Now);
                break;
            case >= 20 and <= 63:
                if (dtls!.Feed(datagram, clock.Now) == DtlsState.Connected && receiver is null) TakeKeys(dtls.Keys!);
                break;
            default:
                OnMedia(datagram);
                break;
        }
    }

    private void TakeKeys(SrtpKeys keys)
    {
        sender = keys.NewSender();
        receiver = keys.NewReceiver(counters);
    }

    private void OnMedia(Span<byte> datagram)
    {
        if (receiver is not { } r) return;
        Volatile.Write(ref mediaReceived, mediaReceived + 1);
        if (Deaf) return;
        var report = RtpPacket.IsRtcp(datagram);
        if (!(report ? r.UnprotectRtcp(datagram, out var length) : r.UnprotectRtp(datagram, out length))) return;
        dtls!.PeerIsUp();
        var to = report ? reports : heard;
        lock (to) to.Add(datagram[..length].ToArray());
    }

    private void Check()
    {
        Span<byte> request = stackalloc byte[512];
        Span<byte> transaction = stackalloc byte[12];
        new SystemRandomness().Fill(transaction);
        var writer = new StunWriter(request, StunClass.Request, StunMessage.Binding, transaction);
        writer.Add(StunAttribute.Username, username);
        writer.Add(StunAttribute.Priority, 4);
        writer.Add(StunAttribute.IceControlling, 8);
        writer.Add(StunAttribute.UseCandidate, 0);
        writer.AddIntegrity(password);
        writer.AddFingerprint();
        SendRaw(request[..writer.Length]);
    }

    private static Socket Bind()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
