using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Numerics;
using System.Threading.Channels;

namespace Tccc.Platform;

/// <summary>What one page has not yet been told: a bit per stale fragment, and a few signals. Bounded, whatever happens and however slowly the page reads.</summary>
internal sealed class WorkbenchStream
{
    /// <summary>A page that is this many signals behind has no use for the older ones.</summary>
    internal const int SignalsAtMost = 32;

    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly ConcurrentQueue<SseItem<string>> signals = new();
    private ulong stale;
    private bool heartbeat;
    private volatile bool ended;

    public WorkbenchStream(AgentScope agent, string workbench, int fragments)
    {
        (Agent, Workbench) = (agent, workbench);
        stale = (1UL << fragments) - 1;
        Wake();
    }

    public AgentScope Agent { get; }

    public string Workbench { get; }

    public void Refresh(int fragment)
    {
        Interlocked.Or(ref stale, 1UL << fragment);
        Wake();
    }

    public void Signal(SseItem<string> signal)
    {
        signals.Enqueue(signal);
        while (signals.Count > SignalsAtMost) signals.TryDequeue(out _);
        Wake();
    }

    public void Beat()
    {
        Volatile.Write(ref heartbeat, true);
        Wake();
    }

    public void End(SseItem<string>? last)
    {
        if (last is { } signal) signals.Enqueue(signal);
        ended = true;
        Wake();
    }

    /// <summary>Waits until there is something to tell; null after the end.</summary>
    public async ValueTask<Due?> Next(CancellationToken ct)
    {
        while (true)
        {
            var due = new Due(Bits(Interlocked.Exchange(ref stale, 0)), Drain(), Interlocked.Exchange(ref heartbeat, false));
            if (due.Stale.Count > 0 || due.Signals.Count > 0 || due.Heartbeat) return due;
            if (ended) return null;
            await wake.Reader.ReadAsync(ct);
        }
    }

    private static List<int> Bits(ulong word)
    {
        var bits = new List<int>();
        for (; word != 0; word &= word - 1) bits.Add(BitOperations.TrailingZeroCount(word));
        return bits;
    }

    private List<SseItem<string>> Drain()
    {
        var all = new List<SseItem<string>>();
        while (signals.TryDequeue(out var signal)) all.Add(signal);
        return all;
    }

    private void Wake() => wake.Writer.TryWrite(true);

    internal sealed record Due(List<int> Stale, List<SseItem<string>> Signals, bool Heartbeat);
}
