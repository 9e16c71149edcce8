using System.Text;

namespace Tccc.Sip.Tests;

/// <summary>Where the session description stands in a body (RFC 5621, RFC 2046 §5.1, RFC 3261 §20.11).</summary>
[Trait("Case", "F-B4")]
public class BodyTests
{
    private const string Sdp = "v=0\r\nm=audio 4000 RTP/AVP 0\r\n";
    private const string SdpPart = "Content-Type: application/sdp\r\n\r\n" + Sdp;
    private const string Isup = "Content-Type: application/isup; version=itu-t92+\r\n";
    private const string Optional = "Content-Disposition: signal; handling=optional\r\n";

    [Theory]
    [InlineData(SdpPart, Optional + Isup + "\r\n\x01\x02")]
    [InlineData(Optional + Isup + "\r\n\x01\x02", SdpPart)]
    [InlineData("Content-Disposition: by-reference\r\nContent-Type: application/pidf+xml\r\n\r\n<x/>", SdpPart)]
    [InlineData("c: application/sdp\r\nContent-Disposition: session;handling=required\r\n\r\n" + Sdp)]
    [InlineData("Content-Type: APPLICATION/SDP; charset=utf-8\r\nContent-Transfer-Encoding: binary\r\n\r\n" + Sdp)]
    public void The_description_is_found_in_multipart_mixed_and_optional_parts_are_passed_over(params string[] parts) =>
        Assert.Equal((BodyVerdict.Good, Sdp), Read("multipart/mixed; boundary=d1", Join("d1", parts)));

    [Theory]
    [InlineData(Isup + "\r\n\x01")]
    [InlineData("Content-Disposition: signal; handling=required\r\n" + Isup + "\r\n\x01")]
    [InlineData("Content-Disposition: signal\r\nContent-Type: text/plain\r\n\r\nhi")]
    [InlineData("Content-Type: application/sdp\r\nContent-Encoding: gzip\r\n\r\nx")]
    [InlineData("Content-Type: application/sdp\r\nContent-Disposition: early-session\r\n\r\nv=0")]
    [InlineData("\r\nplain text")]
    public void A_part_that_must_be_understood_and_is_not_makes_415(string part) =>
        Assert.Equal(BodyVerdict.NotUnderstood, Read("multipart/mixed; boundary=d1", Join("d1", SdpPart, part)).Verdict);

    [Fact]
    public void Of_alternatives_the_last_that_is_understood_is_taken()
    {
        var better = Sdp.Replace("4000", "4002", StringComparison.Ordinal);
        var body = Join("x", SdpPart, "Content-Type: application/sdp\r\n\r\n" + better, "Content-Type: application/foo\r\n\r\n?");
        Assert.Equal((BodyVerdict.Good, better), Read("multipart/alternative;boundary=\"x\"", body));
        Assert.Equal(BodyVerdict.NotUnderstood, Read("multipart/alternative;boundary=x", Join("x", "Content-Type: a/b\r\n\r\n?")).Verdict);
    }

    [Fact]
    public void One_multipart_body_in_another_is_opened_and_a_third_is_not()
    {
        var inner = "Content-Type: multipart/alternative; boundary=d12\r\n\r\n" + Join("d12", SdpPart);
        Assert.Equal((BodyVerdict.Good, Sdp), Read("multipart/mixed; boundary=d1", Join("d1", Optional + Isup + "\r\n\x01", inner)));
        var deeper = "Content-Type: multipart/mixed; boundary=d0\r\n\r\n" + Join("d0", inner);
        Assert.Equal(BodyVerdict.NotUnderstood, Read("multipart/mixed; boundary=d1", Join("d1", deeper)).Verdict);
    }

    [Fact]
    public void More_parts_than_the_limit_are_broken_whatever_they_hold()
    {
        var optional = Optional + Isup + "\r\n\x01";
        var most = Enumerable.Repeat(optional, SdpBody.MaxParts - 1).Append(SdpPart).ToArray();
        Assert.Equal(BodyVerdict.Good, Read("multipart/mixed; boundary=d", Join("d", most)).Verdict);
        Assert.Equal(BodyVerdict.Broken, Read("multipart/mixed; boundary=d", Join("d", [.. most, optional])).Verdict);
    }

    [Theory]
    [InlineData("multipart/mixed", "--d1\r\n\r\n\r\n--d1--")]
    [InlineData("multipart/mixed; boundary=\"\"", "--\r\n\r\n\r\n----")]
    [InlineData("multipart/mixed; boundary=d1", "no delimiter at all")]
    [InlineData("multipart/mixed; boundary=d1", "--d1--")]
    [InlineData("multipart/mixed; boundary=d1", "--d1")]
    [InlineData("multipart/mixed; boundary=1234567890123456789012345678901234567890123456789012345678901234567890X", "--x")]
    public void What_can_not_be_taken_apart_is_broken(string type, string body) =>
        Assert.Equal(BodyVerdict.Broken, Read(type, body).Verdict);

    [Fact]
    public void A_last_delimiter_that_is_missing_is_forgiven() =>
        Assert.Equal((BodyVerdict.Good, Sdp), Read("multipart/mixed; boundary=d1", "preamble\r\n--d1\r\n" + SdpPart));

    [Theory]
    [InlineData("application/foo", "render;handling=optional", BodyVerdict.Good)]
    [InlineData("application/foo", "render; handling=required", BodyVerdict.NotUnderstood)]
    [InlineData("application/foo", "render", BodyVerdict.NotUnderstood)]
    [InlineData("application/foo", "", BodyVerdict.NotUnderstood)]
    [InlineData("multipart/mixed", "x;handling=OPTIONAL", BodyVerdict.Good)]
    public void A_body_of_unknown_type_is_passed_over_when_it_is_optional(string type, string disposition, object verdict) =>
        Assert.Equal(((BodyVerdict)verdict, ""), Read(type, "x", disposition));

    [Fact]
    public void Cut_anywhere_or_with_any_byte_changed_a_body_is_read_without_a_fault()
    {
        var body = Join("d1", Optional + Isup + "\r\n\x01",
            "Content-Type: multipart/alternative; boundary=d12\r\n\r\n" + Join("d12", SdpPart));
        var random = new Random(5);
        for (var cut = 0; cut < body.Length; cut++)
        {
            Read("multipart/mixed; boundary=d1", body[..cut]);
            var changed = body.ToCharArray();
            changed[cut] = (char)random.Next(1, 255);
            Read("multipart/mixed; boundary=d1", new string(changed));
        }
    }

    private static string Join(string boundary, params string[] parts) =>
        string.Concat(parts.Select(part => $"--{boundary}\r\n{part}\r\n")) + $"--{boundary}--\r\n";

    private static (BodyVerdict Verdict, string Sdp) Read(string type, string body, string disposition = "")
    {
        var lines = $"Content-Type: {type}\r\n{(disposition.Length > 0 ? $"Content-Disposition: {disposition}\r\n" : "")}";
        var bytes = Encoding.Latin1.GetBytes($"INVITE sip:1@10.0.0.1 SIP/2.0\r\n{lines}Content-Length: {body.Length}\r\n\r\n{body}");
        var message = new SipMessage();
        Assert.True(message.Parse(bytes, 0, bytes.Length));
        return (SdpBody.Read(message, out var sdp), Encoding.Latin1.GetString(sdp));
    }
}
