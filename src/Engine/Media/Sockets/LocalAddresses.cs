using System.Collections.Concurrent;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Tccc.Media.Sockets;

/// <summary>The addresses by which others reach this machine.</summary>
internal sealed class LocalAddresses(MediaOptions options, MediaClock clock)
{
    /// <summary>A browser gets at most so many candidates.</summary>
    public const int Most = 8;

    /// <summary>Routes are kept for so many peers.</summary>
    private const int PeersKept = 4096;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private readonly IPAddress? advertised = options.Address is null ? null : IPAddress.Parse(options.Address);
    private readonly ConcurrentDictionary<IPAddress, (IPAddress Local, TimeSpan Until)> towards = new();
    private readonly (TimeSpan At, IReadOnlyList<IPAddress> List)?[] known = new (TimeSpan, IReadOnlyList<IPAddress>)?[2];

    /// <summary>
    /// For candidates: the setting, or every interface's; IPv4 first. Looked up anew from time to time, for machines that move.
    /// </summary>
    public IReadOnlyList<IPAddress> ForBrowsers(bool ipv6)
    {
        if (known[ipv6 ? 1 : 0] is { } k && clock.Now - k.At < Fresh) return k.List;
        List<IPAddress> list = advertised is null ? [.. Detect(ipv6).Take(Most)] : [advertised];
        if (list.Count == 0 || options.Loopback) list.AddRange(ipv6 ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback]);
        known[ipv6 ? 1 : 0] = (clock.Now, list);
        return list;
    }

    /// <summary>
    /// For the c= line to this peer: the setting, where it is of the peer's family, or the address from which the route to it leaves.
    /// </summary>
    public IPAddress Towards(IPAddress? peer)
    {
        if (peer is { IsIPv4MappedToIPv6: true }) peer = peer.MapToIPv4();
        if (advertised is not null && (peer is null || peer.AddressFamily == advertised.AddressFamily)) return advertised;
        if (peer is null) return ForBrowsers(ipv6: false)[0];
        if (towards.TryGetValue(peer, out var route) && clock.Now < route.Until) return route.Local;
        var local = Route(peer);
        // what an attacker could fill is emptied now and then
        if (towards.Count >= PeersKept) towards.Clear();
        towards[peer] = (local, clock.Now + Fresh);
        return local;
    }

    private IPAddress Route(IPAddress peer)
    {
        try
        {
            using var probe = new Socket(peer.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(peer, 9);
            return ((IPEndPoint)probe.LocalEndPoint!).Address;
        }
        catch (SocketException)
        {
            // no route: who can't be reached will not hear us under any address
            return peer.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : ForBrowsers(ipv6: false)[0];
        }
    }

    private static IEnumerable<IPAddress> Detect(bool ipv6) =>
        from card in NetworkInterface.GetAllNetworkInterfaces()
        where card.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown
            && card.NetworkInterfaceType != NetworkInterfaceType.Loopback
        from unicast in card.GetIPProperties().UnicastAddresses
        let address = unicast.Address
        where !IPAddress.IsLoopback(address) && !IsLinkLocal(address)
        where address.AddressFamily == AddressFamily.InterNetwork || (ipv6 && address.AddressFamily == AddressFamily.InterNetworkV6)
        orderby address.AddressFamily == AddressFamily.InterNetworkV6
        select address;

    private static bool IsLinkLocal(IPAddress address) =>
        address.IsIPv6LinkLocal || (address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is [169, 254, ..]);
}
