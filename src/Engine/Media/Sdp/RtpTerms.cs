using System.Net;
using System.Net.Sockets;

namespace Tccc.Media.Sdp;

/// <summary>What a plain or SDES description of the peer comes to: the one stream of it that is taken.</summary>
/// <param name="Crypto">The peer's key, when the stream is encrypted.</param>
internal sealed record RtpTerms(
    SdpDescription Sdp, SdpMedia Audio, AudioFormats Formats, Direction Direction,
    IPEndPoint? Rtp, IPEndPoint? Rtcp, bool RtcpMux, SdesCrypto? Crypto)
{
    /// <summary>
    /// Reads an offer, or the answer to ours (<paramref name="offered"/> are the keys that stood in it). Each stream is looked at by itself
    /// (RFC 3264 §6): the first that can be used is taken, one with a key before those without.
    /// </summary>
    public static Result<RtpTerms> Read(string text, MediaEncryption encryption, IReadOnlyList<SdesCrypto>? offered = null)
    {
        if (SdpReader.Read(text, out var wrong) is not { } sdp) return new BadSdp(wrong);
        RtpTerms? plain = null;
        Error? why = null;
        foreach (var media in sdp.Media)
        {
            if (media is not { Kind: "audio", Port: not 0 }) continue;
            var read = Read(sdp, media, encryption, offered);
            if (!read.Ok) why ??= read.Error;
            else if (read.Value.Crypto is not null || encryption == MediaEncryption.Off) return read.Value;
            else plain ??= read.Value;
        }
        return plain is not null ? plain : why ?? new NoAudio();
    }

    /// <summary>The m= line that we take, and all others refused, as the answer to this offer.</summary>
    public string Answer(ulong session, int version, IPAddress ours, int port, SdesCrypto? key = null)
    {
        var writer = new SdpWriter().Head(session, version, ours).Connection(ours).Line("t=0 0");
        foreach (var media in Sdp.Media)
        {
            if (media != Audio) writer.Refused(media);
            else Write(writer, media.Protocol, Formats, Direction.Mirror(), port, RtcpMux, key is null ? [] : [key]);
        }
        return writer.End();
    }

    /// <summary>Our offer. Keys stand in a stream of the profile SAVP, or, where plain sound is as welcome, in one of AVP.</summary>
    public static string Offer(
        AudioFormats formats, Direction direction, ulong session, int version, IPAddress ours, int port,
        string protocol = Avp, IReadOnlyList<SdesCrypto>? keys = null)
    {
        var writer = new SdpWriter().Head(session, version, ours).Connection(ours).Line("t=0 0");
        Write(writer, protocol, formats, direction, port, mux: false, keys ?? []);
        return writer.End();
    }

    public const string Avp = "RTP/AVP", Savp = "RTP/SAVP";

    private static Result<RtpTerms> Read(SdpDescription sdp, SdpMedia media, MediaEncryption encryption, IReadOnlyList<SdesCrypto>? offered)
    {
        var secure = media.Protocol is Savp or "RTP/SAVPF";
        if (!secure && media.Protocol is not (Avp or "RTP/AVPF")) return new NoCommonCodec(media.Protocol);
        if (secure && encryption == MediaEncryption.Off) return new NoCommonCodec(media.Protocol);
        if (AudioFormats.Choose(media) is not { } formats) return new NoCommonCodec(string.Join(' ', media.Formats));
        var key = encryption == MediaEncryption.Off ? null : KeyOf(media, offered);
        if (key is null && secure) return new NoEncryption("no a=crypto line can be used");
        if (key is null && encryption == MediaEncryption.Required) return new NoEncryption("it is required, and the other side has none");
        var connection = media.Connection ?? sdp.Connection;
        if (connection is null) return new BadSdp("there is no c= line");
        if (connection.Length == 0) return new BadSdp("its c= line names no internet address");
        var direction = media.Direction ?? sdp.Direction ?? Direction.SendRecv;
        var address = AddressOf(connection);
        if (address is not null && IsForMany(address)) return new BadSdp("its c= line names an address of many");
        // 0.0.0.0 is the old way to hold (RFC 3264 §8.4): nothing may be sent there
        if (address is not null && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
        {
            direction &= ~Direction.RecvOnly;
            address = null;
        }
        var rtp = address is null ? null : new IPEndPoint(address, media.Port);
        var reports = media.RtcpMux ? media.Port : media.RtcpPort ?? media.Port + 1;
        var rtcp = address is null || reports > IPEndPoint.MaxPort ? null : new IPEndPoint(address, reports);
        return new RtpTerms(sdp, media, formats, direction, rtp, rtcp, media.RtcpMux, key);
    }

    // an answer keeps tag and suite of a line of the offer (RFC 4568 §5.1.2)
    private static SdesCrypto? KeyOf(SdpMedia media, IReadOnlyList<SdesCrypto>? offered) => offered is null
        ? media.Crypto.FirstOrDefault()
        : media.Crypto.Find(key => offered.Any(ours => ours.Tag == key.Tag && ours.Profile == key.Profile));

    /// <summary>
    /// Null for a name: the first packet tells. «1» and «10.1» are names too, for an address means something else by them.
    /// </summary>
    private static IPAddress? AddressOf(string connection)
    {
        if (!IPAddress.TryParse(connection, out var address)) return null;
        if (address.AddressFamily == AddressFamily.InterNetwork && connection.AsSpan().Count('.') != 3) return null;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    private static bool IsForMany(IPAddress address) => address.IsIPv6Multicast || address.Equals(IPAddress.Broadcast)
        || (address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] is >= 224 and < 240);

    private static void Write(
        SdpWriter writer, string protocol, AudioFormats formats, Direction direction, int port, bool mux, IReadOnlyList<SdesCrypto> keys)
    {
        writer.Audio(port, protocol, formats).Line($"a={direction.Text()}");
        foreach (var key in keys) writer.Line(key.Line());
        if (mux) writer.Line("a=rtcp-mux");
        else writer.Line($"a=rtcp:{port + 1}");
    }
}
