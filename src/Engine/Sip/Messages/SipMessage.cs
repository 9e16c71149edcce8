namespace Tccc.Sip;

/// <summary>
/// One message, read in place: the start line and where each header field stands are found at once, values when asked for.
/// An instance is used again for every datagram; <see cref="Detach"/> gives one that may be kept.
/// </summary>
internal sealed class SipMessage
{
    private struct Field
    {
        public HeaderId Id;
        public int NameStart, NameEnd, ValueStart, ValueEnd;
    }

    private readonly int[] first = new int[HeaderNames.Count];
    private byte[] buffer = [];
    private Field[] fields = new Field[32];
    private int count, end;
    private int methodStart, methodEnd, uriStart, uriEnd, reasonStart, reasonEnd;
    private int bodyStart, bodyEnd;

    public bool IsRequest { get; private set; }

    public SipMethod Method { get; private set; }

    public int Status { get; private set; }

    /// <summary>The first thing found wrong; reading goes on behind it as far as it can, so that a request can be answered.</summary>
    public ParseError Error { get; private set; }

    public ReadOnlySpan<byte> MethodText => buffer.AsSpan(methodStart..methodEnd);

    public ReadOnlySpan<byte> RequestUri => buffer.AsSpan(uriStart..uriEnd);

    public ReadOnlySpan<byte> Reason => buffer.AsSpan(reasonStart..reasonEnd);

    public ReadOnlySpan<byte> Body => buffer.AsSpan(bodyStart..bodyEnd);

    /// <summary>Reads a datagram or one framed message. Folds are turned to spaces in <paramref name="bytes"/> itself.</summary>
    /// <returns>False when not even the start line could be read: there is nothing to answer.</returns>
    public bool Parse(byte[] bytes, int start, int length)
    {
        Reset(bytes, start + length);
        if (length > SipLimits.Message) return Fail(ParseError.TooLarge);
        var at = start;
        while (at < end && bytes[at] is (byte)'\r' or (byte)'\n') at++;
        if (at == end) return Fail(ParseError.Empty);
        if (!TakeLine(ref at, out var lineStart, out var lineEnd)) return Fail(ParseError.NoEnd);
        if (lineEnd - lineStart > SipLimits.Line) return Fail(ParseError.LineTooLong);
        if (!StartLine(lineStart, lineEnd)) return Fail(Error == ParseError.None ? ParseError.StartLine : Error);
        Headers(ref at);
        Frame(at);
        return true;
    }

    /// <summary>A copy with its own bytes.</summary>
    public SipMessage Detach()
    {
        var copy = new SipMessage
        {
            buffer = buffer.AsSpan(0, end).ToArray(), fields = fields.AsSpan(0, count).ToArray(), count = count, end = end,
            methodStart = methodStart, methodEnd = methodEnd, uriStart = uriStart, uriEnd = uriEnd,
            reasonStart = reasonStart, reasonEnd = reasonEnd, bodyStart = bodyStart, bodyEnd = bodyEnd,
            IsRequest = IsRequest, Method = Method, Status = Status, Error = Error,
        };
        first.CopyTo(copy.first.AsSpan());
        return copy;
    }

    public bool Has(HeaderId id) => first[(int)id] >= 0;

    /// <summary>The first field of that name, trimmed; empty when there is none.</summary>
    public ReadOnlySpan<byte> Get(HeaderId id)
    {
        var index = first[(int)id];
        return index < 0 ? default : buffer.AsSpan(fields[index].ValueStart..fields[index].ValueEnd);
    }

    /// <summary>The first value of a list header.</summary>
    public ReadOnlySpan<byte> First(HeaderId id)
    {
        foreach (var value in Values(id)) return value;
        return default;
    }

    /// <summary>From, To and their like; all empty when it cannot be read.</summary>
    public NameAddr Party(HeaderId id) => NameAddr.TryParse(First(id), out var party) ? party : default;

    /// <summary>The topmost Via; all empty when it cannot be read.</summary>
    public Via TopVia => Via.TryParse(First(HeaderId.Via), out var via) ? via : default;

    public int CountOf(HeaderId id)
    {
        var sum = 0;
        for (var i = Math.Max(0, first[(int)id]); i < count; i++) sum += fields[i].Id == id ? 1 : 0;
        return sum;
    }

    /// <summary>All values of a list header in order, comma-joined ones apart (RFC 3261 §7.3.1).</summary>
    public ValueEnumerator Values(HeaderId id) => new(this, id, split: true);

    /// <summary>All fields of that name, each as one value (credentials and challenges hold commas of their own).</summary>
    public ValueEnumerator Whole(HeaderId id) => new(this, id, split: false);

    /// <summary>Whether a list header names this token.</summary>
    public bool Lists(HeaderId id, ReadOnlySpan<byte> token)
    {
        foreach (var value in Values(id))
        {
            if (System.Text.Ascii.EqualsIgnoreCase(value, token)) return true;
        }
        return false;
    }

    public int FieldCount => count;

    public (HeaderId Id, Range Name, Range Value) FieldAt(int index) =>
        (fields[index].Id, fields[index].NameStart..fields[index].NameEnd, fields[index].ValueStart..fields[index].ValueEnd);

    public ReadOnlySpan<byte> Slice(Range range) => buffer.AsSpan(range);

    private void Reset(byte[] bytes, int length)
    {
        buffer = bytes;
        end = length;
        count = 0;
        first.AsSpan().Fill(-1);
        methodStart = methodEnd = uriStart = uriEnd = reasonStart = reasonEnd = bodyStart = bodyEnd = 0;
        (IsRequest, Method, Status, Error) = (false, SipMethod.Unknown, 0, ParseError.None);
    }

    private bool Fail(ParseError error)
    {
        Error = error;
        return false;
    }

    private void Note(ParseError error)
    {
        if (Error == ParseError.None) Error = error;
    }

    /// <summary>The next line without its CRLF; a bare LF ends one too.</summary>
    private bool TakeLine(ref int at, out int lineStart, out int lineEnd)
    {
        lineStart = at;
        var feed = buffer.AsSpan(at, end - at).IndexOf((byte)'\n');
        lineEnd = feed < 0 ? end : at + feed;
        at = feed < 0 ? end : lineEnd + 1;
        if (feed > 0 && buffer[lineEnd - 1] == '\r') lineEnd--;
        return feed >= 0;
    }

    private bool StartLine(int start, int stop)
    {
        var line = buffer.AsSpan(start..stop);
        if (line.Length > 7 && line[3] == '/' && System.Text.Ascii.EqualsIgnoreCase(line[..4], "SIP/"u8)) return StatusLine(line, start);
        var space = line.IndexOf((byte)' ');
        var last = line.LastIndexOf((byte)' ');
        if (space <= 0 || last == space || !SipText.IsToken(line[..space])) return false;
        (methodStart, methodEnd, uriStart, uriEnd) = (start, start + space, start + space + 1, start + last);
        IsRequest = true;
        Method = Methods.Find(line[..space]);
        var version = line[(last + 1)..];
        if (!version.SequenceEqual("SIP/2.0"u8))
        {
            if (version.Length < 5 || !System.Text.Ascii.EqualsIgnoreCase(version[..4], "SIP/"u8))
            {
                // Trailing space: the version is not where it belongs, yet the request can be answered (RFC 4475 §3.1.2.10).
                Note(ParseError.StartLine);
                return SipText.Trim(line).EndsWith("SIP/2.0"u8);
            }
            Note(System.Text.Ascii.EqualsIgnoreCase(version, "SIP/2.0"u8) ? ParseError.None : ParseError.Version);
        }
        return true;
    }

    private bool StatusLine(ReadOnlySpan<byte> line, int start)
    {
        if (!System.Text.Ascii.EqualsIgnoreCase(line[..7], "SIP/2.0"u8)) return Fail(ParseError.Version);
        if (line.Length < 11 || line[7] != ' ' || !SipText.TryNumber(line[8..11], 699, out var status) || status < 100) return false;
        if (line.Length > 11 && line[11] != ' ') return false;
        Status = (int)status;
        (reasonStart, reasonEnd) = (start + Math.Min(12, line.Length), start + line.Length);
        return true;
    }

    private void Headers(ref int at)
    {
        while (at < end)
        {
            TakeLine(ref at, out var start, out var stop);
            if (stop == start) return;
            while (at < end && SipText.IsSpace(buffer[at]))
            {
                // A fold means one space (RFC 3261 §7.3.1).
                buffer.AsSpan(stop, at - stop).Fill((byte)' ');
                TakeLine(ref at, out _, out stop);
            }
            AddField(start, stop);
        }
        Note(ParseError.NoEnd);
        at = end;
    }

    private void AddField(int start, int stop)
    {
        if (stop - start > SipLimits.Line)
        {
            Note(ParseError.LineTooLong);
            return;
        }
        var line = buffer.AsSpan(start..stop);
        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? default : SipText.Trim(line[..colon]);
        if (name.Length == 0 || SipText.IsSpace(line[0]) || !SipText.IsToken(name))
        {
            Note(ParseError.HeaderLine);
            return;
        }
        if (count == SipLimits.HeaderFields)
        {
            Note(ParseError.TooManyHeaders);
            return;
        }
        if (count == fields.Length) Array.Resize(ref fields, fields.Length * 2);
        var valueStart = start + colon + 1;
        while (valueStart < stop && SipText.IsSpace(buffer[valueStart])) valueStart++;
        while (stop > valueStart && SipText.IsSpace(buffer[stop - 1])) stop--;
        var id = HeaderNames.Find(name);
        if (id != HeaderId.Other && first[(int)id] < 0) first[(int)id] = count;
        fields[count++] = new Field { Id = id, NameStart = start, NameEnd = start + name.Length, ValueStart = valueStart, ValueEnd = stop };
    }

    /// <summary>The body: by Content-Length, else all that is left (RFC 3261 §18.3). What follows it is dropped.</summary>
    private void Frame(int at)
    {
        (bodyStart, bodyEnd) = (at, end);
        if (!Has(HeaderId.ContentLength)) return;
        uint length = 0;
        var seen = false;
        foreach (var value in Whole(HeaderId.ContentLength))
        {
            var ok = SipText.TryNumber(value, SipLimits.Message * 100, out var one) && (!seen || one == length);
            if (!ok) Note(ParseError.ContentLength);
            if (!ok) return;
            (length, seen) = (one, true);
        }
        if (length > end - at) Note(ParseError.Truncated);
        else bodyEnd = end = at + (int)length;
    }

    /// <summary>Walks the values of one header.</summary>
    public ref struct ValueEnumerator(SipMessage message, HeaderId id, bool split)
    {
        private int index = message.first[(int)id];
        private ReadOnlySpan<byte> rest;
        private bool inside;

        public ReadOnlySpan<byte> Current { get; private set; }

        public readonly ValueEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            while (true)
            {
                if (inside)
                {
                    var comma = split ? SipText.IndexOutside(rest, (byte)',') : -1;
                    Current = SipText.Trim(comma < 0 ? rest : rest[..comma]);
                    inside = comma >= 0;
                    if (inside) rest = rest[(comma + 1)..];
                    return true;
                }
                if (index < 0) return false;
                while (index < message.count && message.fields[index].Id != id) index++;
                if (index >= message.count) return false;
                rest = message.buffer.AsSpan(message.fields[index].ValueStart..message.fields[index].ValueEnd);
                inside = true;
                index++;
            }
        }
    }
}
