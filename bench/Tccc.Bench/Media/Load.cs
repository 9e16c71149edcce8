using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tccc.Media.Rtp;
using Tccc.Media.Sdp;
using Tccc.Media.Sockets;
using Tccc.Media.Tests.Legs;

namespace Bench.Media;

/// <summary>One party of a call as the load sees it.</summary>
internal interface IParty : IDisposable
{
    void Send();

    /// <summary>Takes what has come; gives how many packets.</summary>
    int Drain();
}

/// <summary>A phone: 172-byte PCMU packets from a port of its own.</summary>
internal unsafe class PhoneParty : IParty
{
    private const int AtOnce = 32;
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly LinuxSockets.Message* messages = MessageRing.New(AtOnce);
    private readonly byte[] packet = new byte[RtpPacket.HeaderLength + 160];
    private ushort sequence;

    public PhoneParty()
    {
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        packet.AsSpan(RtpPacket.HeaderLength).Fill(0xD5);
    }

    protected Socket Socket => socket;

    protected byte[] Packet => packet;

    public string Offer => string.Create(CultureInfo.InvariantCulture,
        $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {((IPEndPoint)socket.LocalEndPoint!).Port} RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n");

    public void Connect(int port) => socket.Connect(IPAddress.Loopback, port);

    public void Connect(string answer) => Connect(SdpReader.Read(answer, out _)!.Audio!.Port);

    public void Send()
    {
        RtpPacket.WriteHeader(packet, 0, false, ++sequence, sequence * 160u, 7);
        socket.Send(packet);
    }

    public int Drain() => Math.Max(0, LinuxSockets.Receive((int)socket.Handle, messages, AtOnce, LinuxSockets.DontWait, null));

    public void Dispose()
    {
        socket.Dispose();
        MessageRing.Free(messages);
        GC.SuppressFinalize(this);
    }
}

/// <summary>A browser: the same as SRTP.</summary>
internal sealed class BrowserParty(Browser browser) : IParty
{
    private static readonly byte[] Frame = [.. Enumerable.Repeat((byte)0xD5, 160)];
    private long taken;

    public void Send() => browser.SayFrame(Frame);

    public int Drain()
    {
        var all = browser.MediaReceived;
        var fresh = all - taken;
        taken = all;
        return (int)fresh;
    }

    public void Dispose() => browser.Dispose();
}

/// <summary>Speaks for all parties, each 50 times a second and all of them evenly spread, and counts what arrives.</summary>
internal static class Load
{
    private const int Slices = 20;

    /// <summary>Runs for a time; gives how many packets arrived and how many were sent.</summary>
    public static (long Arrived, long Sent) Run(IReadOnlyList<IParty> parties, TimeSpan time)
    {
        // what came while nobody spoke (silence that fills the pause) is not what is measured
        foreach (var party in parties)
            while (party.Drain() > 0) { }
        long arrived = 0, sent = 0;
        var clock = Stopwatch.StartNew();
        for (var slice = 0; clock.Elapsed < time; slice++)
        {
            for (var i = slice % Slices; i < parties.Count; i += Slices)
            {
                arrived += parties[i].Drain();
                parties[i].Send();
                sent++;
            }
            var next = TimeSpan.FromMilliseconds(slice + 1);
            while (clock.Elapsed < next) Thread.Yield();
        }
        foreach (var party in parties) arrived += party.Drain();
        return (arrived, sent);
    }
}
