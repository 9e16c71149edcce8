using Microsoft.Extensions.DependencyInjection;

namespace Tccc.Telephony;

/// <summary>The room's table of contents.</summary>
public static class TelephonyModule
{
    public static IServiceCollection AddTelephony(this IServiceCollection services)
    {
        services.AddSingleton<Calls>();
        services.AddSingleton<Lines>();
        services.AddSingleton<WebPhones>();
        return services;
    }
}
