using System.Net;
using System.Runtime.InteropServices;

namespace Tccc.Sip;

/// <summary>All transactions alive, and the rules by which messages find theirs (RFC 3261 §17.1.3, §17.2.3).</summary>
internal sealed class TransactionTable
{
    private readonly Dictionary<string, ServerTransaction> servers = [];
    private readonly Dictionary<string, ServerTransaction> merged = [];
    private readonly Dictionary<string, ClientTransaction> clients = [];
    private readonly Dictionary<IPAddress, int> bySource = [];
    private int ofOthers;

    public int Count => servers.Count + clients.Count;

    /// <summary>Some request of ours has no final answer yet.</summary>
    public bool Waiting => clients.Values.Any(c => !c.Final);

    /// <summary>Key of the server transaction that a request belongs to; ACK finds the INVITE's.</summary>
    public static string KeyOf(SipMessage request, Via via, SipMethod method)
    {
        var name = method == SipMethod.Ack ? SipMethod.Invite : method;
        var branch = via.Branch;
        if (branch.Length > Via.Cookie.Length && branch.StartsWith(Via.Cookie))
            return string.Concat(
                SipText.Raw(branch), " ", SipText.Raw(via.SentBy),
                name == SipMethod.Unknown ? SipText.Raw(request.MethodText) : Methods.Name(name));
        // A peer of RFC 2543: the parts that do not differ between INVITE, CANCEL and ACK.
        MessageRules.CSeq(request, out var number, out _);
        return $"2543 {SipText.Raw(request.Get(HeaderId.CallId))} {number} {SipText.Raw(request.Party(HeaderId.From).Tag)} {SipText.Raw(via.SentBy)} {SipText.Raw(branch)} {name}";
    }

    /// <summary>
    /// Call-ID, From tag and CSeq: the same in every copy of a request that reaches us by several ways (RFC 3261 §8.2.2.2).
    /// </summary>
    public static string MergeKeyOf(SipMessage request)
    {
        return $"{SipText.Raw(request.Get(HeaderId.CallId))} {SipText.Raw(request.Party(HeaderId.From).Tag)} {SipText.Raw(request.Get(HeaderId.CSeq))}";
    }

    /// <summary>
    /// Whether one more request from there may have a transaction: one carrier's address has at most half of them all; phones have a
    /// quarter together, and one address of theirs an eighth.
    /// </summary>
    public bool HasRoomFor(Hop source, int most)
    {
        var own = bySource.GetValueOrDefault(source.Remote.Address);
        if (Count >= most) return false;
        return IsCarrier(source) ? own < Math.Max(1, most / 2) : own < Math.Max(1, most / 8) && ofOthers < Math.Max(1, most / 4);
    }

    public ServerTransaction? Server(string key) => servers.GetValueOrDefault(key);

    public bool IsMerged(string mergeKey) => merged.ContainsKey(mergeKey);

    public ClientTransaction? Client(string branch, SipMethod method) => clients.GetValueOrDefault(ClientTransaction.KeyOf(branch, method));

    public void Add(ServerTransaction transaction)
    {
        servers[transaction.Key] = transaction;
        CollectionsMarshal.GetValueRefOrAddDefault(bySource, transaction.Source.Remote.Address, out _)++;
        transaction.OfCarrier = IsCarrier(transaction.Source);
        if (!transaction.OfCarrier) ofOthers++;
        if (transaction.MergeKey is not null) merged[transaction.MergeKey] = transaction;
    }

    public void Add(ClientTransaction transaction) => clients[transaction.Key] = transaction;

    public void Remove(ServerTransaction transaction)
    {
        if (servers.Remove(transaction.Key))
        {
            if (!transaction.OfCarrier) ofOthers--;
            var address = transaction.Source.Remote.Address;
            if (--CollectionsMarshal.GetValueRefOrNullRef(bySource, address) == 0) bySource.Remove(address);
        }
        if (transaction.MergeKey is not null) merged.Remove(transaction.MergeKey);
    }

    public void Remove(ClientTransaction transaction) => clients.Remove(transaction.Key);

    /// <summary>Also a place that nobody judged: a peer of ours.</summary>
    private static bool IsCarrier(Hop source) => source.Source is null or { Share: Share.Carrier };

    public IEnumerable<ClientTransaction> ClientsAt(Func<Hop, bool> where) => clients.Values.Where(c => where(c.Request.Hop)).ToArray();
}
