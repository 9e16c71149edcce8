using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Tccc.Media.Codecs;

namespace Tccc.Media.Sdp;

/// <summary>Writes our descriptions line by line.</summary>
internal sealed class SdpWriter
{
    private readonly StringBuilder text = new(768);

    public SdpWriter Line(string line)
    {
        text.Append(line).Append("\r\n");
        return this;
    }

    /// <summary>v=, o=, s=, and t=; the version in o= rises with each new description (RFC 3264 §8).</summary>
    public SdpWriter Head(ulong session, int version, IPAddress address, Action<SdpWriter>? sessionLines = null)
    {
        Line("v=0");
        Line(string.Create(CultureInfo.InvariantCulture, $"o=- {session} {version} {At(address)}"));
        Line("s=-");
        sessionLines?.Invoke(this);
        return this;
    }

    public SdpWriter Media(string kind, int port, string protocol, IEnumerable<string> formats) =>
        Line(string.Create(CultureInfo.InvariantCulture, $"m={kind} {port} {protocol} {string.Join(' ', formats)}"));

    /// <summary>m= line of our audio with rtpmap, fmtp and ptime.</summary>
    public SdpWriter Audio(int port, string protocol, AudioFormats formats, IPAddress? connection = null)
    {
        List<byte> order = [formats.PayloadType];
        if (formats.Pcmu != AudioFormats.None && formats.Pcmu != formats.PayloadType) order.Add(formats.Pcmu);
        if (formats.Pcma != AudioFormats.None && formats.Pcma != formats.PayloadType) order.Add(formats.Pcma);
        if (formats.Events != AudioFormats.None) order.Add(formats.Events);
        Media("audio", port, protocol, order.Select(pt => pt.ToString(CultureInfo.InvariantCulture)));
        if (connection is not null) Line($"c={At(connection)}");
        foreach (var pt in order)
        {
            var name = pt == formats.Events ? "telephone-event" : G711.Name(pt == formats.Pcmu ? AudioCodec.Pcmu : AudioCodec.Pcma);
            Line(string.Create(CultureInfo.InvariantCulture, $"a=rtpmap:{pt} {name}/8000"));
        }
        if (formats.Events != AudioFormats.None) Line(string.Create(CultureInfo.InvariantCulture, $"a=fmtp:{formats.Events} 0-15"));
        return Line("a=ptime:20");
    }

    /// <summary>An m= line of theirs that we refuse: port 0 (RFC 3264 §6).</summary>
    public SdpWriter Refused(SdpMedia media)
    {
        Media(media.Kind, 0, media.Protocol, media.Formats);
        if (media.Mid is not { } mid) return this;
        return Line("c=IN IP4 0.0.0.0").Line($"a=mid:{mid}").Line("a=inactive");
    }

    public static string At(IPAddress address) => $"IN {(address.AddressFamily == AddressFamily.InterNetworkV6 ? "IP6" : "IP4")} {address}";

    public override string ToString() => text.ToString();
}
