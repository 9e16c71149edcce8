namespace Tccc.Telephony;

/// <summary>Key presses in SIP INFO: application/dtmf-relay («Signal=5») and application/dtmf («5»).</summary>
internal static class Dtmf
{
    private const string Keys = "0123456789*#ABCD";

    /// <summary>The key, or null when the body is something else.</summary>
    public static char? Read(string contentType, ReadOnlySpan<byte> body)
    {
        var type = contentType.AsSpan();
        if (type.IndexOf(';') is >= 0 and var end) type = type[..end];
        type = type.Trim();
        if (type.Equals("application/dtmf", StringComparison.OrdinalIgnoreCase)) return Key(body);
        if (!type.Equals("application/dtmf-relay", StringComparison.OrdinalIgnoreCase)) return null;
        foreach (var range in body.Split((byte)'\n'))
        {
            var line = body[range].Trim(" \t\r"u8);
            var equals = line.IndexOf((byte)'=');
            if (equals > 0 && System.Text.Ascii.EqualsIgnoreCase(line[..equals].Trim((byte)' '), "Signal"))
                return Key(line[(equals + 1)..]);
        }

        return null;
    }

    private static char? Key(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n"u8);
        if (text.Length != 1) return null;
        var key = char.ToUpperInvariant((char)text[0]);
        return Keys.Contains(key, StringComparison.Ordinal) ? key : null;
    }
}
