namespace Tccc.Media;

/// <summary>
/// Two ends of one association and the datagrams between them, by a clock that the test moves. Loss and order come from a seed.
/// </summary>
internal sealed class DtlsNetwork : IDisposable
{
    private readonly Random random;
    private readonly double loss;
    private readonly int spreadMs;
    private readonly PriorityQueue<(bool ToServer, byte[] Datagram), TimeSpan> onTheWay = new();

    public DtlsNetwork(DtlsContext client, DtlsContext server, int seed = 1, double loss = 0, int spreadMs = 0, int mtu = DtlsSession.Mtu,
        string? fingerprintForClient = null, string? fingerprintForServer = null)
    {
        (this.loss, this.spreadMs, random) = (loss, spreadMs, new(seed));
        Client = new(client, DtlsRole.Client, Parse(fingerprintForClient ?? server.Fingerprint), d => Carry(true, d), mtu);
        Server = new(server, DtlsRole.Server, Parse(fingerprintForServer ?? client.Fingerprint), d => Carry(false, d), mtu);
    }

    public TimeSpan Now { get; set; }

    public DtlsSession Client { get; }

    public DtlsSession Server { get; }

    public List<byte[]> Sent { get; } = [];

    /// <summary>Asked for each datagram besides the seed; true = it is lost.</summary>
    public Func<bool, byte[], bool> Loses { get; set; } = (_, _) => false;

    public bool BothConnected => Client.State == DtlsState.Connected && Server.State == DtlsState.Connected;

    /// <summary>When something happens next, or null.</summary>
    public TimeSpan? Due
        => new[] { onTheWay.TryPeek(out _, out var at) ? at : (TimeSpan?)null, Client.Due, Server.Due }.Min();

    public void Start()
    {
        Server.Start(Now);
        Client.Start(Now);
    }

    /// <summary>Does all that is due by now: deliveries, then timers.</summary>
    public void Run()
    {
        while (onTheWay.TryPeek(out var next, out var at) && at <= Now)
        {
            onTheWay.Dequeue();
            (next.ToServer ? Server : Client).Feed(next.Datagram, Now);
        }
        foreach (var end in (ReadOnlySpan<DtlsSession>)[Client, Server])
            if (end.Due <= Now) end.OnTimer(Now);
    }

    /// <summary>A handshake without loss needs no time at all.</summary>
    public void Handshake()
    {
        Start();
        Run();
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }

    private static DtlsFingerprint Parse(string value)
        => DtlsFingerprint.TryParse(value, out var fingerprint) ? fingerprint : throw new ArgumentException(value);

    private void Carry(bool toServer, ReadOnlySpan<byte> datagram)
    {
        var copy = datagram.ToArray();
        Sent.Add(copy);
        if (random.NextDouble() < loss || Loses(toServer, copy)) return;
        onTheWay.Enqueue((toServer, copy), Now + TimeSpan.FromMilliseconds(spreadMs == 0 ? 0 : random.Next(spreadMs)));
    }
}
