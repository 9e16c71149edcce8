using System.Net;

namespace Tccc.Sip;

/// <summary>
/// Who gave wrong credentials, by address (for IPv6 by network of 64 bits): the first few are free, after each further one the address is
/// not heard for a time that doubles. Only failures with a nonce of ours for that address come here, so that nobody can be shut out by a
/// forged source.
/// </summary>
internal sealed class FailedProofs
{
    public const int Free = 3;
    public const int FirstWait = 1_000;
    public const int LongestWait = 64_000;

    /// <summary>Milliseconds without a failure after which an address is forgotten.</summary>
    public const int Forgotten = 600_000;

    /// <summary>Addresses that are remembered; the one that came first makes room.</summary>
    public const int MaxAddresses = 10_000;

    private sealed class Entry
    {
        public int Count;
        public long Last, Until;
    }

    private readonly Dictionary<IPAddress, Entry> entries = [];
    private readonly Queue<IPAddress> order = new();

    public int Known => entries.Count;

    /// <summary>Whether a request brings credentials of any kind.</summary>
    public static bool Claims(SipMessage request) => request.Has(HeaderId.Authorization) || request.Has(HeaderId.ProxyAuthorization);

    /// <summary>Milliseconds until this address is heard again.</summary>
    public long Wait(IPAddress address, long now) => entries.TryGetValue(KeyOf(address), out var entry) ? Math.Max(0, entry.Until - now)
        : 0;

    /// <summary>Counts one; gives how many there were and for how many milliseconds the address is not heard.</summary>
    public (int Count, long Wait) Failed(IPAddress address, long now)
    {
        var key = KeyOf(address);
        if (!entries.TryGetValue(key, out var entry))
        {
            while (order.Count >= MaxAddresses) entries.Remove(order.Dequeue());
            entries[key] = entry = new Entry();
            order.Enqueue(key);
        }
        entry.Count = now - entry.Last > Forgotten ? 1 : entry.Count + 1;
        var wait = entry.Count <= Free ? 0 : Math.Min((long)FirstWait << Math.Min(entry.Count - Free - 1, 16), LongestWait);
        (entry.Last, entry.Until) = (now, now + wait);
        return (entry.Count, wait);
    }

    private static IPAddress KeyOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out var length) || length != bytes.Length || address.IsIPv4MappedToIPv6) return address;
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }
}
