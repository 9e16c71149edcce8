using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Sip;
using Tccc.Telephony.Tests.Peers;
using static Tccc.Telephony.Tests.Peers.Office;

namespace Tccc.Telephony.Tests;

/// <summary>
/// Somebody administers the center while calls are up: who is in a call keeps it to its end, and nobody who waits is lost.
/// </summary>
public sealed class AdministrationTests : IAsyncLifetime
{
    private static readonly GroupId SalesGroup = new(10);

    private Office office = null!;
    private SipPeer carrier = null!;

    public async Task InitializeAsync()
    {
        office = await Open(set: center => center.WrapUpSeconds = 0);
        carrier = await SipPeer.Start(office.SipPort, 440);
    }

    public async Task DisposeAsync()
    {
        await carrier.DisposeAsync();
        await office.DisposeAsync();
    }

    [Fact]
    public async Task An_agent_disabled_while_talking_keeps_the_call_to_its_end_and_is_then_gone()
    {
        await using var phone = await office.Phone("8001", 1000, autoAnswer: true);
        await office.Works(Bob);
        var call = await Talking();
        await office.Change<Agent>(a => a.Id == Bob, a => a.Disabled = true);

        var id = office.Calls.CallOf(Bob)!.Id;
        Assert.True((await office.Calls.Hold(id, Bob, true)).Ok);
        await call.Sound.HearsMusic(1000);
        Assert.True((await office.Calls.Hold(id, Bob, false)).Ok);
        await call.Sound.Hears(1000);
        Assert.True((await office.Calls.Hangup(id, Bob)).Ok);
        await IsServed(call);
        await Until.Holds(() => office.Dispatch.See(Bob) is null, "the agent is gone");
        Assert.IsType<AgentUnknown>((await office.Dispatch.Choose(Bob, Choice.Available, ChangedBy.Agent)).Error);
    }

    [Fact]
    public async Task An_agent_whose_row_is_deleted_while_talking_keeps_the_call_to_its_end()
    {
        await using var phone = await office.Phone("8001", 1000, autoAnswer: true);
        await office.Works(Bob);
        var call = await Talking();
        await office.Change<DeskPhone>(p => p.BoundAgent == Bob, p => p.BoundAgent = null);
        await office.Delete<GroupMember>(m => m.Agent == Bob);
        await office.Delete<Agent>(a => a.Id == Bob);

        await call.Sound.Hears(1000);
        call.Session.Hangup();
        await IsServed(call);
        await Until.Holds(() => office.Dispatch.See(Bob) is null, "the agent is gone");
    }

    [Fact]
    public async Task An_agent_disabled_while_the_phone_rings_leaves_the_caller_to_the_next()
    {
        await using var first = await office.Phone("8001", 700);
        await using var second = await office.Phone("8002", 1000, autoAnswer: true);
        await office.Works(Bob);
        var call = carrier.Call(Sales);
        var ring = await first.Rings();
        await office.Works(Carol);
        await office.Change<Agent>(a => a.Id == Bob, a => a.Disabled = true);

        Assert.Equal(SipEndingKind.Cancelled, (await ring.Ends()).Kind);
        await call.Sound.Hears(1000);
        call.Session.Hangup();
        await IsServed(call);
        Assert.Equal(Carol, (await office.Record()).Agent);
    }

    [Fact]
    public async Task A_group_deleted_while_people_wait_tells_them_and_ends_their_calls_by_name()
    {
        await Until.Holds(() => office.Get<Announcements>().Farewell(CallEndReason.GroupGone) is not null, "the announcement is spoken");
        var call = carrier.Call(Sales);
        await call.Sound.HearsMusic(1000);
        await DeleteSales();

        Assert.Equal(SipEndingKind.Hangup, (await call.Ends()).Kind);
        await office.Quiet();
        var record = await office.Record();
        Assert.Equal((CallResult.Refused, CallEndReason.GroupGone, EndedBy.System), (record.Result, record.Reason, record.EndedBy));
    }

    [Fact]
    public async Task A_group_deleted_while_a_call_of_it_runs_leaves_the_call_alone()
    {
        await using var phone = await office.Phone("8001", 1000, autoAnswer: true);
        await office.Works(Bob);
        var call = await Talking();
        await DeleteSales();

        await call.Sound.Hears(1000);
        call.Session.Hangup();
        await IsServed(call);
    }

    [Fact]
    public async Task A_number_that_leads_elsewhere_now_or_nowhere_leaves_those_in_the_queue_where_they_are()
    {
        await using var phone = await office.Phone("8001", 1000, autoAnswer: true);
        var call = carrier.Call(Sales);
        await call.Sound.HearsMusic(1000);
        await office.Change<Number>(n => n.Digits == Sales, n => (n.Entry, n.Group, n.Agent) = (NumberEntry.Agent, null, Amy));
        await office.Delete<Number>(n => n.Digits == Sales);
        await office.Works(Bob);

        await call.Sound.Hears(1000);
        call.Session.Hangup();
        await IsServed(call);
        Assert.Equal(404, (await carrier.Call(Sales).Ends()).Status);
    }

    [Fact]
    public async Task A_desk_phone_deleted_while_in_a_call_keeps_it_to_its_end_and_rings_no_more()
    {
        // no carrier is known here, so the phones' own messages come from strangers once their rows are gone
        await using var closed = await Open("10.0.0.0/8");
        await using var bobs = await closed.Phone("8001", 1000, autoAnswer: true);
        await closed.Works(Bob);
        await using var caller = await SipPeer.Start(closed.SipPort, 440);
        var call = caller.Call(Sales, from: "8002", password: "Phone#8002");
        await call.Sound.Hears(1000);
        var ring = await bobs.Rings();
        await closed.Delete<DeskPhone>(_ => true);

        var id = closed.Calls.CallOf(Bob)!.Id;
        Assert.True((await closed.Calls.Hold(id, Bob, true)).Ok);
        await ring.Sound.HearsSilence();
        Assert.True((await closed.Calls.Hold(id, Bob, false)).Ok);
        await call.Sound.Hears(1000);
        ring.Session.Hangup();
        Assert.Equal(SipEndingKind.Hangup, (await call.Ends()).Kind);
        await closed.Quiet();
        Assert.Equal((CallResult.Served, EndedBy.Agent), ((await closed.Record()).Result, (await closed.Record()).EndedBy));
        await Until.Holds(() => closed.Dispatch.See(Bob) is { DeviceReachable: false }, "nothing rings for Bob");
        await Until.Holds(() => closed.Get<SipEndpoint>().BindingOf("8001") is null, "its registration is gone");
    }

    [Fact]
    public async Task A_trunk_deleted_while_its_calls_run_keeps_them_and_lets_in_no_more()
    {
        await using var phone = await office.Phone("8001", 1000, autoAnswer: true);
        await office.Works(Bob);
        var talking = await Talking();
        var waiting = carrier.Call(Sales);
        await waiting.Sound.HearsMusic(1000);
        await office.Delete<Trunk>(_ => true);

        // a desk phone is registered at this address, so whoever calls from it is asked for a password
        Assert.Equal(401, (await carrier.Call(Sales).Ends()).Status);
        await talking.Sound.Hears(1000);
        talking.Session.Hangup();
        await waiting.Sound.Hears(1000);
        waiting.Session.Hangup();
        await office.Quiet();
        Assert.All(
            await office.Rows<CallRecord>(),
            record => Assert.Equal((CallResult.Served, EndedBy.Customer), (record.Result, record.EndedBy)));
    }

    [Fact]
    public async Task A_phone_bound_to_somebody_else_while_it_rings_may_still_answer_what_rings()
    {
        await using var phone = await office.Phone("8001", 1000);
        await office.Works(Bob);
        var call = carrier.Call(Sales);
        var ring = await phone.Rings();
        await office.Change<DeskPhone>(p => p.Extension == "8001", p => p.BoundAgent = Amy);

        ring.PickUp();
        await call.Sound.Hears(1000);
        call.Session.Hangup();
        await IsServed(call);
        Assert.Equal(Bob, (await office.Record()).Agent);
    }

    private async Task<PeerCall> Talking()
    {
        var call = carrier.Call(Sales);
        await call.Sound.Hears(1000);
        return call;
    }

    private async Task IsServed(PeerCall call)
    {
        await call.Ends();
        await office.Quiet();
        Assert.Equal(CallResult.Served, (await office.Record()).Result);
    }

    private async Task DeleteSales()
    {
        await office.Delete<Number>(n => n.Group == SalesGroup);
        await office.Delete<GroupMember>(m => m.Group == SalesGroup);
        await office.Delete<SkillGroup>(g => g.Id == SalesGroup);
    }
}
