using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Tccc.Platform;

namespace Tccc.Web.Guards;

/// <summary>X-Forwarded-For, -Proto and -Host are believed of the proxies that the setting names, and of nobody else.</summary>
internal static class Proxies
{
    private const string Setting = "Http:Proxies";

    /// <exception cref="StartupException">The setting holds something that is neither an address nor a network.</exception>
    public static void UseProxies(this WebApplication app)
    {
        if (app.Configuration[Setting] is not { Length: > 0 } text) return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All & ~ForwardedHeaders.XForwardedPrefix };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var one in text.Split((char[])[',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPAddress.TryParse(one, out var address)) options.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(one, out var network)) options.KnownIPNetworks.Add(network);
            else throw new StartupException(
                $"{Setting} holds \"{one}\"; it must be addresses or networks of proxies, separated by commas.");
        }
        app.UseForwardedHeaders(options);
    }
}
