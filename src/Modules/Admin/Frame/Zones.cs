namespace Tccc.Admin;

/// <summary>The time zones to choose from.</summary>
internal static class Zones
{
    public static bool IsZone(string? id) => id is { Length: > 0 and <= 60 } && TimeZoneInfo.TryFindSystemTimeZoneById(id, out _);

    /// <summary>By their IANA names, with the one that is chosen, whatever it is.</summary>
    public static IReadOnlyList<(string, string)> Options(string? chosen) =>
    [
        .. TimeZoneInfo.GetSystemTimeZones().Where(z => z.HasIanaId && (z.Id.Contains('/') || z.Id == "UTC")).Select(z => z.Id)
            .Concat(IsZone(chosen) ? [chosen!] : []).Distinct().Order(StringComparer.Ordinal).Select(id => (id, id)),
    ];
}
