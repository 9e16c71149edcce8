using System.Net;
using System.Net.NetworkInformation;
using Tccc.Directory;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>How carriers and desk phones are connected now, for the pages that show it.</summary>
public sealed class SipStatus
{
    private readonly TrunkMonitor trunks;
    private readonly Lazy<SipEndpoint> sip;

    private readonly string? advertised;

    /// <param name="advertised">Sip:Address; null when it is not set.</param>
    internal SipStatus(TrunkMonitor trunks, Lazy<SipEndpoint> sip, string? advertised) =>
        (this.trunks, this.sip, this.advertised) = (trunks, sip, advertised);

    /// <summary>Where phones and carriers send to (UDP and TCP).</summary>
    public int SipPort => sip.Value.Port;

    /// <summary>The ways for phones to reach us.</summary>
    public IReadOnlyList<(int Port, string Transports)> PhonePorts =>
        sip.Value.TlsPort > 0 ? [(SipPort, "UDP / TCP"), (sip.Value.TlsPort, "TLS")] : [(SipPort, "UDP / TCP")];

    /// <summary>
    /// The address that phones must be given: Sip:Address where it is set, else the address by which the reader reached us, else one of
    /// this machine in the office's network; its own loopback only when it has no other.
    /// </summary>
    /// <param name="reachedBy">Our end of the connection that asks.</param>
    public string PhoneServer(IPAddress? reachedBy)
    {
        if (advertised is not null) return advertised;
        var address = reachedBy is { IsIPv4MappedToIPv6: true } ? reachedBy.MapToIPv4() : reachedBy;
        return (address is null || IPAddress.IsLoopback(address) ? OwnAddress() ?? address : address)?.ToString()
            ?? IPAddress.Loopback.ToString();
    }

    private static IPAddress? OwnAddress() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(network =>
            network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses).Select(unicast => unicast.Address)
        .Where(address => !address.IsIPv6LinkLocal && !IPAddress.IsLoopback(address)).OrderBy(address => address.AddressFamily)
            .FirstOrDefault();

    /// <summary>Registered at the carrier or reachable, or why not.</summary>
    public TrunkStatus Of(Trunk trunk) => trunks.Of(trunk.Id);

    /// <summary>Null while the phone is not registered.</summary>
    public PhoneRegistration? Of(DeskPhone phone) => sip.Value.BindingOf(phone.SipUser) is { } binding
        ? new(Plain(binding.Source.Address).ToString(), binding.UserAgent is { } agent ? Foreign.Text(agent) : null, binding.Expires)
        : null;

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}

/// <summary>How a carrier is connected since when.</summary>
/// <param name="Answer">What the carrier said last, when it said no, or what went wrong on the way.</param>
public sealed record TrunkStatus(TrunkCondition Condition, DateTimeOffset? Since, string? Answer);

public enum TrunkCondition
{
    /// <summary>No registration is wanted, and it is not known yet whether the carrier is there.</summary>
    Asking,
    /// <summary>It answers.</summary>
    Reachable,
    /// <summary>It answers that it takes no calls: <see cref="TrunkStatus.Answer"/>.</summary>
    Refusing,
    /// <summary>It does not answer.</summary>
    Silent,
    Registering,
    Registered,
    /// <summary>The last REGISTER was refused, or not answered.</summary>
    Failed,
}

/// <summary>Where a desk phone is registered from, what it calls itself, and until when.</summary>
public sealed record PhoneRegistration(string Address, string? Phone, DateTimeOffset Until);
