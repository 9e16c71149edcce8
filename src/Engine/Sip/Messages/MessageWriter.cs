using System.Buffers.Text;
using System.Text;

namespace Tccc.Sip;

/// <summary>
/// Writes one message after the other into one growing buffer. Strings can never break a line: CR and LF in them become spaces.
/// </summary>
internal sealed class MessageWriter
{
    private byte[] buffer = new byte[2048];
    private int length;

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    public MessageWriter Reset()
    {
        length = 0;
        return this;
    }

    public MessageWriter RequestLine(string method, string uri) => Raw(method).Ascii(" "u8).Raw(uri).Ascii(" SIP/2.0\r\n"u8);

    public MessageWriter StatusLine(int status, string reason) =>
        Ascii("SIP/2.0 "u8).Number((uint)status).Ascii(" "u8).Text(reason).Ascii("\r\n"u8);

    public MessageWriter Header(ReadOnlySpan<byte> name, string value) => Ascii(name).Ascii(": "u8).Raw(value).Ascii("\r\n"u8);

    public MessageWriter Header(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        Ascii(name).Ascii(": "u8).Ascii(value).Ascii("\r\n"u8);

    public MessageWriter Header(ReadOnlySpan<byte> name, uint value) => Ascii(name).Ascii(": "u8).Number(value).Ascii("\r\n"u8);

    /// <summary>Content-Type, Content-Length, the empty line and the body.</summary>
    public MessageWriter End(string? contentType = null, ReadOnlySpan<byte> body = default)
    {
        if (body.Length > 0) Header("Content-Type"u8, contentType ?? "application/sdp");
        return Header("Content-Length"u8, (uint)body.Length).Ascii("\r\n"u8).Ascii(body);
    }

    public MessageWriter Ascii(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        length += bytes.Length;
        return this;
    }

    public MessageWriter Number(uint value)
    {
        Utf8Formatter.TryFormat(value, Room(10), out var written);
        length += written;
        return this;
    }

    /// <summary>Text as it came from the wire: one byte a character.</summary>
    public MessageWriter Raw(string text) => Encoded(text, Encoding.Latin1);

    public MessageWriter Text(string text) => Encoded(text, Encoding.UTF8);

    private MessageWriter Encoded(string text, Encoding encoding)
    {
        var written = encoding.GetBytes(text, Room(encoding.GetMaxByteCount(text.Length)));
        var added = buffer.AsSpan(length, written);
        added.Replace((byte)'\r', (byte)' ');
        added.Replace((byte)'\n', (byte)' ');
        length += written;
        return this;
    }

    private Span<byte> Room(int size)
    {
        if (buffer.Length - length < size) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + size));
        return buffer.AsSpan(length);
    }
}
