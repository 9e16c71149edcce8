using System.Net;
using System.Net.Sockets;

namespace Tccc.Sip;

/// <summary>The forms of an address: the socket takes both families, SIP writes each in its own (RFC 3261 §25.1, RFC 5118).</summary>
internal static class Addresses
{
    /// <summary>IPv4 in its own form, whatever family the socket is of (RFC 4291 §2.5.5.2).</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>IPv4 in its own form, whatever family the socket is of.</summary>
    public static IPEndPoint Plain(IPEndPoint remote) =>
        remote.Address.IsIPv4MappedToIPv6 ? new(remote.Address.MapToIPv4(), remote.Port) : remote;

    /// <summary>
    /// As a host stands in a URI or a Via: IPv6 in brackets, without the zone, which means something on this machine only.
    /// </summary>
    public static string Literal(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        return address.ScopeId == 0 ? $"[{address}]" : $"[{new IPAddress(address.GetAddressBytes())}]";
    }

    /// <summary>Whether a host of a message is this address, in whatever spelling.</summary>
    public static bool IsWritten(string host, IPAddress address) => Read(host) is { } read && read.Equals(address);

    /// <summary>A host of a message as an address; null when it is a name.</summary>
    public static IPAddress? Read(string host) =>
        IPAddress.TryParse(host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host, out var address) ? Plain(address) : null;

    /// <summary>The network that one stranger can have whole: an IPv6 subscriber is given 2^64 addresses (RFC 6177).</summary>
    public static IPAddress Subscriber(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
