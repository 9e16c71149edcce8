using System.Buffers;

namespace Tccc.Sip;

/// <summary>name-addr or addr-spec with header parameters (RFC 3261 §20.10): From, To, Contact, Route.</summary>
internal readonly ref struct NameAddr
{
    private static readonly SearchValues<byte> BareForbidden = SearchValues.Create("?, \t\"<>"u8);

    private NameAddr(ReadOnlySpan<byte> display, ReadOnlySpan<byte> uri, ReadOnlySpan<byte> parameters)
    {
        Display = display;
        Uri = uri;
        Parameters = new Params(parameters);
    }

    /// <summary>With its quotes, if any.</summary>
    public ReadOnlySpan<byte> Display { get; }

    public ReadOnlySpan<byte> Uri { get; }

    public Params Parameters { get; }

    public ReadOnlySpan<byte> Tag => Parameters.TryGet("tag"u8, out var tag) ? tag : default;

    public static bool TryParse(ReadOnlySpan<byte> text, out NameAddr result)
    {
        result = default;
        text = SipText.Trim(text);
        if (text.Length == 0) return false;
        var open = OpenAngle(text);
        if (open == -2) return false;
        if (open < 0)
        {
            // Bare addr-spec: its parameters belong to the header, and it may hold no '?' and no ',' (RFC 3261 §20).
            var semicolon = text.IndexOf((byte)';');
            var uri = SipText.Trim(semicolon < 0 ? text : text[..semicolon]);
            if (uri.Length == 0 || uri.IndexOfAny(BareForbidden) >= 0) return false;
            result = new(default, uri, semicolon < 0 ? default : text[semicolon..]);
        }
        else
        {
            var close = text[open..].IndexOf((byte)'>');
            if (close < 0) return false;
            var uri = text[(open + 1)..(open + close)];
            var display = SipText.Trim(text[..open]);
            if (uri.Length == 0 || uri.IndexOfAny(" \t<\""u8) >= 0 || !DisplayIsWellFormed(display)) return false;
            result = new(display, uri, text[(open + close + 1)..]);
        }
        return result.Parameters.WellFormed();
    }

    private static int OpenAngle(ReadOnlySpan<byte> text)
    {
        if (text[0] != '"') return text.IndexOf((byte)'<');
        var end = SipText.EndOfQuote(text, 0);
        if (end < 0) return -2;
        var angle = text[end..].IndexOf((byte)'<');
        return angle < 0 ? -2 : end + angle;
    }

    private static bool DisplayIsWellFormed(ReadOnlySpan<byte> display)
    {
        if (display.Length == 0) return true;
        if (display[0] == '"') return SipText.EndOfQuote(display, 0) == display.Length - 1;
        foreach (var b in display)
        {
            // UTF-8 outside quotes is against the grammar but common in names.
            if (!SipText.IsSpace(b) && b < 0x80 && !SipText.IsToken([b])) return false;
        }
        return true;
    }
}
