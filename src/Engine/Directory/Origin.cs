using System.Net;
using System.Net.Sockets;

namespace Tccc.Directory;

/// <summary>Whence somebody tries to prove who they are: what wrong passwords and sent codes are counted by; product.md §1.</summary>
/// <param name="Address">For the audit trail; null when it is not known.</param>
/// <param name="Device">The browser, when somebody signed in with it before.</param>
public sealed record Origin(IPAddress? Address, KnownDevice? Device = null)
{
    /// <summary>Inside the server, as in tests: no address, no browser.</summary>
    public static Origin Unknown { get; } = new(null as IPAddress);

    /// <summary>
    /// Whom a limit is for: an address, or the network of one site where a site has as many addresses as it likes; RFC 6177 §2.
    /// </summary>
    public string Network => NetworkOf(Address);

    /// <inheritdoc cref="Network"/>
    public static string NetworkOf(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };

    /// <summary>The browser has been used to sign in as this person before.</summary>
    public bool IsDeviceOf(PersonId? person) => person is { } known && Device?.People.Contains(known) == true;
}

/// <summary>A browser that somebody signed in with before, and who did; kept in a cookie of its own, which proves nothing else.</summary>
public sealed record KnownDevice(long Id, IReadOnlyList<PersonId> People);
