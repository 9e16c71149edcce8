using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>The networks that a trunk's calls come from: how they are read, and which may not be.</summary>
internal static class TrunkNetworks
{
    /// <summary>
    /// Networks as they are stored: <c>10.0.0.0/8, 192.0.2.7/32</c>, each with its host bits cleared, IPv4 in IPv6 as IPv4; null when one
    /// can't be read.
    /// </summary>
    public static string? Read(string? typed)
    {
        var read = new List<string>();
        foreach (var part in (typed ?? "")
            .Split([',', ';', ' ', '\n', '\r', '\t', '\uFF0C', '\uFF1B', '\u3001'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (One(part) is not { } network) return null;
            read.Add(network.ToString());
        }
        return string.Join(", ", read.Distinct());
    }

    /// <summary>
    /// Why these networks may not be, as a sentence or the key of one; null when they may. A network as wide as a continent needs a
    /// password, and nobody takes a part of another center's: only the same network may be in two centers, a carrier that both have, where
    /// the number called says whose the call is.
    /// </summary>
    public static async Task<string?> Fault(TcccDb db, Trunk trunk, IStringLocalizer<Texts> texts)
    {
        var proved = trunk is { UserName: not null, ProtectedPassword: not null };
        var mine = trunk.Networks();
        if (!proved && mine.Where(Trunk.IsWide).Select(n => n.ToString()).FirstOrDefault() is { } wide)
            return texts["{0} lets almost anybody in: enter a user and a password, which every call must then prove.", wide];
        var others = await db.Set<Trunk>().Where(t => t.Center != trunk.Center).ToListAsync();
        if (others.Count == 0) return null;
        var shared = await SharedNumbers(db, trunk.Center);
        foreach (var network in mine.Where(n => !Trunk.IsWide(n)))
        {
            foreach (var other in others)
            {
                if (other.Networks().Any(n => !Trunk.IsWide(n) && Overlap(n, network) && (n != network || shared.Contains(other.Center))))
                    return texts["{0} overlaps part of a network that is in use on this server. Enter exactly your carrier's network, or ask whoever runs the server.", network];
            }
        }
        return null;
    }

    private static bool Overlap(IPNetwork a, IPNetwork b) => a.Contains(b.BaseAddress) || b.Contains(a.BaseAddress);

    /// <summary>
    /// Centers that have a number of this one too, from before a number belonged to one center: there the number decides nothing.
    /// </summary>
    private static async Task<HashSet<CenterId>> SharedNumbers(TcccDb db, CenterId center)
    {
        var countries = await db.Set<Center>().ToDictionaryAsync(c => c.Id, c => c.Country);
        string Key(Number number) => PhoneKey.Of(number.Digits, countries[number.Center]) ?? number.Digits;
        var keys = (await db.Set<Number>().ToListAsync()).ToLookup(n => n.Center == center, n => (n.Center, Key: Key(n)));
        var mine = keys[true].Select(n => n.Key).ToHashSet();
        return [.. keys[false].Where(n => mine.Contains(n.Key)).Select(n => n.Center)];
    }

    private static IPNetwork? One(string part)
    {
        var slash = part.IndexOf('/', StringComparison.Ordinal);
        var text = slash < 0 ? part : part[..slash];
        // an address of fewer than four parts means something else than people think: 10.1 is 10.0.0.1
        if (!IPAddress.TryParse(text, out var address) || (!text.Contains(':', StringComparison.Ordinal) && text.Count(c => c == '.') != 3))
            return null;
        var bits = address.GetAddressBytes().Length * 8;
        var length = slash < 0 ? bits : Reading.Whole(part[(slash + 1)..]) ?? -1;
        if (length < 0 || length > bits) return null;
        // RFC 4291 §2.5.5.2: IPv4 as a socket of both families writes it
        return address.IsIPv4MappedToIPv6 && length >= 96 ? Cleared(address.MapToIPv4(), length - 96) : Cleared(address, length);
    }

    private static IPNetwork Cleared(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++) bytes[i] &= (byte)(0xFF00 >> Math.Clamp(length - (i * 8), 0, 8));
        return new(new IPAddress(bytes), length);
    }
}
