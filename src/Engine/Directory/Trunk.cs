using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>A carrier: where calls come from and go to.</summary>
public sealed class Trunk : ICenterRow, IVersioned
{
    public const int LongestName = 50;

    // what a registry gives to a whole region is a /8 of IPv4 and about a /16 of IPv6
    private const int NarrowestWide4 = 8;
    private const int NarrowestWide6 = 16;

    public TrunkId Id { get; set; }

    public CenterId Center { get; set; }

    [MaxLength(LongestName)]
    public required string Name { get; set; }

    /// <summary>Networks whose calls are let in without a password, with commas between: <c>127.0.0.0/8, 2001:db8::/32</c>.</summary>
    [MaxLength(500)]
    public string AllowedNetworks { get; set; } = "";

    /// <summary>Where outbound calls go: a name or an address.</summary>
    [MaxLength(200)]
    public required string Host { get; set; }

    public int Port { get; set; } = 5060;

    public TrunkTransport Transport { get; set; }

    /// <summary>The carrier wants a REGISTER.</summary>
    public bool Register { get; set; }

    /// <summary>For REGISTER and for INVITEs that are challenged.</summary>
    [MaxLength(100)]
    public string? UserName { get; set; }

    /// <summary>Protected by the keys in the data folder: <see cref="TrunkPasswords"/>.</summary>
    [MaxLength(1000)]
    public string? ProtectedPassword { get; set; }

    /// <summary>In the order of preference, by their names in SDP: <c>PCMA,PCMU</c>.</summary>
    [MaxLength(100)]
    public string Codecs { get; set; } = "PCMA,PCMU";

    /// <summary>Whether sound is encrypted.</summary>
    public MediaEncryption MediaEncryption { get; set; }

    /// <summary>
    /// Sound may come from another host than those of signalling and session description; the first one that sends is taken.
    /// </summary>
    public bool Nat { get; set; }

    public long Version { get; set; }

    public PersonId? ChangedBy { get; set; }

    public DateTimeOffset? ChangedAt { get; set; }

    /// <summary>So wide that an address in it proves nothing: calls from it need the trunk's user and password.</summary>
    public static bool IsWide(IPNetwork network) =>
        network.PrefixLength < (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? NarrowestWide4 : NarrowestWide6);

    /// <summary>It may call from almost anywhere, and is known by its user and password alone.</summary>
    public bool IsOpen => this is { UserName: not null, ProtectedPassword: not null } && Networks().Any(IsWide);

    /// <summary>The networks, read; one that can't be read is a bug, because saving checks them.</summary>
    public IReadOnlyList<IPNetwork> Networks() =>
        [.. AllowedNetworks.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => IPNetwork.Parse(text))];
}

public enum TrunkTransport
{
    Udp,
    Tcp,
    Tls,
}
