using System.Text;

namespace Tccc.Sip;

/// <summary>What came of looking for a session description in a body.</summary>
internal enum BodyVerdict
{
    /// <summary>It was found, or there is none and nothing that we would have to understand.</summary>
    Good,
    /// <summary>The body holds something that must be understood and is not (415; RFC 5621 §5).</summary>
    NotUnderstood,
    /// <summary>A multipart body that can't be taken apart, or with more parts than <see cref="SdpBody.MaxParts"/> (400).</summary>
    Broken,
}

/// <summary>
/// Finds the session description in a message: the body itself, or a part of multipart/mixed or multipart/alternative (RFC 5621, RFC 2046
/// §5.1), one inside the other once. What is marked handling=optional is passed over (RFC 3261 §20.11), such as the ISUP of SIP-I networks
/// (RFC 3204).
/// </summary>
internal static class SdpBody
{
    /// <summary>Parts of one body, those of nested ones included.</summary>
    public const int MaxParts = 16;

    /// <summary>A multipart inside the outermost one is the last that is opened.</summary>
    public const int MaxDepth = 2;

    /// <summary>RFC 2046 §5.1.1.</summary>
    private const int LongestBoundary = 70;

    /// <summary>For a 415.</summary>
    public const string Accepted = "application/sdp, multipart/mixed, multipart/alternative";

    /// <summary>The description; empty when the message has none that we may use.</summary>
    public static ReadOnlySpan<byte> Of(SipMessage message) => Read(message, out var sdp) == BodyVerdict.Good ? sdp : default;

    public static BodyVerdict Read(SipMessage message, out ReadOnlySpan<byte> sdp)
    {
        sdp = default;
        if (message.Body.Length == 0) return BodyVerdict.Good;
        var parts = 0;
        var entity = new Entity(message.Get(HeaderId.ContentType), message.Get(HeaderId.ContentDisposition),
            message.Get(HeaderId.ContentEncoding), default);
        return Read(entity, message.Body, 0, ref parts, out sdp);
    }

    private static BodyVerdict Read(Entity entity, ReadOnlySpan<byte> body, int depth, scoped ref int parts, out ReadOnlySpan<byte> sdp)
    {
        sdp = default;
        if (entity.IsSession)
        {
            sdp = body;
            return BodyVerdict.Good;
        }
        var verdict = BodyVerdict.NotUnderstood;
        if (depth < MaxDepth && entity.IsPlain)
        {
            if (entity.Is("multipart/mixed"u8)) verdict = Mixed(entity, body, depth, ref parts, out sdp);
            else if (entity.Is("multipart/alternative"u8)) verdict = Alternative(entity, body, depth, ref parts, out sdp);
        }
        if (verdict == BodyVerdict.Good || !entity.MayBeIgnored) return verdict;
        sdp = default;
        return BodyVerdict.Good;
    }

    /// <summary>All parts count; the first description is taken (RFC 5621 §3.1).</summary>
    private static BodyVerdict Mixed(Entity entity, ReadOnlySpan<byte> body, int depth, scoped ref int parts, out ReadOnlySpan<byte> sdp)
    {
        sdp = default;
        if (!Parts.TryOpen(entity.ContentType, body, out var each)) return BodyVerdict.Broken;
        while (each.MoveNext())
        {
            if (++parts > MaxParts) return BodyVerdict.Broken;
            var verdict = Read(each.Head, each.Body, depth + 1, ref parts, out var found);
            if (verdict != BodyVerdict.Good) return verdict;
            if (sdp.Length == 0) sdp = found;
        }
        return each.Seen ? BodyVerdict.Good : BodyVerdict.Broken;
    }

    /// <summary>The last part that is understood is the best one (RFC 2046 §5.1.4); the others are not looked at.</summary>
    private static BodyVerdict Alternative(Entity entity, ReadOnlySpan<byte> body, int depth, scoped ref int parts,
        out ReadOnlySpan<byte> sdp)
    {
        sdp = default;
        if (!Parts.TryOpen(entity.ContentType, body, out var each)) return BodyVerdict.Broken;
        while (each.MoveNext())
        {
            if (++parts > MaxParts) return BodyVerdict.Broken;
            var verdict = Read(each.Head, each.Body, depth + 1, ref parts, out var found);
            if (verdict == BodyVerdict.Broken) return verdict;
            if (found.Length > 0) sdp = found;
        }
        return !each.Seen ? BodyVerdict.Broken : sdp.Length > 0 ? BodyVerdict.Good : BodyVerdict.NotUnderstood;
    }

    /// <summary>The header fields that say what a body or part is.</summary>
    private readonly ref struct Entity(ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> disposition, ReadOnlySpan<byte> encoding,
        ReadOnlySpan<byte> transfer)
    {
        private readonly ReadOnlySpan<byte> disposition = disposition, encoding = encoding, transfer = transfer;

        public ReadOnlySpan<byte> ContentType { get; } = contentType;

        public bool Is(ReadOnlySpan<byte> type) => Ascii.EqualsIgnoreCase(SipText.UpToSemicolon(ContentType), type);

        /// <summary>Neither compressed nor in base64.</summary>
        public bool IsPlain => (encoding.Length == 0 || Ascii.EqualsIgnoreCase(encoding, "identity"u8))
            && (transfer.Length == 0 || !Ascii.EqualsIgnoreCase(transfer, "base64"u8)
                && !Ascii.EqualsIgnoreCase(transfer, "quoted-printable"u8));

        /// <summary>SDP whose disposition is «session», which it has by default (RFC 3261 §20.11).</summary>
        public bool IsSession => Is("application/sdp"u8) && IsPlain
            && (disposition.Length == 0 || Ascii.EqualsIgnoreCase(SipText.UpToSemicolon(disposition), "session"u8));

        /// <summary>
        /// Marked so by its sender, or there only for header fields that point to it, none of which we read (RFC 5621 §7.1).
        /// </summary>
        public bool MayBeIgnored
        {
            get
            {
                if (Ascii.EqualsIgnoreCase(SipText.UpToSemicolon(disposition), "by-reference"u8)) return true;
                var semicolon = disposition.IndexOf((byte)';');
                return semicolon >= 0 && new Params(disposition[semicolon..]).TryGet("handling"u8, out var handling)
                    && Ascii.EqualsIgnoreCase(handling, "optional"u8);
            }
        }
    }

    /// <summary>Walks the parts of one multipart body (RFC 2046 §5.1.1). A last delimiter that is missing is forgiven.</summary>
    private ref struct Parts
    {
        private readonly byte[] delimiter;
        private ReadOnlySpan<byte> rest;

        private Parts(byte[] delimiter, ReadOnlySpan<byte> rest)
        {
            this.delimiter = delimiter;
            this.rest = rest;
        }

        public Entity Head { get; private set; }

        public ReadOnlySpan<byte> Body { get; private set; }

        public bool Seen { get; private set; }

        public static bool TryOpen(ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> body, out Parts parts)
        {
            parts = default;
            var semicolon = contentType.IndexOf((byte)';');
            if (semicolon < 0 || !new Params(contentType[semicolon..]).TryGet("boundary"u8, out var value)) return false;
            var boundary = SipText.Raw(value).Trim('"');
            if (boundary.Length is 0 or > LongestBoundary) return false;
            var delimiter = Encoding.Latin1.GetBytes("--" + boundary);
            var first = Find(body, delimiter);
            if (first < 0) return false;
            parts = new(delimiter, body[(first + delimiter.Length)..]);
            return true;
        }

        public bool MoveNext()
        {
            if (rest.Length == 0 || rest.StartsWith("--"u8)) return false;
            var line = rest.IndexOf((byte)'\n');
            if (line < 0) return false;
            var part = rest[(line + 1)..];
            var next = Find(part, delimiter);
            rest = next < 0 ? default : part[(next + delimiter.Length)..];
            if (next >= 0)
            {
                // the line break before a delimiter belongs to it
                part = part[..next];
                if (part.EndsWith("\r\n"u8)) part = part[..^2];
                else if (part.EndsWith("\n"u8)) part = part[..^1];
            }
            Split(part);
            return Seen = true;
        }

        private static int Find(ReadOnlySpan<byte> text, ReadOnlySpan<byte> delimiter)
        {
            for (var at = 0; ;)
            {
                var found = text[at..].IndexOf(delimiter);
                if (found < 0) return -1;
                at += found;
                var after = text[(at + delimiter.Length)..];
                // a nested body's delimiter may begin with ours
                if ((at == 0 || text[at - 1] == '\n')
                    && (after.Length == 0 || after[0] is (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t' or (byte)'-')) return at;
                at += delimiter.Length;
            }
        }

        private void Split(ReadOnlySpan<byte> part)
        {
            ReadOnlySpan<byte> type = default, disposition = default, encoding = default, transfer = default;
            while (part.Length > 0)
            {
                var feed = part.IndexOf((byte)'\n');
                var line = (feed < 0 ? part : part[..feed]).TrimEnd((byte)'\r');
                part = feed < 0 ? default : part[(feed + 1)..];
                if (line.Length == 0) break;
                var colon = line.IndexOf((byte)':');
                if (colon < 0) continue;
                var name = SipText.Raw(SipText.Trim(line[..colon])).ToLowerInvariant();
                var value = SipText.Trim(line[(colon + 1)..]);
                if (name is "content-type" or "c") type = value;
                else if (name == "content-disposition") disposition = value;
                else if (name is "content-encoding" or "e") encoding = value;
                else if (name == "content-transfer-encoding") transfer = value;
            }
            Head = new(type, disposition, encoding, transfer);
            Body = part;
        }
    }
}
