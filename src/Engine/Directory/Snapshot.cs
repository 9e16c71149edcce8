using System.Collections.Frozen;
using System.Net;

namespace Tccc.Directory;

/// <summary>All centers at one moment, with what finds things across them.</summary>
internal sealed record Snapshot(
    FrozenDictionary<CenterId, CenterView> Centers,
    FrozenDictionary<AgentId, CenterView> ByAgent,
    FrozenDictionary<GroupId, GroupInfo> Groups,
    FrozenDictionary<string, DeskPhone> Phones,
    FrozenDictionary<TrunkId, Trunk> Trunks,
    IReadOnlyList<TrunkNetwork> Networks,
    FrozenDictionary<PersonId, string> Stamps)
{
    public static Snapshot Of(IReadOnlyCollection<CenterView> centers, IReadOnlyCollection<Person> people) => new(
        centers.ToFrozenDictionary(c => c.Id),
        centers.SelectMany(c => c.Agents.Keys, (c, agent) => (c, agent)).ToFrozenDictionary(x => x.agent, x => x.c),
        centers.SelectMany(c => c.Groups.Values).ToFrozenDictionary(g => g.Id),
        centers.SelectMany(c => c.Phones.Values).ToFrozenDictionary(p => p.SipUser),
        centers.SelectMany(c => c.Trunks).ToFrozenDictionary(t => t.Id),
        [.. centers.SelectMany(c => c.Trunks).SelectMany(t => t.Networks(), (t, n) => new TrunkNetwork(n, t)).OrderByDescending(n => n.Network.PrefixLength)],
        people.ToFrozenDictionary(p => p.Id, p => p.SecurityStamp));

    public IEnumerable<Trunk> TrunksFor(IPAddress source)
    {
        // a socket that takes both families writes IPv4 addresses as IPv6; RFC 4291 §2.5.5.2
        var address = source.IsIPv4MappedToIPv6 ? source.MapToIPv4() : source;
        foreach (var known in Networks)
            if (known.Network.Contains(address)) yield return known.Trunk;
    }
}
