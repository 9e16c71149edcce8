using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Tccc.Telephony.Tests.Peers;

/// <summary>
/// One call by a carrier made of text and one UDP socket, for what no well-behaved one would send. It does not retransmit: all is on this
/// machine.
/// </summary>
internal sealed class RawCarrier : IDisposable
{
    private static int made;

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly IPEndPoint server;
    private readonly string id = $"raw-{Interlocked.Increment(ref made)}";
    private readonly byte[] buffer = new byte[65536];
    private string target = "", toTag = "", own = "";
    private int cseq = 1;

    public RawCarrier(int port)
    {
        server = new(IPAddress.Loopback, port);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public RtpPeer Sound { get; } = new(440);

    public string Called { get; init; } = Office.Sales;

    /// <summary>The Request-URI, when it is not just the number called.</summary>
    public string? Uri { get; init; }

    public string From { get; init; } = "<sip:13900000001@127.0.0.1>";

    public int MaxForwards { get; init; } = 70;

    /// <summary>Further lines of the INVITE.</summary>
    public string Lines { get; init; } = "";

    public string ContentType { get; init; } = "application/sdp";

    /// <summary>Every message that came.</summary>
    public List<string> Received { get; } = [];

    public static int Status(string message) => message.StartsWith("SIP/2.0 ", StringComparison.Ordinal)
        ? int.Parse(message.AsSpan(8, 3), CultureInfo.InvariantCulture) : 0;

    public static string Header(string message, string name) => Regex.Match(message, $"(?m)^{name}: (.*)\r$").Groups[1].Value;

    public void Invite(string? body = null, string lines = "") => Send("INVITE", body ?? Sound.Sdp(), Lines + lines);

    /// <summary>The INVITE again with the credentials that its challenge asks for.</summary>
    public void Authorize(string challenge, string user, string password)
    {
        Ack();
        cseq++;
        toTag = "";
        var nonce = Regex.Match(challenge, "nonce=\"([^\"]+)\"").Groups[1].Value;
        var uri = Uri ?? $"sip:{Called}@127.0.0.1:{server.Port}";
        var response = Hash($"{Hash($"{user}:tccc:{password}")}:{nonce}:00000001:abc:auth:{Hash($"INVITE:{uri}")}");
        var authorization =
            $"Authorization: Digest username=\"{user}\", realm=\"tccc\", nonce=\"{nonce}\", uri=\"{uri}\", response=\"{response}\", "
            + "algorithm=MD5, qop=auth, nc=00000001, cnonce=\"abc\"\r\n";
        Send("INVITE", Sound.Sdp(), Lines + authorization);
    }

    public void Reinvite(string body)
    {
        cseq++;
        Send("INVITE", body, "");
    }

    public void Ack(string body = "") => Send("ACK", body, "");

    public void Cancel() => Send("CANCEL", "", "");

    /// <summary>The next message that is wanted; fails the test when it does not come.</summary>
    public async Task<string> Gets(Func<string, bool> wanted, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (true)
        {
            string text;
            try
            {
                text = Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, limit.Token));
            }
            catch (OperationCanceledException)
            {
                throw new Xunit.Sdk.XunitException($"{what} did not come, but:\n{string.Join("\n", Received)}");
            }

            Received.Add(text);
            if (Status(text) > 100 && Regex.Match(Header(text, "To"), ";tag=([^;]+)") is { Success: true } tag) toTag = tag.Groups[1].Value;
            if (Status(text) is >= 200 and < 300
                && Regex.Match(Header(text, "Contact"), "<([^>]+)>") is { Success: true } contact) target = contact.Groups[1].Value;
            if (wanted(text)) return text;
        }
    }

    public Task<string> Answer(int status) => Gets(text => Status(text) == status, $"{status}");

    /// <summary>180, or a 200 that is acknowledged: the call is let in.</summary>
    public async Task IsLetIn()
    {
        var answer = await Gets(text => Status(text) >= 180, "an answer");
        Assert.InRange(Status(answer), 180, 200);
        if (Status(answer) == 200) Ack();
    }

    /// <summary>Calls and is answered; gives our description.</summary>
    public async Task<string> Talks()
    {
        Invite();
        var answer = await Answer(200);
        Ack();
        return answer;
    }

    public async Task IsHungUp()
    {
        var bye = await Gets(text => text.StartsWith("BYE ", StringComparison.Ordinal), "BYE");
        var lines = string.Concat(Regex.Matches(bye, "(?m)^(Via|From|To|Call-ID|CSeq): .*\r\n").Select(m => m.Value));
        socket.SendTo(Encoding.UTF8.GetBytes($"SIP/2.0 200 OK\r\n{lines}Content-Length: 0\r\n\r\n"), server);
    }

    public void HangUp()
    {
        cseq++;
        Send("BYE", "", "");
    }

    public void Dispose()
    {
        socket.Dispose();
        Sound.Dispose();
    }

    private static string Hash(string text) =>
#pragma warning disable CA5351 // RFC 3261 §22.4
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351

    private void Send(string method, string body, string lines)
    {
        own = socket.LocalEndPoint!.ToString()!;
        var inDialog = method is "BYE" || (method is "INVITE" && toTag.Length > 0) || (method is "ACK" && target.Length > 0);
        var uri = inDialog && target.Length > 0 ? target : Uri ?? $"sip:{Called}@127.0.0.1:{server.Port}";
        var branch = $"z9hG4bK{id}-{(method is "CANCEL" ? "INVITE" : method is "ACK" && target.Length == 0 ? "INVITE" : method)}-{cseq}";
        var to = method is "CANCEL" || toTag.Length == 0 ? "" : ";tag=" + toTag;
        socket.SendTo(Encoding.UTF8.GetBytes(string.Concat(
            $"{method} {uri} SIP/2.0\r\nVia: SIP/2.0/UDP {own};branch={branch};rport\r\nMax-Forwards: {MaxForwards}\r\n",
            $"From: {From};tag={id}\r\nTo: <sip:{Called}@127.0.0.1>{to}\r\nCall-ID: {id}@{own}\r\nCSeq: {cseq} {method}\r\nContact: <sip:carrier@{own}>\r\n{lines}",
            body.Length > 0 ? $"Content-Type: {(method is "INVITE" ? ContentType : "application/sdp")}\r\n" : "",
            $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}")), server);
    }
}
