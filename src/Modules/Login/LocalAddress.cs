namespace Tccc.Login;

/// <summary>An address on this server to go back to. One that leads elsewhere could be a copy of our pages that collects passwords.</summary>
internal static class LocalAddress
{
    /// <summary>The address when it is a path of ours, else null.</summary>
    public static string? OrNull(string? address) =>
        address is ['/', ..] && address is not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) ? address : null;
}
