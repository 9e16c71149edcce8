using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Tccc.Platform;

/// <summary>
/// The live streams of all workbenches. A stream begins with every fragment and then brings those that were refreshed, drawn from present
/// state when they are sent: a slow reader gets the newest once, a lost push costs nothing; architecture.md «Streams heal themselves».
/// </summary>
public sealed class WorkbenchStreams : IDisposable
{
    private static readonly Meter Meter = new("Tccc.Platform");
    private static readonly Counter<long> Sent =
        Meter.CreateCounter<long>("tccc_stream_events", description: "Fragments sent to workbenches");

    private readonly ConcurrentDictionary<AgentId, ImmutableArray<WorkbenchStream>> open = new();
    private readonly PageTimer pages = new();
    private readonly Fragments fragments;
    private readonly ITimer heart;

    internal WorkbenchStreams(Fragments fragments, TimeProvider time)
    {
        this.fragments = fragments;
        heart = time.CreateTimer(_ => Beat(), null, Sse.HeartbeatEvery, Sse.HeartbeatEvery);
        Meter.CreateObservableGauge("tccc_streams_open", () => All().Count(), description: "Workbench streams open");
    }

    /// <summary>
    /// A stream for one page until <paramref name="ct"/> says that the browser is gone, or <see cref="Close"/>. It counts as open from the
    /// first item asked for.
    /// </summary>
    public async IAsyncEnumerable<SseItem<string>> Open(AgentScope agent, string workbench, [EnumeratorCancellation] CancellationToken ct)
    {
        var stream = new WorkbenchStream(agent, workbench, fragments.Names.Count, pages);
        // from here on a refresh reaches the stream, and only then the snapshot is drawn: nothing falls between the two
        open.AddOrUpdate(agent.Agent, [stream], (_, others) => others.Add(stream));
        try
        {
            while (await stream.Next(ct) is { } due)
            {
                foreach (var (number, html) in await fragments.Render(due.Stale, agent)) yield return new(html, fragments.Names[number]);
                if (due.Heartbeat) yield return Sse.Heartbeat;
                if (due.Last is { } last) yield return last;
                Sent.Add(due.Stale.Count);
            }
        }
        finally
        {
            open.AddOrUpdate(agent.Agent, [], (_, others) => others.Remove(stream));
            open.TryRemove(KeyValuePair.Create(agent.Agent, ImmutableArray<WorkbenchStream>.Empty));
        }
    }

    /// <summary>Has the named fragments drawn anew for this agent's open pages. Without a page it costs a look-up.</summary>
    public void Refresh(AgentId agent, params ReadOnlySpan<string> names)
    {
        if (!open.TryGetValue(agent, out var streams)) return;
        foreach (var name in names)
        {
            var number = fragments.NumberOf(name);
            foreach (var stream in streams) stream.Refresh(number);
        }
    }

    /// <summary>Has one fragment drawn anew for everybody in the center.</summary>
    public void RefreshCenter(CenterId center, string fragment)
    {
        var number = fragments.NumberOf(fragment);
        foreach (var stream in All().Where(s => s.Agent.Center == center)) stream.Refresh(number);
    }

    /// <summary>The pages this agent has open, by the ids they gave themselves.</summary>
    public IReadOnlyList<string> WorkbenchesOf(AgentId agent) =>
        open.TryGetValue(agent, out var streams) ? [.. streams.Select(s => s.Workbench)] : [];

    /// <summary>Ends the streams of one page, after a last signal if there is one (a page that was taken over is told so).</summary>
    public void Close(AgentId agent, string workbench, SseItem<string>? last = null)
    {
        if (!open.TryGetValue(agent, out var streams)) return;
        foreach (var stream in streams.Where(s => s.Workbench == workbench)) stream.End(last);
    }

    public void Dispose()
    {
        heart.Dispose();
        pages.Stop();
    }

    /// <summary>Ends all streams, so that the server can stop.</summary>
    internal void EndAll()
    {
        foreach (var stream in All()) stream.End(null);
    }

    private IEnumerable<WorkbenchStream> All() => open.Values.SelectMany(streams => streams);

    private void Beat()
    {
        foreach (var stream in All()) stream.Beat();
    }
}
