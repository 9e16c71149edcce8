namespace Tccc.Login;

/// <summary>
/// An address on this server to go back to. One that leads elsewhere could be a copy of our pages that collects passwords.
/// </summary>
internal static class LocalAddress
{
    /// <summary>The address when it is a path of ours, as a header may hold it, else null.</summary>
    public static string? OrNull(string? address) =>
        address is ['/', ..] && address is not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) ? InAscii(address) : null;

    // what a person typed may be of any letters; a header is of ASCII, RFC 3986 §2.5
    private static string InAscii(string address) => address.All(char.IsAscii)
        ? address
        : string.Concat(address.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));
}
