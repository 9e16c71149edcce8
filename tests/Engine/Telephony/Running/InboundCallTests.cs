using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Sip;
using Tccc.Telephony.Tests.Peers;
using static Tccc.Telephony.Tests.Peers.Office;

namespace Tccc.Telephony.Tests;

/// <summary>Real engines, real sockets: a carrier calls, a registered desk phone answers.</summary>
public sealed class InboundCallTests : IAsyncLifetime
{
    private Office office = null!;
    private SipPeer carrier = null!;

    public async Task InitializeAsync()
    {
        office = await Open();
        carrier = await SipPeer.Start(office.SipPort, 440);
    }

    public async Task DisposeAsync()
    {
        await carrier.DisposeAsync();
        await office.DisposeAsync();
    }

    [Fact]
    public async Task A_caller_reaches_a_free_agents_desk_phone_and_both_hear_each_other()
    {
        await using var phone = await office.Phone("8001", 1000);
        await office.Works(Bob);
        var call = carrier.Call(Sales);
        var ring = await phone.Rings();
        await call.Sees<SessionEvent.Ringing>();
        Assert.False(call.Saw<SessionEvent.Answered>());

        ring.PickUp();
        await call.Sees<SessionEvent.Answered>();
        await call.Sound.Hears(1000);
        await ring.Sound.Hears(440);
        await office.Is(Bob, AgentState.Busy);

        call.Session.Hangup();
        Assert.Equal(SipEndingKind.Hangup, (await ring.Ends()).Kind);
        await office.Quiet();
        await office.Is(Bob, AgentState.Idle);
        var record = await office.Record();
        Assert.Equal((CallResult.Served, CallEndReason.HungUp, EndedBy.Customer), (record.Result, record.Reason, record.EndedBy));
        Assert.Equal(Bob, record.Agent);
        Assert.Equal(AttemptOutcome.Accepted, Assert.Single(await office.Rows<CallAttempt>()).Outcome);
    }

    [Fact]
    public async Task Hold_mute_and_hang_up_at_the_page_work_for_a_desk_phone()
    {
        await using var phone = await office.Phone("8001", 1000, autoAnswer: true);
        await office.Works(Bob);
        var call = carrier.Call(Sales);
        var ring = await phone.Rings();
        await call.Sound.Hears(1000);
        var id = office.Calls.CallOf(Bob)!.Id;

        Assert.True((await office.Calls.Hold(id, Bob, true)).Ok);
        await call.Sound.HearsMusic(1000);
        await ring.Sound.HearsSilence();
        Assert.Equal(CallPhase.Held, office.Calls.CallOf(Bob)!.Phase);
        Assert.True((await office.Calls.Hold(id, Bob, false)).Ok);
        await call.Sound.Hears(1000);
        await ring.Sound.Hears(440);

        Assert.True((await office.Calls.Mute(id, Bob, true)).Ok);
        await call.Sound.HearsSilence();
        await ring.Sound.Hears(440);
        Assert.True((await office.Calls.Mute(id, Bob, false)).Ok);
        await call.Sound.Hears(1000);

        Assert.IsType<NotYourCall>((await office.Calls.Hangup(id, Amy)).Error);
        Assert.True((await office.Calls.Hangup(id, Bob)).Ok);
        Assert.Equal(SipEndingKind.Hangup, (await call.Ends()).Kind);
        await ring.Ends();
        Assert.IsType<NoSuchCall>((await office.Calls.Hangup(id, Bob)).Error);
        Assert.Single(CallPart.Of(await office.Record()), p => p.Kind is PartKind.Hold);
        Assert.Equal(EndedBy.Agent, (await office.Record()).EndedBy);
    }

    [Fact]
    public async Task With_nobody_free_the_caller_hears_music_and_the_agent_who_comes_gets_the_call()
    {
        await using var phone = await office.Phone("8001", 1000, autoAnswer: true);
        var call = carrier.Call(Sales);
        await call.Sees<SessionEvent.Answered>();
        await call.Sound.HearsMusic(1000);

        await office.Works(Bob);
        await call.Sound.Hears(1000);

        (await phone.Rings()).Session.Hangup();
        Assert.Equal(SipEndingKind.Hangup, (await call.Ends()).Kind);
        await office.Quiet();
        Assert.Equal(EndedBy.Agent, (await office.Record()).EndedBy);
    }

    [Fact]
    public async Task A_caller_who_gives_up_stops_the_phone_at_once()
    {
        await using var phone = await office.Phone("8001", 1000);
        await office.Works(Bob);
        var call = carrier.Call(Sales);
        var ring = await phone.Rings();
        call.Session.Hangup();

        Assert.Equal(SipEndingKind.Cancelled, (await ring.Ends()).Kind);
        await office.Is(Bob, AgentState.Idle);
        await office.Quiet();
        Assert.Equal(CallEndReason.GaveUpWhileRinging, (await office.Record()).Reason);
    }

    [Fact]
    public async Task A_phone_that_is_busy_passes_the_call_to_the_next_agent()
    {
        await using var busy = await office.Phone("8001", 700);
        await using var free = await office.Phone("8002", 1000, autoAnswer: true);
        busy.Refuses = 486;
        await office.Works(Bob);
        await office.Works(Carol);
        var call = carrier.Call(Sales);

        await call.Sound.Hears(1000);
        call.Session.Hangup();
        await office.Quiet();
        var attempts = await office.Rows<CallAttempt>();
        Assert.Equal(AttemptOutcome.Accepted, attempts.Single(a => a.Agent == Carol).Outcome);
    }

    [Fact]
    public async Task An_unknown_number_is_404_and_a_stored_call()
    {
        var ending = await carrier.Call("4999999999").Ends();

        Assert.Equal(404, ending.Status);
        await office.Quiet();
        Assert.Equal(CallEndReason.NumberUnknown, (await office.Record()).Reason);
    }

    [Theory]
    [InlineData("m=audio 40000 RTP/AVP 96\r\na=rtpmap:96 opus/48000/2\r\n")]
    [InlineData("m=video 40000 RTP/AVP 96\r\na=rtpmap:96 VP8/90000\r\n")]
    public async Task Sdp_without_a_codec_of_ours_is_488(string media)
    {
        var ending = await carrier.Call(Sales, sdp: "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n" + media)
            .Ends();

        Assert.Equal(488, ending.Status);
        await office.Quiet();
    }

    [Fact]
    public async Task A_peer_that_holds_and_comes_back_hears_the_agent_again()
    {
        await using var phone = await office.Phone("8001", 1000, autoAnswer: true);
        await office.Works(Bob);
        var call = carrier.Call(Sales);
        await call.Sound.Hears(1000);

        call.Session.Modify(Encoding.UTF8.GetBytes(call.Sound.Sdp("sendonly")));
        await call.Sees<SessionEvent.Modified>();
        Assert.Contains("a=recvonly", Encoding.UTF8.GetString(call.Last<SessionEvent.Modified>().Body.Span), StringComparison.Ordinal);
        call.Session.Modify(Encoding.UTF8.GetBytes(call.Sound.Sdp()));
        await call.Sound.Hears(1000);
        call.Session.Hangup();
        await office.Quiet();
    }

    [Fact]
    public async Task An_address_that_is_no_carriers_is_403_and_no_call()
    {
        await using var closed = await Open("10.0.0.0/8");
        await using var stranger = await SipPeer.Start(closed.SipPort, 440);

        Assert.Equal(403, (await stranger.Call(Sales).Ends()).Status);
        Assert.Empty(await closed.Rows<CallRecord>());
    }

    [Fact]
    public async Task A_call_from_a_desk_phone_to_a_center_number_goes_the_same_way()
    {
        await using var closed = await Open("10.0.0.0/8");
        await using var bob = await closed.Phone("8001", 1000, autoAnswer: true);
        await closed.Works(Bob);
        await using var carol = await SipPeer.Start(closed.SipPort, 700);

        var call = carol.Call(Sales, from: "8002", password: "Phone#8002");
        await call.Sound.Hears(1000);
        call.Session.Hangup();
        await closed.Quiet();
        Assert.Equal("8002", (await closed.Record()).Customer);
        Assert.Equal(403, (await carol.Call("13900000009", from: "8002", password: "Phone#8002").Ends()).Status);
    }

    [Fact]
    public async Task A_carrier_that_wants_a_register_gets_one_when_the_directory_says_so_and_readiness_tells()
    {
        await using var registrar = await Open();
        var trunks = office.Get<TrunkMonitor>();
        await office.Get<Writer>().Write(db =>
        {
            db.Add(new Trunk
            {
                Id = new(2), Center =
                    Office.Center, Name = "second", Host = "127.0.0.1", Port = registrar.SipPort, Register = true, UserName = "8001",
                ProtectedPassword = office.Get<TrunkPasswords>().Protect("Phone#8001"),
            });
            return Task.CompletedTask;
        });
        await office.Get<Centers>().Reload(Office.Center);

        await Until.Holds(
            () => registrar.Get<SipEndpoint>().BindingOf("8001") is not null && trunks.Of(new(2)).Condition is TrunkCondition.Registered,
            "the trunk is registered");
    }

    [Fact]
    public async Task A_carrier_that_wants_no_register_is_asked_whether_it_is_there_and_readiness_tells()
    {
        var trunks = office.Get<TrunkMonitor>();
        await office.Change<Trunk>(_ => true, trunk => trunk.Port = carrier.Port);
        await Until.Holds(() => trunks.Of(new(1)).Condition is TrunkCondition.Reachable, "the carrier answers");
        Assert.Contains("carrier: Reachable since 20", await Ready(HealthStatus.Healthy), StringComparison.Ordinal);

        // nobody listens there: the answer is the system's, or none within 6 s
        using var nobody = new System.Net.Sockets.UdpClient(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        await office.Change<Trunk>(_ => true, trunk => trunk.Port = ((System.Net.IPEndPoint)nobody.Client.LocalEndPoint!).Port);
        await Until.Holds(() => trunks.Of(new(1)).Condition is TrunkCondition.Silent, "the carrier does not answer");
        Assert.Contains("carrier: Silent (No answer)", await Ready(HealthStatus.Degraded), StringComparison.Ordinal);

        await office.Delete<Trunk>(_ => true);
        Assert.Equal("", await Ready(HealthStatus.Healthy) ?? "");
    }

    private async Task<string?> Ready(HealthStatus status)
    {
        var report = await office.Get<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(status, report.Entries["telephony"].Status);
        return report.Entries["telephony"].Description;
    }

    [Fact]
    public async Task A_server_that_stops_says_goodbye_and_names_the_end()
    {
        await using var phone = await office.Phone("8001", 1000, autoAnswer: true);
        await office.Works(Bob);
        var call = carrier.Call(Sales);
        await call.Sound.Hears(1000);

        await office.Stop();
        Assert.Equal(SipEndingKind.Hangup, (await call.Ends()).Kind);
        await office.Start();
        Assert.Equal(CallEndReason.ServerStopped, (await office.Record()).Reason);
    }
}
