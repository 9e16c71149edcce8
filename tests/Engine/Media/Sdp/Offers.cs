namespace Tccc.Media.Tests.Sdp;

/// <summary>Descriptions as peers send them.</summary>
internal static class Offers
{
    /// <summary>RFC 3264 §10.1's first offer, shortened to what matters.</summary>
    public const string Rfc3264 =
        "v=0\r\no=alice 2890844526 2890844526 IN IP4 host.anywhere.com\r\ns=\r\nc=IN IP4 192.0.2.10\r\nt=0 0\r\n" +
        "m=audio 49170 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\nm=video 51372 RTP/AVP 31\r\na=rtpmap:31 H261/90000\r\nm=video 53000 RTP/AVP 32\r\na=rtpmap:32 MPV/90000\r\n";

    public static string Phone(
        string formats = "8 0 101", string direction = "sendrecv", string address = "127.0.0.1", int port = 4000, string more = "") =>
        $"v=0\r\no=- 1 1 IN {Family(address)} {address}\r\ns=-\r\nc=IN {Family(address)} {address}\r\nt=0 0\r\nm=audio {port} RTP/AVP {formats}\r\na=rtpmap:101 telephone-event/8000\r\na={direction}\r\n{more}";

    private static string Family(string address) => address.Contains(':', StringComparison.Ordinal) ? "IP6" : "IP4";

    /// <summary>What Chromium 156 offers for a sendrecv transceiver and nothing else.</summary>
    public static string Chromium(
        string direction = "sendrecv", string setup = "actpass", string ufrag = "kG1x", string fingerprint = Fingerprint,
        string candidates = "") =>
        $"""
        v=0
        o=- 4611731400430051336 2 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE 0
        a=extmap-allow-mixed
        a=msid-semantic: WMS
        m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
        c=IN IP4 0.0.0.0
        a=rtcp:9 IN IP4 0.0.0.0
        {candidates}a=ice-ufrag:{ufrag}
        a=ice-pwd:9rhXsbB5+HGMIU7AsG3pIFRn
        a=ice-options:trickle
        a=fingerprint:sha-256 {fingerprint}
        a=setup:{setup}
        a=mid:0
        a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
        a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
        a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
        a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
        a={direction}
        a=msid:- 5f0a6f5e-6c6f-4d3a-a2bb-6b9c4d2f1a11
        a=rtcp-mux
        a=rtcp-rsize
        a=rtpmap:111 opus/48000/2
        a=rtcp-fb:111 transport-cc
        a=fmtp:111 minptime=10;useinbandfec=1
        a=rtpmap:63 red/48000/2
        a=fmtp:63 111/111
        a=rtpmap:9 G722/8000
        a=rtpmap:0 PCMU/8000
        a=rtpmap:8 PCMA/8000
        a=rtpmap:13 CN/8000
        a=rtpmap:110 telephone-event/48000
        a=rtpmap:126 telephone-event/8000
        a=ssrc:2796462118 cname:P1u3v1Rk0aHjX7Jq
        a=ssrc:2796462118 msid:- 5f0a6f5e-6c6f-4d3a-a2bb-6b9c4d2f1a11

        """.ReplaceLineEndings("\r\n");

    public const string Fingerprint = "7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08";
}
