using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tccc.Directory;
using IPNetwork = System.Net.IPNetwork;

namespace Tccc.Web.Guards;

/// <summary>
/// How many connections stand open at the web ports, by network and in all: each takes a descriptor, and calls need theirs. What is more is
/// closed at once. The machine itself and the proxies that are named count in all only.
/// </summary>
internal sealed class ConnectionShares(IReadOnlyList<IPNetwork> proxies)
{
    /// <summary>An office of some 150 agents behind one address, with six connections a browser.</summary>
    public const int OfOneNetwork = 1_000;

    /// <summary>Less than half of the 20,000 descriptors that a process is given on the poorest machines.</summary>
    public const int InAll = 8_000;

    /// <summary>How long a connection may stand without a request; an agent's page asks every 5 s.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private static readonly Meter Meter = new("Tccc.Web");
    private static readonly Counter<long> Refused = Meter.CreateCounter<long>(
        "tccc_http_connections_refused", description: "Connections closed because their network, or all together, had their share of them");

    private readonly Dictionary<string, int> open = [];
    private int all;

    public void Hold(KestrelServerOptions kestrel)
    {
        // a proxy keeps its connections for longer, and would send into one that is closed in that moment
        if (proxies.Count == 0) kestrel.Limits.KeepAliveTimeout = Silence;
        kestrel.ConfigureEndpointDefaults(listen => listen.Use(Shared));
    }

    public ConnectionDelegate Shared(ConnectionDelegate next) => async connection =>
    {
        var network = (connection.RemoteEndPoint as IPEndPoint)?.Address is { } address
            && !IsOurs(address) ? Origin.NetworkOf(address) : null;
        if (!Enters(network))
        {
            Refused.Add(1);
            connection.Abort();
            return;
        }
        try
        {
            await next(connection);
        }
        finally
        {
            Leaves(network);
        }
    };

    private bool IsOurs(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(plain) || proxies.Any(proxy => proxy.Contains(plain));
    }

    private bool Enters(string? network)
    {
        lock (open)
        {
            if (all >= InAll) return false;
            if (network is not null)
            {
                var standing = open.GetValueOrDefault(network);
                if (standing >= OfOneNetwork) return false;
                open[network] = standing + 1;
            }
            all++;
            return true;
        }
    }

    private void Leaves(string? network)
    {
        lock (open)
        {
            all--;
            if (network is not null && --open[network] == 0) open.Remove(network);
        }
    }
}
