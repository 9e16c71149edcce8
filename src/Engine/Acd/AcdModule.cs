using Microsoft.Extensions.DependencyInjection;

namespace Tccc.Acd;

/// <summary>The room's table of contents.</summary>
public static class AcdModule
{
    public static IServiceCollection AddAcd(this IServiceCollection services)
    {
        services.AddSingleton<Dispatch>();
        return services;
    }
}
