using System.Net;
using System.Net.Sockets;
using Tccc.Media.Codecs;
using Tccc.Media.Rtp;
using Tccc.Media.Sdp;
using Tccc.Media.Tests.Players;
using Tccc.Media.Tests.Sdp;

namespace Tccc.Media.Tests.Legs;

/// <summary>A telephone on the loopback: real sockets, a tone for a voice, ears that measure.</summary>
internal sealed class Phone : IDisposable
{
    private const int FrameSamples = 160;
    private readonly IPAddress address;
    private readonly Socket rtp;
    private readonly Socket rtcp;
    private readonly Thread listener;
    private readonly Lock gate = new();
    private readonly List<byte[]> heard = [];
    private readonly List<byte[]> reports = [];
    private Timer? voice;
    private volatile bool closed;
    private int sequence;
    private uint timestamp = 70000;
    private double phase;

    public Phone(IPAddress? address = null, int firstSequence = 500)
    {
        this.address = address ?? IPAddress.Loopback;
        (rtp, rtcp, sequence) = (Bind(this.address), Bind(this.address), firstSequence);
        Server = ServerReports = new IPEndPoint(this.address, 9);
        listener = new Thread(Listen) { IsBackground = true };
        listener.Start();
    }

    public uint Ssrc { get; set; } = 0x1234_5678;

    /// <summary>Protects what it sends.</summary>
    public SrtpSender? Sender { get; set; }

    /// <summary>Opens what it gets; what it can't open it has not heard.</summary>
    public SrtpReceiver? Receiver { get; set; }

    public AudioCodec Codec { get; set; }

    public IPEndPoint Server { get; set; }

    public IPEndPoint ServerReports { get; set; }

    public int Port => ((IPEndPoint)rtp.LocalEndPoint!).Port;

    public int Sent { get; private set; }

    /// <summary>What this phone offers, or answers.</summary>
    public string Sdp(string? formats = null, string direction = "sendrecv", string more = "") =>
        Offers.Phone(
            formats ?? (Codec == AudioCodec.Pcmu ? "0 101" : "8 101"), direction, address.ToString(), Port,
            $"a=rtcp:{((IPEndPoint)rtcp.LocalEndPoint!).Port}\r\n{more}");

    /// <summary>Takes the server's address from its description.</summary>
    public Phone Take(string sdp)
    {
        var audio = SdpReader.Read(sdp, out _)!.Audio!;
        Server = new IPEndPoint(address, audio.Port);
        ServerReports = audio.RtcpMux ? Server : new IPEndPoint(address, audio.Port + 1);
        return this;
    }

    /// <summary>Says a tone until it stops.</summary>
    public void Talk(double hertz)
    {
        voice?.Dispose();
        voice = new Timer(_ => Say(hertz), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
    }

    public void BeQuiet()
    {
        voice?.Dispose();
        voice = null;
    }

    public void Say(double hertz)
    {
        lock (gate)
        {
            var packet = Rtp.Packets.Of(sequence++, timestamp, (byte)(Codec == AudioCodec.Pcmu ? 0 : 8), Ssrc);
            timestamp += FrameSamples;
            for (var i = 0; i < FrameSamples; i++, phase += 2 * Math.PI * hertz / 8000)
                packet[RtpPacket.HeaderLength + i] = G711.Encode(Codec, (short)(8000 * Math.Sin(phase)));
            Sent++;
            Send(packet);
        }
    }

    public void Send(ReadOnlySpan<byte> datagram)
    {
        // a voice's last tick may come after the phone was put away
        if (!closed) rtp.SendTo(Protected(datagram), Server);
    }

    private ReadOnlySpan<byte> Protected(ReadOnlySpan<byte> datagram)
    {
        if (Sender is not { } sender) return datagram;
        byte[] room = [.. datagram, .. new byte[SrtpSender.MaxOverhead]];
        return room.AsSpan(0, sender.ProtectRtp(room, datagram.Length));
    }

    public void SendReport(ReadOnlySpan<byte> datagram) => rtcp.SendTo(datagram, ServerReports);

    /// <summary>A packet of its stream that is no sound: comfort noise, a keep-alive.</summary>
    public void Pause(byte payloadType)
    {
        lock (gate)
        {
            Send(Rtp.Packets.Of(sequence++, timestamp, payloadType, Ssrc, size: 1));
            timestamp += FrameSamples;
        }
    }

    /// <summary>A key held for 100 ms, of which some packets may get lost.</summary>
    public void Press(char key, params int[] lost)
    {
        lock (gate)
        {
            for (var i = 0; i < 7; i++)
            {
                var packet =
                    Rtp.Packets.Event(
                        sequence++, timestamp, TelephoneEvent.CodeOf(key)!.Value, i >= 4, Math.Min(i + 1, 5) * FrameSamples, ssrc: Ssrc,
                        marker: i == 0);
                if (!lost.Contains(i)) Send(packet);
            }
            timestamp += 1600;
        }
    }

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

    /// <summary>Amplitude of a tone in the last frames heard.</summary>
    public double Hears(double hertz, int frames = 10)
    {
        List<short> samples = [];
        foreach (var datagram in Heard.TakeLast(frames))
        {
            var packet = Rtp.Packets.Read(datagram);
            if (packet.PayloadType is not (0 or 8)) continue;
            foreach (var b in packet.Payload) samples.Add(G711.Decode((AudioCodec)(packet.PayloadType / 8), b));
        }
        return samples.Count < frames * FrameSamples ? -1 : Level.At([.. samples], hertz);
    }

    /// <summary>The last frames are there and hold nothing.</summary>
    public bool HearsSilence(int frames = 10)
    {
        var last = Heard.TakeLast(frames).ToList();
        return last.Count == frames
            && last.TrueForAll(d => d.AsSpan(RtpPacket.HeaderLength).IndexOfAnyExcept(G711.UlawSilence, G711.AlawSilence) < 0);
    }

    public void Dispose()
    {
        closed = true;
        BeQuiet();
        rtp.Dispose();
        rtcp.Dispose();
    }

    private void Listen()
    {
        var buffer = new byte[2048];
        while (!closed)
        {
            try
            {
                List<Socket> ready = [rtp, rtcp];
                Socket.Select(ready, null, null, TimeSpan.FromMilliseconds(50));
                foreach (var socket in ready)
                {
                    var bytes = buffer[..socket.Receive(buffer)];
                    if (Receiver is { } receiver)
                    {
                        if (!(RtpPacket.IsRtcp(bytes)
                            ? receiver.UnprotectRtcp(bytes, out var plain)
                            : receiver.UnprotectRtp(bytes, out plain))) continue;
                        bytes = bytes[..plain];
                    }
                    var to = socket == rtcp || RtpPacket.IsRtcp(bytes) ? reports : heard;
                    lock (to) to.Add(bytes);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // the phone was put away
            }
        }
    }

    private static Socket Bind(IPAddress address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(address, 0));
        return socket;
    }
}
