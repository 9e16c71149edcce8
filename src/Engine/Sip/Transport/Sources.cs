using System.Net;

namespace Tccc.Sip;

/// <summary>Whom a place belongs to, and so what it may take of the loop's turns and of the connections.</summary>
internal enum Share
{
    /// <summary>Nobody we know: few turns and few connections, by address and all together.</summary>
    Stranger,
    /// <summary>An address with a registered desk phone: many.</summary>
    Phone,
    /// <summary>A carrier's address: what it takes is bounded by back-pressure only, and some connections are kept for it.</summary>
    Carrier,
}

/// <summary>So many a second, and so many at once after a pause.</summary>
internal struct Bucket
{
    private double left;
    private long at;
    private bool used;

    public bool Has(long now, int perSecond, int atOnce)
    {
        left = used ? Math.Min(atOnce, left + ((now - at) * perSecond / 1000.0)) : atOnce;
        (at, used) = (now, true);
        return left >= 1;
    }

    public bool Take(long now, int perSecond, int atOnce)
    {
        if (!Has(now, perSecond, atOnce)) return false;
        left--;
        return true;
    }
}

/// <summary>One address (of strangers over IPv6: one /64) and what it has taken.</summary>
internal sealed class Source(Share share)
{
    internal Bucket Messages;
    internal Bucket Connects;
    internal int Connections, Handshakes;
    internal long UsedAt;
    internal long ToldUntil = long.MinValue;

    public Share Share => share;
}

/// <summary>
/// The shares of all sources. What a stranger may take is bounded here, for one address and for all strangers together, so that carriers
/// and registered phones are served as if nobody else were there. From any thread.
/// </summary>
internal sealed class Sources(Func<IPAddress, Share> judge, int maxConnections)
{
    /// <summary>
    /// Messages of a stranger that are looked at in a second, and at once: an office of phones that all come back together.
    /// </summary>
    public const int StrangerMessages = 50, StrangerBurst = 200;

    /// <summary>The same for all strangers together; a message costs the loop some 30 µs.</summary>
    public const int AllStrangersMessages = 1000, AllStrangersBurst = 2000;

    /// <summary>The same for one address with registered phones; a whole office may sit behind it.</summary>
    public const int PhoneMessages = 1000, PhoneBurst = 4000;

    /// <summary>Connections open at once from one stranger's address, and made in a second and at once.</summary>
    public const int StrangerConnections = 32, StrangerConnects = 10, StrangerConnectsBurst = 64;

    /// <summary>Connections open at once from one address with registered phones.</summary>
    public const int PhoneConnections = 500;

    /// <summary>Of all connections, these are kept for carriers.</summary>
    public const int CarrierConnections = 128;

    /// <summary>TLS handshakes in work at once, from one address and of all: of strangers, of phones, of carriers.</summary>
    public const int StrangerHandshakes = 4, AllStrangersHandshakes = 16, PhoneHandshakes = 16, AllPhonesHandshakes = 64,
        CarrierHandshakes = 64;

    /// <summary>Handshakes of all strangers that begin in a second; each costs about 2 ms of a core.</summary>
    public const int StrangerHandshakesASecond = 100;

    /// <summary>
    /// Milliseconds in which a source that takes too much is told so once; and how many are told so in a second, for they may be forged.
    /// </summary>
    public const int TellEvery = 10_000, TellsASecond = 50;

    /// <summary>
    /// Addresses of one kind that are told apart. Past it those that have no connection and were not heard of for longest are forgotten:
    /// what they may take is bounded with that of all strangers anyway.
    /// </summary>
    public const int MaxAddresses = 4096;

    private const int JudgeEvery = 1000;
    private const int ForgetAfter = 60_000;

    private readonly Lock gate = new();
    private readonly Dictionary<(Share, IPAddress), Source> sources = [];
    private readonly int[] counts = new int[3], handshakes = new int[3];
    private Bucket strangers, begun, tells;
    private int connections, strangerConnections;

    /// <summary>Addresses that are told apart now.</summary>
    public int Count
    {
        get
        {
            lock (gate) return sources.Count;
        }
    }

    /// <summary>Finds out, or looks again, whose place it is: the directory and the registrar change.</summary>
    public Source Judge(Hop hop, long now)
    {
        if (hop.Source is { } known && now - hop.JudgedAt < JudgeEvery) return known;
        var share = judge(hop.Remote.Address);
        lock (gate)
        {
            hop.JudgedAt = now;
            if (hop.Source?.Share == share) return hop.Source;
            var source = Find(share, hop.Remote.Address);
            source.UsedAt = now;
            if (hop.Connected)
            {
                Leave(hop.Source!);
                Enter(source);
            }
            return hop.Source = source;
        }
    }

    /// <summary>Whether one more message of it has its turn now.</summary>
    public bool Take(Source source, long now)
    {
        lock (gate)
        {
            source.UsedAt = now;
            return source.Share switch
            {
                Share.Carrier => true,
                Share.Phone => source.Messages.Take(now, PhoneMessages, PhoneBurst),
                _ => source.Messages.Take(now, StrangerMessages, StrangerBurst)
                    && strangers.Take(now, AllStrangersMessages, AllStrangersBurst),
            };
        }
    }

    /// <summary>Whether its turn might come now: <see cref="Take"/> without taking.</summary>
    public bool MayTake(Source source, long now)
    {
        lock (gate)
        {
            return source.Share switch
            {
                Share.Carrier => true,
                Share.Phone => source.Messages.Has(now, PhoneMessages, PhoneBurst),
                _ => source.Messages.Has(now, StrangerMessages, StrangerBurst)
                    && strangers.Has(now, AllStrangersMessages, AllStrangersBurst),
            };
        }
    }

    /// <summary>Whether it is to be told now that it takes too much.</summary>
    public bool Tell(Source source, long now)
    {
        lock (gate)
        {
            if (now < source.ToldUntil || !tells.Take(now, TellsASecond, TellsASecond)) return false;
            source.ToldUntil = now + TellEvery;
            return true;
        }
    }

    /// <summary>Lets a connection in that was judged, or gives the reason why not.</summary>
    public string? Connect(Hop hop, long now)
    {
        lock (gate)
        {
            var source = hop.Source!;
            if (connections >= (source.Share == Share.Carrier ? maxConnections : maxConnections - CarrierConnections))
                return "TooManyConnections";
            if (source.Share == Share.Phone && source.Connections >= PhoneConnections) return "TooManyConnectionsOfAddress";
            if (source.Share == Share.Stranger)
            {
                if (source.Connections >= StrangerConnections) return "TooManyConnectionsOfAddress";
                if (strangerConnections >= maxConnections / 4) return "TooManyConnectionsOfStrangers";
                if (!source.Connects.Take(now, StrangerConnects, StrangerConnectsBurst)) return "ConnectsTooFast";
            }
            Enter(source);
            hop.Connected = true;
            return null;
        }
    }

    /// <summary>Room for a connection that we make.</summary>
    public bool TryDial(Hop hop)
    {
        lock (gate)
        {
            if (connections >= maxConnections) return false;
            Enter(hop.Source!);
            return hop.Connected = true;
        }
    }

    /// <summary>A connection that was let in or made is gone.</summary>
    public void Disconnect(Hop hop)
    {
        lock (gate)
        {
            if (hop.Connected) Leave(hop.Source!);
            hop.Connected = false;
        }
    }

    /// <summary>Whether one more TLS handshake with it may begin; if so, <see cref="EndHandshake"/> is due.</summary>
    public bool TryHandshake(Source source, long now)
    {
        lock (gate)
        {
            var (ofOne, ofAll) = source.Share switch
            {
                Share.Carrier => (CarrierHandshakes, CarrierHandshakes),
                Share.Phone => (PhoneHandshakes, AllPhonesHandshakes),
                _ => (StrangerHandshakes, AllStrangersHandshakes),
            };
            ref var all = ref handshakes[(int)source.Share];
            if (source.Handshakes >= ofOne || all >= ofAll) return false;
            if (source.Share == Share.Stranger && !begun.Take(now, StrangerHandshakesASecond, StrangerHandshakesASecond)) return false;
            source.Handshakes++;
            all++;
            return true;
        }
    }

    public void EndHandshake(Source source)
    {
        lock (gate)
        {
            source.Handshakes--;
            handshakes[(int)source.Share]--;
        }
    }

    /// <summary>Forgets who has not been heard of for a while: by then all it may take has come back.</summary>
    public void Sweep(long now)
    {
        lock (gate)
        {
            foreach (var (key, source) in sources)
            {
                if (source.Connections == 0 && now - source.UsedAt > ForgetAfter) Forget(key);
            }
        }
    }

    private Source Find(Share share, IPAddress address)
    {
        var key = (share, share == Share.Stranger ? Addresses.Subscriber(address) : address);
        if (sources.TryGetValue(key, out var source)) return source;
        if (counts[(int)share] >= MaxAddresses) MakeRoom(share);
        counts[(int)share]++;
        return sources[key] = new Source(share);
    }

    /// <summary>Half of them at once, so that many new addresses, forged ones too, cost little each.</summary>
    private void MakeRoom(Share share)
    {
        var idle = sources.Where(s => s.Key.Item1 == share && s.Value.Connections == 0).OrderBy(s => s.Value.UsedAt);
        foreach (var (key, _) in idle.Take(MaxAddresses / 2).ToList()) Forget(key);
    }

    private void Forget((Share Share, IPAddress) key)
    {
        sources.Remove(key);
        counts[(int)key.Share]--;
    }

    private void Enter(Source source)
    {
        if (source.Share == Share.Stranger) strangerConnections++;
        source.Connections++;
        connections++;
    }

    private void Leave(Source source)
    {
        if (source.Share == Share.Stranger) strangerConnections--;
        source.Connections--;
        connections--;
    }
}
