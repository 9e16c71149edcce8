using System.Text;

namespace Tccc.Sip;

/// <summary>Parameters of a header or URI: ;name=value;name="quoted";flag. Reads on demand, in place.</summary>
internal readonly ref struct Params(ReadOnlySpan<byte> text)
{
    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>The value, quotes kept; empty for a flag.</summary>
    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var rest = Text;
        while (Next(ref rest, out var key, out value))
        {
            if (Ascii.EqualsIgnoreCase(key, name)) return true;
        }
        value = default;
        return false;
    }

    public bool Has(ReadOnlySpan<byte> name) => TryGet(name, out _);

    /// <summary>Whether the whole text keeps to the grammar (RFC 3261 §25.1 generic-param).</summary>
    public bool WellFormed()
    {
        var rest = Text;
        while (Next(ref rest, out var key, out var value))
        {
            if (!SipText.IsToken(key)) return false;
            if (value.Length > 0 && value[0] != '"' && value.IndexOfAny("<>\",;"u8) >= 0) return false;
        }
        return SipText.Trim(rest).Length == 0;
    }

    private static bool Next(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        key = value = default;
        var trimmed = SipText.Trim(rest);
        if (trimmed.Length == 0 || trimmed[0] != ';') return false;
        trimmed = trimmed[1..];
        var end = SipText.IndexOutside(trimmed, (byte)';');
        if (end == -2) return false;
        var one = end < 0 ? trimmed : trimmed[..end];
        rest = end < 0 ? default : trimmed[end..];
        var equals = one.IndexOf((byte)'=');
        key = SipText.Trim(equals < 0 ? one : one[..equals]);
        value = equals < 0 ? default : SipText.Trim(one[(equals + 1)..]);
        return true;
    }
}
