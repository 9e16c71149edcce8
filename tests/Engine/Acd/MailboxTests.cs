using System.Collections.Concurrent;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Acd.Tests;

/// <summary>The dispatcher as the other rooms use it: mailbox, snapshots, rows and events over a real SQLite file.</summary>
public sealed class MailboxTests : IAsyncLifetime
{
    private static readonly CenterId Center = new(1);
    private static readonly GroupId Sales = new(10);
    private static readonly AgentId Amy = new(101);
    private static readonly AgentId Bob = new(102);

    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("tccc-acd-").FullName;
    private long lastContact = 5000;
    private IHost host = null!;

    private Dispatch Dispatch => host.Services.GetRequiredService<Dispatch>();

    private Heard Heard => host.Services.GetRequiredService<Heard>();

    public async Task InitializeAsync()
    {
        await Start();
        await host.Services.GetRequiredService<Writer>().Write(db =>
        {
            db.Add(new Center { Id = Center, Name = "Demo", CreatedAt = DateTimeOffset.UnixEpoch, WrapUpSeconds = 600 });
            db.Add(new SkillGroup { Id = Sales, Center = Center, Number = 1, Name = "Sales" });
            Join(db, Amy, "amy");
            Join(db, Bob, "bob");
            return Task.CompletedTask;
        });
        await host.Services.GetRequiredService<Centers>().Reload(Center);
        await Until(() => Dispatch.See(Amy) is not null);
    }

    public async Task DisposeAsync()
    {
        await Stop();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_call_is_offered_accepted_and_ended_and_each_step_is_told_and_stored()
    {
        await Online(Amy);
        var call = Call();
        await Until(() => Heard.All<OfferMade>().Any());
        var offer = Dispatch.See(Amy)!.Offer!;
        Assert.Equal(call, offer.Contact);
        var taken = await Dispatch.Accept(offer.Id, Amy);
        Assert.Equal(call, taken.Value.Contact);
        Assert.Equal(AgentState.Busy, Dispatch.See(Amy)!.State);
        Dispatch.Ended(call.Id, Amy, wrapUp: true);
        await Until(() => Heard.All<AgentStateChanged>().Count() >= 3);
        Assert.Equal([AgentState.Idle, AgentState.Busy, AgentState.WrapUp], Heard.All<AgentStateChanged>().Select(e => e.To));
        Assert.Equal(OfferOutcome.Accepted, Heard.All<OfferEnded>().Single().Outcome);
        await host.Services.GetRequiredService<Writer>().Flush();
        await using var db = await Database();
        Assert.Equal(
            [AgentState.Idle, AgentState.Busy, AgentState.WrapUp],
            db.Set<AgentStateChange>().OrderBy(c => c.Id).Select(c => c.To).ToList());
        Assert.Equal(ChangedBy.Agent, db.Set<AgentStateChange>().OrderBy(c => c.Id).First().By);
    }

    [Fact]
    public async Task What_was_is_again_after_the_server_was_started_anew()
    {
        await Online(Amy);
        await Dispatch.Choose(Bob, Choice.Break("Meeting"), ChangedBy.Agent);
        var call = Call();
        await Until(() => Dispatch.See(Amy)!.Offer is not null);
        await Dispatch.Accept(Dispatch.See(Amy)!.Offer!.Id, Amy);
        Dispatch.Ended(call.Id, Amy, wrapUp: true);
        await Until(() => Dispatch.See(Amy)!.State == AgentState.WrapUp);
        var (amy, bob) = (Dispatch.See(Amy)!, Dispatch.See(Bob)!);

        await Stop();
        await Start();

        Assert.Equal((AgentState.WrapUp, StateReason.WorkEnded), (Dispatch.See(Amy)!.State, Dispatch.See(Amy)!.Reason));
        Assert.True((amy.WrapUpUntil - Dispatch.See(Amy)!.WrapUpUntil)!.Value.Duration() < TimeSpan.FromMilliseconds(1));
        Assert.Equal((AgentState.Break, "Meeting"), (Dispatch.See(Bob)!.State, Dispatch.See(Bob)!.BreakReason));
        Assert.True((bob.Since.Steady - Dispatch.See(Bob)!.Since.Steady).Duration() < TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Deadlines_come_by_themselves()
    {
        await host.Services.GetRequiredService<Writer>().Write(async db =>
        {
            await db.Set<Center>().ExecuteUpdateAsync(set => set.SetProperty(c => c.WrapUpSeconds, 1));
            db.Add(new SkillGroup { Id = new(20), Center = Center, Number = 2, Name = "Support" });
        });
        await host.Services.GetRequiredService<Centers>().Reload(Center);
        await Until(() => Dispatch.See(new GroupId(20)) is not null);
        await Online(Amy);
        await Online(Bob);
        Dispatch.Began(Amy, new(7), ContactKind.Call);
        await Until(() => Dispatch.See(Amy)!.State == AgentState.Busy);
        Dispatch.Ended(new(7), Amy, wrapUp: true);
        await Until(
            () => Heard.All<AgentStateChanged>().Any(e => e is { From: AgentState.WrapUp, To: AgentState.Idle, By: ChangedBy.Deadline }));
    }

    [Fact]
    public async Task Many_callers_of_the_mailbox_at_once_lose_nobody()
    {
        await Online(Amy);
        await Online(Bob);
        ContactId[] calls = [.. Enumerable.Range(0, 200).Select(_ => NewCall()).Select(c => c.Id)];
        Parallel.ForEach(calls, id => Dispatch.Enqueue(new(id, Center, ContactKind.Call, "", "400", default), Sales));
        var served = new List<ContactId>();
        while (served.Count < calls.Length)
        {
            await Until(() => Dispatch.See(Amy)!.Offer is not null || Dispatch.See(Bob)!.Offer is not null);
            foreach (var agent in (AgentId[])[Amy, Bob])
            {
                if (Dispatch.See(agent)!.Offer is not { } offer || !(await Dispatch.Accept(offer.Id, agent)).Ok) continue;
                served.Add(offer.Contact.Id);
                Dispatch.Ended(offer.Contact.Id, agent, wrapUp: false);
            }
        }
        Assert.Equal(calls.Order(Comparer<ContactId>.Create((a, b) => a.Value.CompareTo(b.Value))), served.OrderBy(c => c.Value));
        await Until(() => Dispatch.See(Sales)!.Waiting == 0);
    }

    [Fact]
    public async Task Why_each_agent_was_or_was_not_asked_is_there_after_a_restart_and_for_no_other_center()
    {
        await Online(Amy);
        var call = Call();
        await Until(() => Dispatch.See(Amy)!.Offer is not null);
        var ringing = await Why(Center, call.Id);
        Assert.True((await Dispatch.Decline(Dispatch.See(Amy)!.Offer!.Id, Amy)).Ok);
        Dispatch.Withdraw(call.Id, Center);
        await Stop();
        await Start();
        var kept = await Why(Center, call.Id);
        Assert.Equal([new(Amy, 5, ExclusionRule.Chosen), new(Bob, 5, ExclusionRule.Offline)], kept.Decisions[0].Candidates.AsEnumerable());
        Assert.Equal([new(Amy, 5, ExclusionRule.BackOff), new(Bob, 5, ExclusionRule.Offline)], kept.Decisions[1].Candidates.AsEnumerable());
        Assert.Equal(ringing.Decisions[0].Candidates.AsEnumerable(), kept.Decisions[0].Candidates.AsEnumerable());
        Assert.All(kept.Decisions, d => Assert.Equal((call.Id, Sales, 0), (d.Contact, d.Group, d.More)));
        Assert.InRange(kept.Decisions[0].At, ringing.Decisions[0].At.AddMicroseconds(-1), ringing.Decisions[0].At);
        Assert.Empty((await Why(new(999), call.Id)).Decisions);
    }

    [Fact]
    public async Task A_queue_says_that_somebody_came_or_left_but_not_that_somebody_was_asked_at_once()
    {
        var moved = 0;
        Dispatch.QueueMoved += _ => moved++;
        var waits = Call();
        await Until(() => moved == 1);
        Dispatch.Withdraw(waits.Id, Center);
        await Until(() => moved == 2);
        await Online(Amy);
        Call();
        await Until(() => Dispatch.See(Amy)!.Offer is not null);
        Assert.Equal(2, moved);
    }

    [Fact]
    public async Task Somebody_unknown_is_told_so()
    {
        Assert.IsType<AgentUnknown>((await Dispatch.Choose(new(999), Choice.Available, ChangedBy.Agent)).Error);
        Assert.IsType<AgentUnknown>((await Dispatch.Accept(new(1), new(999))).Error);
        Assert.IsType<BreakReasonUnknown>((await Dispatch.Choose(Amy, Choice.Break("Golf"), ChangedBy.Agent)).Error);
        Assert.Null(Dispatch.See(new AgentId(999)));
        Assert.Empty((await Dispatch.Why(Center, new(1))).Decisions);
        Assert.Empty(await Dispatch.Waiting(new(999), [Sales]));
    }

    private static void Join(TcccDb db, AgentId agent, string name)
    {
        var person = new PersonId(agent.Value + 1000);
        db.Add(new Person { Id = person, Email = name + "@demo.test", NormalizedEmail = name.ToUpperInvariant() });
        db.Add(new Agent { Id = agent, Center = Center, Person = person, Role = Role.Agent, Nickname = name });
        db.Add(new GroupMember { Group = Sales, Agent = agent, Center = Center });
        if (agent == Amy) db.Add(new BreakReason { Id = 1, Center = Center, Name = "Meeting" });
    }

    private static async Task Until(Func<bool> holds)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!holds())
        {
            late.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task Online(AgentId agent)
    {
        Dispatch.WorkbenchOpened(agent, "wb-" + agent);
        Dispatch.DeviceReachable(agent, true);
        Assert.True((await Dispatch.Choose(agent, Choice.Available, ChangedBy.Agent)).Ok);
    }

    private Contact NewCall() =>
        new(new(++lastContact), Center, ContactKind.Call, "13800138000", "4000000001",
            new(TimeProvider.System.Instant(), DateTimeOffset.UnixEpoch));

    private Contact Call()
    {
        var call = NewCall();
        Dispatch.Enqueue(call, Sales);
        return call;
    }

    private async Task<WhyTrace> Why(CenterId center, ContactId contact)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WhyTraces>().Of(center, contact);
    }

    private Task<TcccDb> Database() => host.Services.GetRequiredService<IDbContextFactory<TcccDb>>().CreateDbContextAsync();

    private async Task Start()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([new("data", folder), new("Demo:Enabled", "true")]);
        builder.AddPlatform();
        builder.AddDirectory();
        builder.Services.AddAcd();
        builder.Services.AddSingleton<Heard>();
        builder.Services.AddTransient<INotificationHandler<Occurred<OfferMade>>, Hearing<OfferMade>>();
        builder.Services.AddTransient<INotificationHandler<Occurred<OfferEnded>>, Hearing<OfferEnded>>();
        builder.Services.AddTransient<INotificationHandler<Occurred<AgentStateChanged>>, Hearing<AgentStateChanged>>();
        host = builder.Build();
        await host.StartAsync();
    }

    private async Task Stop()
    {
        await host.StopAsync();
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        else host.Dispose();
    }
}

/// <summary>What was published, in order.</summary>
internal sealed class Heard
{
    private readonly ConcurrentQueue<IEvent> events = new();

    public void Add(IEvent happened) => events.Enqueue(happened);

    public IEnumerable<T> All<T>() where T : IEvent => events.OfType<T>();
}

internal sealed class Hearing<T>(Heard heard) : INotificationHandler<Occurred<T>> where T : IEvent
{
    public Task Handle(Occurred<T> notification, CancellationToken cancellationToken)
    {
        heard.Add(notification.Event);
        return Task.CompletedTask;
    }
}
