using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Tccc.Acd.Core;
using Tccc.Acd.Rows;
using Tccc.Platform;

namespace Tccc.Acd.Mailbox;

/// <summary>
/// One center's dispatcher with its one reader: takes what is queued, lets the dispatcher do it, shows the new snapshots, gives rows and
/// events to <see cref="Writer"/>, then tells who waits. Answers do not wait for the commit: the truth is in memory and the rows follow.
/// </summary>
internal sealed partial class CenterMailbox : Mailbox<Order>
{
    /// <summary>So many orders share one set of rows and snapshots.</summary>
    private const int Together = 256;

    private static readonly Meter Meter = new("Tccc.Acd");
    private static readonly Counter<long> Offers =
        Meter.CreateCounter<long>("tccc_acd_offers", description: "Offers that ended, by outcome");
    private static readonly Counter<long> Released =
        Meter.CreateCounter<long>("tccc_acd_released", description: "Contacts that left without an agent, by reason");
    private static readonly KeyValuePair<string, object?>[] Outcomes =
        [.. Enum.GetValues<OfferOutcome>().Select(o => new KeyValuePair<string, object?>("outcome", o.ToString()))];
    private static readonly KeyValuePair<string, object?>[] Reasons =
        [.. Enum.GetValues<ReleaseReason>().Select(r => new KeyValuePair<string, object?>("reason", r.ToString()))];

    private readonly Dispatcher dispatcher;
    private readonly Snapshots snapshots;
    private readonly Writer writer;
    private readonly Alarm alarm;
    private readonly IdSource ids;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly CenterId center;
    private readonly HashSet<AgentId> stored;
    private readonly List<Order> doing = [];
    private Instant armed = Instant.Never;
    private volatile bool closed;

    public CenterMailbox(CenterSettings settings, Restoring restored, Surroundings around)
    {
        (center, snapshots, writer, ids, time, log) = (settings.Id, around.Snapshots, around.Writer, around.Ids, around.Time, around.Log);
        alarm = around.Deadlines.Alarm("acd-" + center, Due);
        stored = [.. restored.Agents.Select(static a => a.Id)];
        dispatcher = new(settings, restored.At, ids.Next<OfferId>, restored.Agents, restored.Served);
    }

    /// <summary>
    /// Shows the agents and begins to work; once, when the mailbox can be found: who sees an agent may give an order for them at once.
    /// </summary>
    public void Begin() => Post(static (_, _) => { });

    public void Post(Action<Dispatcher, Stamp> order) => Put(new Told(order));

    public ValueTask<T> Ask<T>(Func<Dispatcher, Stamp, T> order)
    {
        var asked = new Asked<T>(order);
        Put(asked);
        return new(asked.Answer);
    }

    /// <summary>Takes no more and returns when all that came before is done.</summary>
    public Task Stop()
    {
        alarm.Clear();
        // a host may be stopped twice; a closed mailbox takes no order, not even this one
        return closed ? Task.CompletedTask : Ask((_, _) => closed = true).AsTask();
    }

    protected override void Work()
    {
        var now = time.Now();
        doing.Clear();
        while (doing.Count < Together && TryTake(out var order))
        {
            if (Do(order, now)) doing.Add(order);
        }
        try
        {
            Publish(dispatcher.Take(), now);
            Arm();
        }
        catch (Exception e)
        {
            LogFailed(e, center);
        }
        foreach (var order in doing) order.Done();
    }

    private bool Do(Order order, Stamp now)
    {
        if (closed)
        {
            order.Fail(new OperationCanceledException("The server stops."));
            return false;
        }
        try
        {
            order.Do(dispatcher, now);
            return true;
        }
        catch (Exception e)
        {
            LogFailed(e, center);
            order.Fail(e);
            return false;
        }
    }

    /// <summary>Deadlines that move later are left to fire for nothing: most of them move, and few come.</summary>
    private void Arm()
    {
        if (dispatcher.NextDue is not { } next || next >= armed) return;
        armed = next;
        alarm.Set(next);
    }

    private void Due() => Post((d, now) =>
    {
        armed = Instant.Never;
        d.Tick(now);
    });

    private void Publish(Changes changes, Stamp now)
    {
        snapshots.Show(changes);
        if (RowsOf(changes, now) is { } rows) writer.Enqueue(rows.Write, changes.Events.AsSpan());
        else writer.Enqueue(changes.Events.AsSpan());
        foreach (var happened in changes.Events)
        {
            if (happened is OfferEnded ended) Offers.Add(1, Outcomes[(int)ended.Outcome]);
            else if (happened is ContactReleased released) Released.Add(1, Reasons[(int)released.Reason]);
        }
    }

    private WrittenRows? RowsOf(Changes changes, Stamp now)
    {
        var rows = new WrittenRows();
        foreach (var change in changes.Agents)
        {
            if (change.Store is not { } facts) continue;
            var row = AgentFacts.Of(center, change.Id, facts, now);
            if (stored.Add(change.Id)) rows.Added.Add(row);
            else rows.Replaced.Add(row);
        }
        foreach (var happened in changes.Events)
        {
            if (happened is not AgentStateChanged c) continue;
            rows.Added.Add(new AgentStateChange
            {
                Id = ids.Next(), Center =
                    center, Agent = c.Agent, From = c.From, To = c.To, Reason = c.Reason, BreakReason = c.BreakReason, By = c.By, At = c.At,
            });
        }
        foreach (var last in changes.Served)
        {
            rows.Added.Add(
                new LastServedRow { Id = ids.Next(), Center = center, Customer = last.Customer, Agent = last.Agent, At = last.At.Wall });
        }
        foreach (var trace in changes.Traces) rows.Added.Add(ContactTrace.Of(ids.Next(), center, trace));
        return rows.Added.Count + rows.Replaced.Count == 0 ? null : rows;
    }

    [LoggerMessage(LogLevel.Error, "The dispatcher of center {Center} failed at an order")]
    private partial void LogFailed(Exception e, CenterId center);

    private sealed class WrittenRows
    {
        public List<object> Added { get; } = [];
        public List<AgentFacts> Replaced { get; } = [];

        public void Write(TcccDb db)
        {
            foreach (var row in Added) db.Store(row);
            foreach (var row in Replaced) db.Store(row);
        }
    }
}

/// <summary>What a mailbox stands in.</summary>
internal sealed record Surroundings(Snapshots Snapshots, Writer Writer, Deadlines Deadlines, IdSource Ids, TimeProvider Time, ILogger Log);
