using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Tccc.Media.Rtp;

namespace Bench.Media;

/// <summary>
/// What recording costs the relay that records: CPU and the lateness of packets, without it, with it, and with a storage that stands still
/// for 2 s of every 10; each round of each takes turns with the others, in one process and under one load.
/// </summary>
internal static class RecordingBench
{
    private const int Calls = 100, Probes = 10, Rounds = 3;
    private const double CpuLimit = 1.15, LatenessLimitMs = 1;

    // one stall of the storage is in each
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(11);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    public static Task<IEnumerable<Figure>> Run()
    {
        RelayProcess.PinLoad("1");
        var folder = Directory.CreateTempSubdirectory("tccc-bench-recording").FullName;
        try
        {
            return Task.FromResult<IEnumerable<Figure>>([.. Measure(folder)]);
        }
        finally
        {
            RelayProcess.PinLoad($"0-{Environment.ProcessorCount - 1}");
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<Figure> Measure(string folder)
    {
        using var relay = RelayProcess.Ours();
        using var load = new RecordedLoad(relay, Calls, Probes);
        string?[] kinds = [null, "file", "slow"];
        var (costs, lateness) = (kinds.Select(_ => new List<double>()).ToArray(), kinds.Select(_ => new List<double>()).ToArray());
        double memory = 0, length = double.MaxValue;
        var cut = 0;
        for (var round = -1; round < Rounds; round++)
        {
            for (var kind = 0; kind < kinds.Length; kind++)
            {
                if (kinds[kind] is { } name) load.Order(leg => $"record {leg} {Path.Combine(folder, $"{name}-{leg}.wav")}");
                load.Run(Settling);
                var cpu = relay.Cpu;
                var (arrived, late) = load.Run(Round);
                var cost = (relay.Cpu - cpu).TotalMicroseconds / arrived;
                memory = Math.Max(memory, relay.Resident / 1e6);
                if (kinds[kind] is not null)
                {
                    load.Order(leg => $"stop {leg}");
                    // how many were cut, and the shortest of them, in seconds
                    var ends = relay.Ask($"ends {Calls}").Split(' ');
                    cut += int.Parse(ends[0], CultureInfo.InvariantCulture);
                    length = Math.Min(length, double.Parse(ends[1], CultureInfo.InvariantCulture));
                    foreach (var file in Directory.EnumerateFiles(folder)) File.Delete(file);
                }
                // the first of each is for warming up
                if (round < 0) continue;
                costs[kind].Add(cost);
                lateness[kind].Add(Figure.Percentile(late, 99.9));
            }
        }
        // whatever else the machine does makes some rounds late, and none early
        var (without, lateWithout) = (Figure.Median(costs[0]), lateness[0].Min());
        yield return new(
            $"recording of {Calls} calls, CPU of the relay per packet", Figure.Median(costs[1]), "µs", without, "without, in turns",
            CpuLimit, LimitIsRatio: true);
        yield return new(
            "the same, storage that stands still for 2 s of 10", Figure.Median(costs[2]), "µs", without, "without, in turns", CpuLimit,
            LimitIsRatio: true);
        yield return new(
            "lateness of a packet while recording, p99.9, best of the rounds", lateness[1].Min(), "ms", lateWithout,
            "without, in turns", lateWithout + LatenessLimitMs);
        yield return new(
            "the same, storage that stands still", lateness[2].Min(), "ms", lateWithout, "without, in turns",
            lateWithout + LatenessLimitMs);
        yield return new("recordings that were cut", cut, "", null, "none", 0);
        yield return new("seconds by which the shortest recording is too short", Shortage(length), "s", null, "none", 0);
        yield return new("resident memory of the relay while recording, most", memory, "MB", null, "none", null);
    }

    private static double Shortage(double length) => Math.Max(0, (Round + Settling).TotalSeconds - length);
}

/// <summary>Calls of two phones, 50 packets a second each; of some every packet is timed.</summary>
internal sealed class RecordedLoad : IDisposable
{
    private const int Slices = 20;
    private readonly RelayProcess relay;
    private readonly List<string> customers = [];
    private readonly List<PhoneParty> parties = [];
    private readonly TimedParty[] probes;

    public RecordedLoad(RelayProcess relay, int calls, int timed)
    {
        this.relay = relay;
        for (var i = 0; i < calls; i++)
        {
            var (a, b) = (NewParty(i < timed), NewParty(i < timed));
            var (first, second) = (relay.Answer("Rtp", a.Offer), relay.Answer("Rtp", b.Offer));
            a.Connect(first.Answer);
            b.Connect(second.Answer);
            relay.Ask($"bridge {first.Leg} {second.Leg}");
            customers.Add(first.Leg);
            parties.AddRange([a, b]);
        }
        probes = [.. parties.OfType<TimedParty>()];
    }

    public void Order(Func<string, string> order)
    {
        foreach (var customer in customers) relay.Ask(order(customer));
    }

    /// <summary>Gives how many packets arrived, and how late each was that was timed, in milliseconds.</summary>
    public (long Arrived, List<double> Late) Run(TimeSpan time)
    {
        List<double> late = [];
        // what came while nobody spoke is not what is measured
        foreach (var party in parties)
            while (party.Drain() > 0) { }
        long arrived = 0;
        var clock = Stopwatch.StartNew();
        for (var slice = 0; clock.Elapsed < time; slice++)
        {
            for (var i = slice % Slices; i < parties.Count; i += Slices)
            {
                if (parties[i] is TimedParty timed)
                {
                    timed.SendTimed();
                    continue;
                }
                arrived += parties[i].Drain();
                parties[i].Send();
            }
            var next = TimeSpan.FromMilliseconds(slice + 1);
            do
                foreach (var probe in probes) arrived += probe.Take(late);
            while (clock.Elapsed < next);
        }
        return (arrived, late);
    }

    private static PhoneParty NewParty(bool timed) => timed ? new TimedParty() : new PhoneParty();

    public void Dispose()
    {
        foreach (var party in parties) party.Dispose();
    }
}

/// <summary>A phone whose packets say when they left.</summary>
internal sealed class TimedParty : PhoneParty
{
    private const ulong Mark = 0x5EED_C10C_5EED_C10C;
    private const int MarkAt = RtpPacket.HeaderLength, TimeAt = MarkAt + sizeof(ulong);
    private readonly byte[] came = new byte[2048];

    public void SendTimed()
    {
        BinaryPrimitives.WriteUInt64BigEndian(Packet.AsSpan(MarkAt), Mark);
        BinaryPrimitives.WriteInt64BigEndian(Packet.AsSpan(TimeAt), Stopwatch.GetTimestamp());
        Send();
    }

    /// <summary>Takes what has come; gives how many. What fills a pause says no time.</summary>
    public int Take(List<double> late)
    {
        var count = 0;
        for (; Socket.Available > 0; count++)
        {
            Socket.Receive(came);
            if (BinaryPrimitives.ReadUInt64BigEndian(came.AsSpan(MarkAt)) != Mark) continue;
            late.Add(Stopwatch.GetElapsedTime(BinaryPrimitives.ReadInt64BigEndian(came.AsSpan(TimeAt))).TotalMilliseconds);
        }
        return count;
    }
}
