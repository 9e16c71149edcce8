using System.Buffers;
using System.Text;

namespace Tccc.Sip;

/// <summary>Small readers over header bytes; none of them throws.</summary>
internal static class SipText
{
    /// <summary>token of RFC 3261 §25.1.</summary>
    private static readonly SearchValues<byte> TokenBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~"u8);

    public static bool IsToken(ReadOnlySpan<byte> text) => text.Length > 0 && text.IndexOfAnyExcept(TokenBytes) < 0;

    public static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\t';

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        int start = 0, end = text.Length;
        while (start < end && IsSpace(text[start])) start++;
        while (end > start && IsSpace(text[end - 1])) end--;
        return text[start..end];
    }

    /// <summary>A value without its parameters, such as a media type.</summary>
    public static ReadOnlySpan<byte> UpToSemicolon(ReadOnlySpan<byte> value)
    {
        var semicolon = value.IndexOf((byte)';');
        return Trim(semicolon < 0 ? value : value[..semicolon]);
    }

    /// <summary>Digits only, at most <paramref name="max"/>.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, uint max, out uint value)
    {
        ulong sum = 0;
        value = 0;
        if (text.Length == 0) return false;
        foreach (var b in text)
        {
            if (b is < (byte)'0' or > (byte)'9') return false;
            sum = sum * 10 + (uint)(b - '0');
            if (sum > max) return false;
        }
        value = (uint)sum;
        return true;
    }

    /// <summary>
    /// Position of <paramref name="wanted"/> outside quoted strings and angle brackets; -1 when there is none, -2 when a quote or bracket
    /// stays open.
    /// </summary>
    public static int IndexOutside(ReadOnlySpan<byte> text, byte wanted)
    {
        var angle = false;
        for (var i = 0; i < text.Length; i++)
        {
            var b = text[i];
            if (b == '"')
            {
                i = EndOfQuote(text, i);
                if (i < 0) return -2;
            }
            else if (b == wanted && !angle) return i;
            else if (b == '<') angle = true;
            else if (b == '>') angle = false;
        }
        return angle ? -2 : -1;
    }

    /// <summary>Position of the quote that closes the one at <paramref name="start"/>, or -1.</summary>
    public static int EndOfQuote(ReadOnlySpan<byte> text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') return i;
        }
        return -1;
    }

    /// <summary>Text as people read it: UTF-8, bytes that are none become U+FFFD.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>Text as a key or to be sent back: every byte is kept.</summary>
    public static string Raw(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>A quoted string without its quotes and escapes; other text as it is.</summary>
    public static string Unquote(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[0] != '"' || text[^1] != '"') return Text(text);
        text = text[1..^1];
        if (text.IndexOf((byte)'\\') < 0) return Text(text);
        var bytes = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length) i++;
            bytes[length++] = text[i];
        }
        return Text(bytes.AsSpan(0, length));
    }
}
