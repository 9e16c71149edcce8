using System.Text;

namespace Tccc.Sip;

internal enum FrameResult
{
    /// <summary>More bytes are needed.</summary>
    Incomplete,
    /// <summary>One whole message stands at the front.</summary>
    Message,
    /// <summary>A double CRLF: the peer's keep-alive, to be answered by one CRLF (RFC 5626 §3.5.1).</summary>
    Ping,
    /// <summary>The stream can no longer be followed: too large, or Content-Length missing or wrong (RFC 3261 §18.3).</summary>
    Broken,
    /// <summary>The peer sends nothing more; never given by the framer.</summary>
    Ended,
}

/// <summary>
/// Cuts a TCP or TLS stream into messages by Content-Length. Bytes in, messages out; however they are split, the messages are the same.
/// A connection that is silent between two messages holds no buffer.
/// </summary>
internal sealed class StreamFramer
{
    private const int FirstBuffer = 4096;

    private byte[] buffer = [];
    private int length, scanned, start, headerEnd;
    private long total;

    /// <summary>
    /// A message was begun and is not whole yet. Line ends before one are no beginning (RFC 3261 §7.5): some peers keep alive by one.
    /// </summary>
    public bool HalfRead => buffer.AsSpan(start, length - start).IndexOfAnyExcept("\r\n"u8) >= 0;

    public ParseError Error { get; private set; }

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        Compact();
        if (buffer.Length - length < bytes.Length)
            Array.Resize(ref buffer, Math.Max(Math.Max(buffer.Length * 2, FirstBuffer), length + bytes.Length));
        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    /// <summary>
    /// The next thing on the stream. A message is handed out as a copy of its own; a Broken one as far as it came, for a 400.
    /// </summary>
    public FrameResult Next(out byte[] message)
    {
        message = [];
        if (headerEnd == 0)
        {
            var skipped = SkipBlank();
            if (skipped != FrameResult.Message) return skipped;
            if (!FindHeaderEnd())
                return length - start > SipLimits.Message ? Break(ParseError.TooLarge, out message) : FrameResult.Incomplete;
            if (!BodyLength(out var body, out var error)) return Break(error, out message);
            total = headerEnd - start + body;
            if (total > SipLimits.Message) return Break(ParseError.TooLarge, out message);
        }
        if (length - start < total) return FrameResult.Incomplete;
        message = buffer.AsSpan(start, (int)total).ToArray();
        start = scanned = start + (int)total;
        headerEnd = 0;
        return FrameResult.Message;
    }

    /// <summary>To be called when all that is whole was taken: gives the buffer back when nothing is left in it.</summary>
    public void Rest()
    {
        // what a keep-alive begins with is no message, but the rest of it must find it
        if (HalfRead || (length > start && "\r\n\r\n"u8.StartsWith(buffer.AsSpan(start, length - start)))) return;
        buffer = [];
        length = scanned = start = headerEnd = 0;
    }

    private FrameResult Break(ParseError error, out byte[] message)
    {
        Error = error;
        message = buffer.AsSpan(start, Math.Min(headerEnd == 0 ? 0 : headerEnd - start, SipLimits.Message)).ToArray();
        return FrameResult.Broken;
    }

    private void Compact()
    {
        if (start == 0) return;
        buffer.AsSpan(start, length - start).CopyTo(buffer);
        length -= start;
        scanned -= start;
        if (headerEnd != 0) headerEnd -= start;
        start = 0;
    }

    private FrameResult SkipBlank()
    {
        while (length - start >= 2 && buffer[start] == '\r' && buffer[start + 1] == '\n')
        {
            if (length - start < 4) return FrameResult.Incomplete;
            var ping = buffer[start + 2] == '\r' && buffer[start + 3] == '\n';
            start += ping ? 4 : 2;
            scanned = start;
            if (ping) return FrameResult.Ping;
        }
        if (length == start || (length - start == 1 && buffer[start] == '\r')) return FrameResult.Incomplete;
        return FrameResult.Message;
    }

    private bool FindHeaderEnd()
    {
        var from = Math.Max(start, scanned - 3);
        var found = buffer.AsSpan(from, length - from).IndexOf("\r\n\r\n"u8);
        scanned = length;
        if (found < 0) return false;
        headerEnd = from + found + 4;
        return true;
    }

    private bool BodyLength(out uint body, out ParseError error)
    {
        body = 0;
        error = ParseError.ContentLength;
        var seen = false;
        var head = buffer.AsSpan(start, headerEnd - start);
        while (head.Length > 0)
        {
            var feed = head.IndexOf((byte)'\n');
            var line = head[..(feed + 1)];
            head = head[(feed + 1)..];
            var colon = line.IndexOf((byte)':');
            if (colon < 0) continue;
            var name = SipText.Trim(line[..colon]);
            if (!Ascii.EqualsIgnoreCase(name, "Content-Length"u8) && !Ascii.EqualsIgnoreCase(name, "l"u8)) continue;
            var value = line[(colon + 1)..];
            if (head.Length > 0 && SipText.IsSpace(head[0]) && value.IndexOfAnyExcept(" \t\r\n"u8) < 0)
            {
                // The number may stand on a folded line.
                feed = head.IndexOf((byte)'\n');
                value = head[..(feed + 1)];
            }
            if (!SipText.TryNumber(SipText.Trim(value.TrimEnd("\r\n"u8)), int.MaxValue, out var one) || (seen && one != body)) return false;
            (body, seen) = (one, true);
        }
        if (seen) error = ParseError.None;
        return seen;
    }
}
