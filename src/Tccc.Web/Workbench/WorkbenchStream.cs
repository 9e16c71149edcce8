using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Tccc.Acd;
using Tccc.Platform;

namespace Tccc.Web.Workbench;

/// <summary>
/// What one browser window hears: first whether it has the seat (or must ask for it), then every fragment and what changes in them.
/// The dispatcher is told when the window comes and goes; product.md §2.
/// </summary>
internal sealed class WorkbenchStream(
    Workbenches workbenches, OpenStreams open, WorkbenchStreams streams, Fragments fragments, Dispatch dispatch, TimeProvider time)
{
    private const string CoverName = "workbench-cover";
    private const string TakenOver = "taken-over";

    /// <summary>
    /// A page answers every beat; one that left so many seconds unanswered is cut off, though its sockets stand. What never answered any is
    /// no browser with our scripts, and is let be.
    /// </summary>
    internal static readonly TimeSpan SilentAfter = 2 * Sse.HeartbeatEvery + TimeSpan.FromSeconds(2);

    /// <param name="mayGoOn">Asked at every beat: whether who reads may still, so that no stream outlasts its session.</param>
    public async IAsyncEnumerable<SseItem<string>> Open(
        AgentScope agent, string workbench, Func<bool> mayGoOn, [EnumeratorCancellation] CancellationToken gone = default)
    {
        using var place = open.Take(agent.Agent, gone);
        var ended = place.Ended;
        await foreach (var item in Until(Open(place, agent, workbench, mayGoOn, ended), ended)) yield return item;
    }

    private async IAsyncEnumerable<SseItem<string>> Open(
        OpenStreams.Place place, AgentScope agent, string workbench, Func<bool> mayGoOn,
        [EnumeratorCancellation] CancellationToken gone)
    {
        Workbenches.Sitting? sitting;
        while ((sitting = workbenches.TrySit(agent.Agent, workbench)) is null)
        {
            yield return await CoverItem(agent, Cover.CoverKind.Question, workbench);
            var turn = workbenches.Turn(agent.Agent, workbench, gone);
            while (!await EndsWithin(turn, Sse.HeartbeatEvery, gone))
            {
                if (!mayGoOn()) yield break;
                yield return Sse.Heartbeat;
            }
            await turn;
        }

        place.HoldsSeat = true;
        try
        {
            dispatch.WorkbenchOpened(agent.Agent, workbench);
            yield return await CoverItem(agent, Cover.CoverKind.None, workbench);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(gone, sitting.Replaced);
            await foreach (var item in Until(streams.Open(agent, workbench, end.Token), end.Token))
            {
                if (ReferenceEquals(item.EventType, Sse.Heartbeat.EventType)
                    && ((sitting.HeardAt is { } heard && time.GetElapsedTime(heard) > SilentAfter) || !mayGoOn())) break;
                yield return item;
            }

            // the same window that connected anew needs no word: this is its old connection
            if (sitting.By is { } by && by != workbench)
            {
                yield return new("<div id=\"incoming-call\"></div>", "incoming-call");
                yield return await CoverItem(agent, Cover.CoverKind.TakenOver, workbench);
                yield return new("", TakenOver);
            }
        }
        finally
        {
            if (workbenches.Leave(sitting)) dispatch.WorkbenchClosed(agent.Agent, workbench);
        }
    }

    private async Task<SseItem<string>> CoverItem(AgentScope agent, Cover.CoverKind kind, string workbench) =>
        new(await fragments.Render<Cover>(agent.Culture, (nameof(Cover.Kind), kind), (nameof(Cover.Workbench), workbench)), CoverName);

    private async Task<bool> EndsWithin(Task task, TimeSpan limit, CancellationToken gone)
    {
        try
        {
            await task.WaitAsync(limit, time, gone);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>A stream that is cancelled just ends: what comes after it in the enumeration still has to be said.</summary>
    private static async IAsyncEnumerable<SseItem<string>> Until(
        IAsyncEnumerable<SseItem<string>> items, [EnumeratorCancellation] CancellationToken end)
    {
        await using var each = items.GetAsyncEnumerator(end);
        while (true)
        {
            try
            {
                if (!await each.MoveNextAsync()) yield break;
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                yield break;
            }
            yield return each.Current;
        }
    }
}
