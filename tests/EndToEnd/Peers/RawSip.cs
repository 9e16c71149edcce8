using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EndToEnd.Peers;

/// <summary>
/// A caller made of text and one UDP socket, for what no well-behaved phone would send and for the benchmarks' clocks.
/// It does not retransmit: everything is on this machine.
/// </summary>
internal sealed class RawSip : IDisposable
{
    private static int made;

    private readonly string number;
    private readonly Socket socket;
    private readonly IPEndPoint server;
    private readonly byte[] buffer = new byte[65536];
    private string lastTo = "";

    public RawSip(int serverPort, IPAddress? from = null, string number = "13900000000")
    {
        this.number = number;
        var own = from ?? IPAddress.Loopback;
        socket = new Socket(own.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(own, 0));
        server = new IPEndPoint(own, serverPort);
        CallId = $"raw-{Environment.ProcessId}-{Interlocked.Increment(ref made)}@e2e";
        Rtp = new Socket(own.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        Rtp.Bind(new IPEndPoint(own, 0));
    }

    /// <summary>Where the caller wants its sound.</summary>
    public Socket Rtp { get; }

    public string CallId { get; }

    /// <summary>Where the server takes this caller's sound; known once it has answered.</summary>
    public int SoundPort { get; private set; }

    private IPEndPoint Own => (IPEndPoint)socket.LocalEndPoint!;

    private int RtpPort => ((IPEndPoint)Rtp.LocalEndPoint!).Port;

    /// <summary>A session description that offers G.711 µ-law and key presses.</summary>
    public string Sdp(
        string media = "audio {0} RTP/AVP 0 101", string attributes = "a=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n") =>
        $"v=0\r\no=- 1 1 IN IP4 {Own.Address}\r\ns=-\r\nc=IN IP4 {Own.Address}\r\nt=0 0\r\nm={string.Format(CultureInfo.InvariantCulture, media, RtpPort)}\r\n{attributes}";

    public string Request(string method, string user, int cseq = 1, string body = "", string headers = "", string? contentLength = null) =>
        string.Concat(
            $"{method} sip:{user}@127.0.0.1:{server.Port} SIP/2.0\r\n",
            $"Via: SIP/2.0/UDP {Own};branch=z9hG4bK{CallId.GetHashCode(StringComparison.Ordinal):x}{(method is "CANCEL" ? "INVITE" : method)}{cseq};rport\r\n",
            "Max-Forwards: 70\r\n",
            $"From: <sip:{number}@127.0.0.1>;tag=raw\r\n",
            $"To: <sip:{user}@127.0.0.1>{(method is "INVITE" or "CANCEL" ? "" : lastTo)}\r\n",
            $"Call-ID: {CallId}\r\n",
            $"CSeq: {cseq} {method}\r\n",
            $"Contact: <sip:{number}@{Own}>\r\n",
            headers,
            body.Length > 0 ? "Content-Type: application/sdp\r\n" : "",
            $"Content-Length: {contentLength ?? Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture)}\r\n\r\n",
            body);

    public void Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    public void Send(ReadOnlySpan<byte> datagram) => socket.SendTo(datagram, server);

    /// <summary>Waits for a final answer, acknowledges it when it is INVITE's, and gives its status.</summary>
    public async Task<int> FinalStatus(string user, string method = "INVITE")
    {
        while (true)
        {
            var (status, cseqMethod) = await Response();
            if (status < 200 || cseqMethod != method) continue;
            if (method == "INVITE") Send(Request("ACK", user));
            return status;
        }
    }

    /// <summary>Status and CSeq method of the next response; fails the test when none comes.</summary>
    public async Task<(int Status, string Method)> Response(TimeSpan? within = null)
    {
        using var limit = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(5));
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer, limit.Token);
            var lines = Encoding.UTF8.GetString(buffer, 0, read).Split("\r\n");
            if (!lines[0].StartsWith("SIP/2.0 ", StringComparison.Ordinal)) continue;
            if (lines.FirstOrDefault(l => l.StartsWith("m=audio ", StringComparison.Ordinal)) is { } sound)
                SoundPort = int.Parse(sound.Split(' ')[1], CultureInfo.InvariantCulture);
            var to = lines.First(l => l.StartsWith("To:", StringComparison.OrdinalIgnoreCase));
            lastTo = to.IndexOf(";tag=", StringComparison.Ordinal) is >= 0 and var tag ? to[tag..] : "";
            var cseq = lines.First(l => l.StartsWith("CSeq:", StringComparison.OrdinalIgnoreCase));
            return (int.Parse(lines[0].AsSpan(8, 3), CultureInfo.InvariantCulture), cseq[(cseq.LastIndexOf(' ') + 1)..]);
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        Rtp.Dispose();
    }
}
