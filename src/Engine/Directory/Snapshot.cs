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
    FrozenDictionary<string, Trunk> OpenTrunks,
    FrozenDictionary<PersonId, Account> Accounts)
{
    public static Snapshot Of(IReadOnlyCollection<CenterView> centers, IReadOnlyCollection<Person> people, bool mobileNeeded) => new(
        centers.ToFrozenDictionary(c => c.Id),
        centers.SelectMany(c => c.Agents.Keys, (c, agent) => (c, agent)).ToFrozenDictionary(x => x.agent, x => x.c),
        centers.SelectMany(c => c.Groups.Values).ToFrozenDictionary(g => g.Id),
        centers.SelectMany(c => c.Phones.Values).ToFrozenDictionary(p => p.SipUser),
        centers.SelectMany(c => c.Trunks).ToFrozenDictionary(t => t.Id),
        [.. centers.SelectMany(c => c.Trunks).SelectMany(t => t.Networks(), (t, n) => new TrunkNetwork(n, t))
            .OrderByDescending(n => n.Network.PrefixLength)],
        centers.SelectMany(c => c.Trunks).Where(t => t.IsOpen).OrderByDescending(t => t.Id.Value)
            .GroupBy(t => t.UserName!).ToFrozenDictionary(g => g.Key, g => g.Last()),
        AccountsOf(
            people, centers.SelectMany(c => c.Agents.Values).Where(a => a is { Nickname: null, Disabled: false }).Select(a => a.Person)
                .ToHashSet(), mobileNeeded));

    public IEnumerable<Trunk> TrunksFor(IPAddress source, bool open)
    {
        // a socket that takes both families writes IPv4 addresses as IPv6; RFC 4291 §2.5.5.2
        var address = source.IsIPv4MappedToIPv6 ? source.MapToIPv4() : source;
        foreach (var known in Networks)
            if (Trunk.IsWide(known.Network) == open && known.Network.Contains(address)) yield return known.Trunk;
    }

    private static FrozenDictionary<PersonId, Account> AccountsOf(
        IReadOnlyCollection<Person> people, HashSet<PersonId> nameless, bool mobileNeeded) => people.ToFrozenDictionary(
        p => p.Id, p => new Account(
            p.SecurityStamp, p.Language, LacksMobile: mobileNeeded
                && p.Mobile is null, LacksNickname: nameless.Contains(p.Id), LacksPassword: p.PasswordIsInitial));
}
