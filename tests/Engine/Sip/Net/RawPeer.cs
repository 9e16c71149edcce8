using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Tccc.Sip.Tests;

/// <summary>The other side, word by word: sends the text it is given and keeps what comes.</summary>
internal sealed class RawPeer(TestNet net, IPEndPoint at)
{
    public IPEndPoint At => at;

    public List<string> Received { get; } = [];

    /// <summary>Answers by itself what the function gives an answer for.</summary>
    public Func<string, string?> Answers { get; set; } = _ => null;

    public string Last => Received[^1];

    public void Receive(Hop from, byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        Received.Add(text);
        if (Answers(text) is { } answer) Send(from.Remote, answer);
    }

    public void Send(IPEndPoint to, string text, SipTransport transport = SipTransport.Udp) =>
        net.Send(at, transport, to, Encoding.UTF8.GetBytes(text));

    /// <summary>A request with all it must have; <paramref name="more"/> are further lines.</summary>
    public string Request(
        string method, string branch, int cseq = 1, string callId = "call-1", string fromTag = "peer", string? toTag = null,
        string uri = "sip:4000000001@10.0.0.1", string body = "", string more = "", int maxForwards = 70)
    {
        var to = toTag is null ? "<sip:4000000001@10.0.0.1>" : $"<sip:4000000001@10.0.0.1>;tag={toTag}";
        return $"{method} {uri} SIP/2.0\r\nVia: SIP/2.0/UDP {at};branch=z9hG4bK{branch};rport\r\nMax-Forwards: {maxForwards}\r\nFrom: <sip:13900001111@{at}>;tag={fromTag}\r\nTo: {to}\r\n"
            + $"Call-ID: {callId}\r\nCSeq: {cseq} {method}\r\nContact: <sip:13900001111@{at}>\r\n{more}{(body.Length > 0 ? "Content-Type: application/sdp\r\n" : "")}Content-Length: {body.Length}\r\n\r\n{body}";
    }

    /// <summary>An answer to a request that came, built as RFC 3261 §8.2.6 says.</summary>
    public string Response(string request, int status, string tag = "raw", string body = "", string more = "")
    {
        var vias = string.Concat(Regex.Matches(request, "(?m)^Via: .*\r\n").Select(m => m.Value));
        var to = Header(request, "To");
        if (!to.Contains(";tag=", StringComparison.Ordinal) && status > 100) to += ";tag=" + tag;
        return $"SIP/2.0 {status} X\r\n{vias}From: {Header(request, "From")}\r\nTo: {to}\r\nCall-ID: {Header(request, "Call-ID")}\r\nCSeq: {Header(request, "CSeq")}\r\n"
            + $"Contact: <sip:{at}>\r\n{more}{(body.Length > 0 ? "Content-Type: application/sdp\r\n" : "")}Content-Length: {body.Length}\r\n\r\n{body}";
    }

    public static string Header(string message, string name) => Regex.Match(message, $"(?m)^{name}: (.*)\r$").Groups[1].Value;

    public static string TagOf(string message, string name) => Regex.Match(Header(message, name), ";tag=([^;]+)").Groups[1].Value;

    public static int Status(string message) =>
        message.StartsWith("SIP/2.0 ", StringComparison.Ordinal)
            ? int.Parse(message.AsSpan(8, 3), System.Globalization.CultureInfo.InvariantCulture)
            : 0;

    public static string Method(string message) => message[..message.IndexOf(' ', StringComparison.Ordinal)];
}
