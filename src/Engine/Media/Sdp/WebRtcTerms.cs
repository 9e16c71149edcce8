using System.Net;
using System.Net.Sockets;

namespace Tccc.Media.Sdp;

/// <summary>What a browser's offer comes to (JSEP, RFC 8829).</summary>
internal sealed record WebRtcTerms(
    SdpMedia Audio, AudioFormats Formats, Direction Direction, string IceUfrag, string Certificate, DtlsFingerprint Fingerprint,
    bool WeAreClient)
{
    public static Result<WebRtcTerms> Read(string offer)
    {
        if (SdpReader.Read(offer, out var wrong) is not { } sdp) return new BadSdp(wrong);
        if (sdp.Audio is not { } audio) return new NoAudio();
        if (audio.Protocol is not ("UDP/TLS/RTP/SAVPF" or "UDP/TLS/RTP/SAVP" or "RTP/SAVPF")) return new NoCommonCodec(audio.Protocol);
        if (AudioFormats.Choose(audio) is not { } formats) return new NoCommonCodec(string.Join(' ', audio.Formats));
        var direction = audio.Direction ?? sdp.Direction ?? Direction.SendRecv;
        var ufrag = audio.Transport.IceUfrag ?? sdp.Transport.IceUfrag;
        var password = audio.Transport.IcePwd ?? sdp.Transport.IcePwd;
        // RFC 8445 §5.3: 4 to 256 and 22 to 256 characters
        if (ufrag is not { Length: >= 4 and <= 256 } || password is not { Length: >= 22 and <= 256 })
            return new BadSdp("ice-ufrag or ice-pwd is missing or too short");
        var certificate = audio.Transport.Fingerprint ?? sdp.Transport.Fingerprint;
        if (!DtlsFingerprint.TryParse(certificate, out var fingerprint)) return new BadSdp("there is no fingerprint of a known hash");
        if (!audio.RtcpMux) return new BadSdp("rtcp-mux is missing");
        // actpass: the browser becomes the client, which saves a flight: its ClientHello follows its first check
        var weAreClient = (audio.Transport.Setup ?? sdp.Transport.Setup) == "passive";
        return new WebRtcTerms(audio, formats, direction, ufrag, certificate!, fingerprint, weAreClient);
    }

    /// <summary>Our side of the answer.</summary>
    public sealed record Ours(
        ulong Session, int Version, IReadOnlyList<IPAddress> Addresses, int Port, string IceUfrag, string IcePwd, string Fingerprint,
        uint Ssrc, string Cname);

    /// <summary>The answer: the audio taken, everything else refused; no header extensions, so that packets come without them.</summary>
    public string Answer(string offer, Ours ours)
    {
        var sdp = SdpReader.Read(offer, out _)!;
        var mid = sdp.Audio!.Mid;
        var writer = new SdpWriter().Head(ours.Session, ours.Version, ours.Addresses[0]).Line("t=0 0");
        if (mid is not null && sdp.Bundle.Contains(mid)) writer.Line($"a=group:BUNDLE {mid}");
        writer.Line("a=ice-lite").Line("a=msid-semantic: WMS *");
        foreach (var media in sdp.Media)
        {
            if (media != sdp.Audio) writer.Refused(media);
            else Write(writer, media, ours);
        }
        return writer.End();
    }

    private void Write(SdpWriter writer, SdpMedia media, Ours ours)
    {
        var direction = Direction.Mirror();
        writer.Audio(ours.Port, media.Protocol, Formats, ours.Addresses[0]);
        writer.Line($"a={direction.Text()}").Line("a=rtcp-mux");
        if (media.Mid is { } mid) writer.Line($"a=mid:{mid}");
        writer.Line($"a=ice-ufrag:{ours.IceUfrag}").Line($"a=ice-pwd:{ours.IcePwd}");
        writer.Line($"a=fingerprint:{ours.Fingerprint}").Line($"a=setup:{(WeAreClient ? "active" : "passive")}");
        if (direction.HasFlag(Direction.SendOnly))
        {
            writer.Line("a=msid:tccc audio");
            writer.Line($"a=ssrc:{ours.Ssrc} cname:{ours.Cname}");
        }
        for (var i = 0; i < ours.Addresses.Count; i++) Candidate(writer, ours.Addresses[i], ours.Port, i);
        writer.Line("a=end-of-candidates");
    }

    // RFC 8445 §5.1.2: type preference 126 for host, local preference falls from address to address, component 1
    private static void Candidate(SdpWriter writer, IPAddress address, int port, int index)
    {
        var priority = (126L << 24) + ((65535L - index) << 8) + 255;
        var family = address.AddressFamily == AddressFamily.InterNetworkV6 ? 6 : 4;
        writer.Line($"a=candidate:{family}{index} 1 udp {priority} {address} {port} typ host");
    }
}
