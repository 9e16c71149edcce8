using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Tccc.Platform.Look;

/// <summary>What every page is made of: shell, icons, empty states, error page.</summary>
public static class LookModule
{
    public static IServiceCollection AddLook(this IServiceCollection services)
    {
        services.TryAddSingleton<AssetPaths>();
        services.TryAddSingleton<Icons>();
        return services;
    }
}
