using System.Collections.Concurrent;

namespace Tccc.Web.Workbench;

/// <summary>
/// Which browser tab is the live workbench of each agent: a person has one a center, and a second takes over only when asked to
/// (product.md §2). A tab is known by an id that survives its reloads.
/// </summary>
internal sealed class Workbenches
{
    private readonly ConcurrentDictionary<AgentId, Seat> seats = new();

    /// <summary>One connected stream of one tab.</summary>
    public sealed class Sitting(AgentId agent, string workbench) : IDisposable
    {
        private readonly CancellationTokenSource replaced = new();

        public AgentId Agent => agent;
        public string Workbench => workbench;

        /// <summary>Cancelled when another tab took over, or when the same tab connected anew.</summary>
        public CancellationToken Replaced => replaced.Token;

        /// <summary>The id of the tab that came instead; null while nobody did.</summary>
        public string? By { get; private set; }

        /// <summary>
        /// When the page last answered a beat, by <see cref="TimeProvider.GetTimestamp"/>; null before it did for the first time.
        /// </summary>
        public long? HeardAt { get; internal set; }

        internal void Replace(string by)
        {
            By = by;
            // not on this thread: it holds the seat's lock
            _ = replaced.CancelAsync();
        }

        public void Dispose() => replaced.Dispose();
    }

    private sealed class Seat
    {
        public Sitting? Live;
        /// <summary>Tabs that wait for an answer to «take over here?».</summary>
        public readonly Dictionary<string, TaskCompletionSource> Asking = [];
    }

    /// <summary>Takes the seat when it is free, or held by the same tab; else null, and the tab has to ask.</summary>
    public Sitting? TrySit(AgentId agent, string workbench)
    {
        var seat = seats.GetOrAdd(agent, static _ => new());
        lock (seat)
        {
            return seat.Live is { } live && live.Workbench != workbench ? null : Put(seat, agent, workbench);
        }
    }

    /// <summary>Completes when the person said «take over» in this tab, or when the other tab left.</summary>
    public async Task Turn(AgentId agent, string workbench, CancellationToken gone)
    {
        var seat = seats.GetOrAdd(agent, static _ => new());
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (seat)
        {
            if (seat.Live is null) return;
            seat.Asking[workbench] = turn;
        }
        try
        {
            await turn.Task.WaitAsync(gone);
        }
        finally
        {
            lock (seat)
            {
                if (seat.Asking.GetValueOrDefault(workbench) == turn) seat.Asking.Remove(workbench);
            }
        }
    }

    /// <summary>The person said «take over» in this tab: whoever sits there is told, and the tab's waiting stream goes on.</summary>
    public bool TakeOver(AgentId agent, string workbench)
    {
        if (!seats.TryGetValue(agent, out var seat)) return false;
        lock (seat)
        {
            if (!seat.Asking.TryGetValue(workbench, out var turn)) return false;
            if (seat.Live is { } live) live.Replace(workbench);
            seat.Live = null;
            return turn.TrySetResult();
        }
    }

    /// <summary>The page in this tab answered a beat of its stream.</summary>
    public void Heard(AgentId agent, string workbench, long now)
    {
        if (!seats.TryGetValue(agent, out var seat)) return;
        lock (seat)
        {
            if (seat.Live is { } live && live.Workbench == workbench) live.HeardAt = now;
        }
    }

    /// <summary>
    /// Frees the seat, unless another sits there by now. True when nobody does: whoever was to take over may be gone as well.
    /// </summary>
    public bool Leave(Sitting sitting)
    {
        var seat = seats[sitting.Agent];
        sitting.Dispose();
        lock (seat)
        {
            if (seat.Live == sitting)
            {
                seat.Live = null;
                foreach (var turn in seat.Asking.Values) turn.TrySetResult();
            }
            return seat.Live is null;
        }
    }

    private static Sitting Put(Seat seat, AgentId agent, string workbench)
    {
        seat.Live?.Replace(workbench);
        return seat.Live = new(agent, workbench);
    }
}
