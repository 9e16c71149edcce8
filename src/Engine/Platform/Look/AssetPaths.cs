namespace Tccc.Platform.Look;

/// <summary>
/// Where a static file is found: the address with the file's fingerprint, which a browser may keep for ever, or the plain
/// one where the host has named none (tests of a single room).
/// </summary>
public sealed class AssetPaths
{
    private IReadOnlyDictionary<string, string> fingerprinted = new Dictionary<string, string>();

    /// <summary>The address of a file, named by its path below wwwroot ("lib/app.css").</summary>
    public string this[string path] => "/" + fingerprinted.GetValueOrDefault(path, path);

    /// <summary>Told once by the host, at start: plain path to fingerprinted path.</summary>
    public void Use(IReadOnlyDictionary<string, string> paths) => fingerprinted = paths;
}
