using System.Net;

namespace Tccc.Media.Sdp;

/// <summary>What a plain RTP description of the peer comes to.</summary>
internal sealed record RtpTerms(SdpDescription Sdp, AudioFormats Formats, Direction Direction, IPEndPoint? Rtp, IPEndPoint? Rtcp, bool RtcpMux)
{
    /// <summary>
    /// Reads an offer, or the answer to ours. A connection of 0.0.0.0 is the old way to hold (RFC 3264 §8.4): nothing may be sent there.
    /// A name instead of an address gives no address: the first packet tells.
    /// </summary>
    public static Result<RtpTerms> Read(string text, bool isAnswer)
    {
        if (SdpReader.Read(text, out var wrong) is not { } sdp) return new BadSdp(wrong);
        if (sdp.Audio is not { } audio) return new NoAudio();
        if (audio.Protocol is not ("RTP/AVP" or "RTP/AVPF")) return new NoCommonCodec(audio.Protocol);
        if (AudioFormats.Choose(audio, onlyFirst: !isAnswer) is not { } formats) return new NoCommonCodec(string.Join(' ', audio.Formats));
        var connection = audio.Connection ?? sdp.Connection;
        if (connection is null) return new BadSdp("there is no c= line");
        var direction = audio.Direction ?? sdp.Direction ?? Direction.SendRecv;
        var address = IPAddress.TryParse(connection, out var parsed) ? parsed : null;
        if (address is not null && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
        {
            direction &= ~Direction.RecvOnly;
            address = null;
        }
        var rtp = address is null ? null : new IPEndPoint(address, audio.Port);
        var rtcp = address is null || (audio.RtcpPort is null && audio.Port == 65535) ? null : new IPEndPoint(address, audio.RtcpMux ? audio.Port : audio.RtcpPort ?? audio.Port + 1);
        return new RtpTerms(sdp, formats, direction, rtp, rtcp, audio.RtcpMux);
    }

    /// <summary>The index of the m= line that we take, and all others refused, as the answer to this offer.</summary>
    public string Answer(ulong session, int version, IPAddress ours, int port)
    {
        var writer = new SdpWriter().Head(session, version, ours).Connection(ours).Line("t=0 0");
        var audio = Sdp.Audio;
        foreach (var media in Sdp.Media)
        {
            if (media != audio) writer.Refused(media);
            else Audio(writer, media.Protocol, Formats, Direction.Mirror(), port, RtcpMux);
        }
        return writer.End();
    }

    /// <summary>Our offer.</summary>
    public static string Offer(AudioFormats formats, Direction direction, ulong session, int version, IPAddress ours, int port)
    {
        var writer = new SdpWriter().Head(session, version, ours).Connection(ours).Line("t=0 0");
        Audio(writer, "RTP/AVP", formats, direction, port, mux: false);
        return writer.End();
    }

    private static void Audio(SdpWriter writer, string protocol, AudioFormats formats, Direction direction, int port, bool mux)
    {
        writer.Audio(port, protocol, formats).Line($"a={direction.Text()}");
        if (mux) writer.Line("a=rtcp-mux");
        else writer.Line($"a=rtcp:{port + 1}");
    }
}
