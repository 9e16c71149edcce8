using System.Net.ServerSentEvents;
using System.Numerics;
using System.Threading.Channels;

namespace Tccc.Platform;

/// <summary>
/// What one page has not yet been told: a bit per stale fragment. Bounded, whatever happens and however slowly the page reads.
/// </summary>
internal sealed class WorkbenchStream
{
    // the page is drawn by the thread that wakes it: see PageTimer
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(
            1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true, AllowSynchronousContinuations = true });

    private readonly PageTimer timer;
    private ulong stale;
    private int due;
    private bool heartbeat;
    private SseItem<string>? last;
    private volatile bool ended;

    public WorkbenchStream(AgentScope agent, string workbench, int fragments, PageTimer timer)
    {
        (Agent, Workbench, this.timer) = (agent, workbench, timer);
        stale = (1UL << fragments) - 1;
    }

    public AgentScope Agent { get; }

    public string Workbench { get; }

    public void Refresh(int fragment)
    {
        Interlocked.Or(ref stale, 1UL << fragment);
        Wake();
    }

    public void Beat()
    {
        Volatile.Write(ref heartbeat, true);
        Wake();
    }

    public void End(SseItem<string>? word)
    {
        last = word;
        ended = true;
        Wake();
    }

    /// <summary>Lets the page be drawn now, on this thread.</summary>
    internal void Resume()
    {
        Volatile.Write(ref due, 0);
        wake.Writer.TryWrite(true);
    }

    /// <summary>Waits until there is something to tell; null after the end.</summary>
    public async ValueTask<Due?> Next(CancellationToken ct)
    {
        while (true)
        {
            var next = new Due(Bits(Interlocked.Exchange(ref stale, 0)), Interlocked.Exchange(ref heartbeat, false), null);
            if (next.Stale.Count > 0 || next.Heartbeat) return next;
            if (ended)
            {
                var word = last;
                last = null;
                return word is null ? null : new([], false, word);
            }
            await wake.Reader.ReadAsync(ct);
        }
    }

    private static List<int> Bits(ulong word)
    {
        var bits = new List<int>(BitOperations.PopCount(word));
        for (; word != 0; word &= word - 1) bits.Add(BitOperations.TrailingZeroCount(word));
        return bits;
    }

    private void Wake()
    {
        if (Interlocked.Exchange(ref due, 1) == 0) timer.Add(this);
    }

    internal sealed record Due(List<int> Stale, bool Heartbeat, SseItem<string>? Last);
}
