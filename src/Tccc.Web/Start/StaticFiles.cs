using Microsoft.AspNetCore.StaticAssets;
using Microsoft.AspNetCore.StaticAssets.Infrastructure;
using Tccc.Platform;
using Tccc.Platform.Look;

namespace Tccc.Web.Start;

/// <summary>Files of wwwroot, compressed when built; pages name them by their fingerprint, which a browser keeps for a year.</summary>
internal static class StaticFiles
{
    public static void MapFiles(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous().LimitBody();
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in StaticAssetsEndpointDataSourceHelper.ResolveStaticAssetDescriptors(app, null))
        {
            if (Property(file, "label") is { } plain && Property(file, "fingerprint") is not null && file.Selectors.Count == 0)
                paths[plain] = file.Route;
        }
        app.Services.GetRequiredService<AssetPaths>().Use(paths);
    }

    private static string? Property(StaticAssetDescriptor file, string name) => file.Properties.FirstOrDefault(p => p.Name == name)?.Value;
}
