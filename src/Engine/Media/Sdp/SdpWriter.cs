using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using Tccc.Media.Codecs;

namespace Tccc.Media.Sdp;

/// <summary>Writes our descriptions line by line.</summary>
internal sealed class SdpWriter
{
    [ThreadStatic]
    private static StringBuilder? spare;

    private readonly StringBuilder text = Interlocked.Exchange(ref spare, null) ?? new(1024);

    public SdpWriter Line(string line)
    {
        text.Append(line).Append("\r\n");
        return this;
    }

    /// <summary>The parts stand in the text already when this is called.</summary>
    public SdpWriter Line([InterpolatedStringHandlerArgument("")] ref Parts line) => Line("");

    /// <summary>v=, o= and s=; the version in o= rises with each new description (RFC 3264 §8).</summary>
    public SdpWriter Head(ulong session, int version, IPAddress address) =>
        Line("v=0").Line($"o=- {session} {version} IN {Family(address)} {address}").Line("s=-");

    public SdpWriter Connection(IPAddress address) => Line($"c=IN {Family(address)} {address}");

    /// <summary>m= line of our audio with rtpmap, fmtp and ptime.</summary>
    public SdpWriter Audio(int port, string protocol, AudioFormats formats, IPAddress? connection = null)
    {
        Span<byte> order = [formats.PayloadType, formats.Pcmu, formats.Pcma, formats.Events];
        if (formats.Pcmu == formats.PayloadType) order[1] = AudioFormats.None;
        if (formats.Pcma == formats.PayloadType) order[2] = AudioFormats.None;
        text.Append(CultureInfo.InvariantCulture, $"m=audio {port} {protocol}");
        foreach (var pt in order)
            if (pt != AudioFormats.None) text.Append(CultureInfo.InvariantCulture, $" {pt}");
        Line("");
        if (connection is not null) Connection(connection);
        foreach (var pt in order)
        {
            if (pt == AudioFormats.None) continue;
            var name = pt == formats.Events ? "telephone-event" : G711.Name(pt == formats.Pcmu ? AudioCodec.Pcmu : AudioCodec.Pcma);
            Line($"a=rtpmap:{pt} {name}/8000");
        }
        if (formats.Events != AudioFormats.None) Line($"a=fmtp:{formats.Events} 0-15");
        return Line("a=ptime:20");
    }

    /// <summary>An m= line of theirs that we refuse: port 0 (RFC 3264 §6).</summary>
    public SdpWriter Refused(SdpMedia media)
    {
        // a line of ours has a format, also where theirs had none (RFC 8866 §9)
        Line($"m={media.Kind} 0 {media.Protocol} {(media.Formats.Count == 0 ? "0" : string.Join(' ', media.Formats))}");
        return media.Mid is { } mid ? Line("c=IN IP4 0.0.0.0").Line($"a=mid:{mid}").Line("a=inactive") : this;
    }

    /// <summary>The whole description; the writer's room goes to the thread's next one.</summary>
    public string End()
    {
        var whole = text.ToString();
        spare = text.Clear();
        return whole;
    }

    private static string Family(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? "IP6" : "IP4";

    /// <summary>Lets the compiler write an interpolated line in place, without a string of its own.</summary>
    [InterpolatedStringHandler]
    public ref struct Parts(int literalLength, int formattedCount, SdpWriter writer)
    {
        private StringBuilder.AppendInterpolatedStringHandler inner =
            new(literalLength, formattedCount, writer.text, CultureInfo.InvariantCulture);

        public void AppendLiteral(string value) => inner.AppendLiteral(value);

        public void AppendFormatted<T>(T value) => inner.AppendFormatted(value);
    }
}
