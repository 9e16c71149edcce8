using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Tccc.Platform;
using IPNetwork = System.Net.IPNetwork;

namespace Tccc.Web.Guards;

/// <summary>X-Forwarded-For, -Proto and -Host are believed of the proxies that the setting names, and of nobody else.</summary>
internal static class Proxies
{
    private const string Setting = "Http:Proxies";

    /// <inheritdoc cref="Named"/>
    public static void UseProxies(this WebApplication app)
    {
        if (Named(app.Configuration) is not { Count: > 0 } named) return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All & ~ForwardedHeaders.XForwardedPrefix };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in named) options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }

    /// <summary>The networks of the proxies that stand before this server.</summary>
    /// <exception cref="StartupException">The setting holds something that is neither an address nor a network.</exception>
    public static IReadOnlyList<IPNetwork> Named(IConfiguration settings) =>
    [
        .. from one in (settings[Setting] ?? "").Split((char[])[',', ' '], StringSplitOptions.RemoveEmptyEntries)
        select IPAddress.TryParse(one, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : IPNetwork.TryParse(one, out var network) ? network
            : throw new StartupException($"{Setting} holds \"{one}\"; it must be addresses or networks of proxies, separated by commas."),
    ];
}
