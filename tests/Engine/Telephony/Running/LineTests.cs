using Tccc.Acd;
using Tccc.Media;
using Tccc.Platform;
using Tccc.Sip;
using Tccc.Telephony.Tests.Peers;
using static Tccc.Telephony.Tests.Peers.Office;

namespace Tccc.Telephony.Tests;

/// <summary>
/// The agent's line through the whole room: answered, broken, back, not back. The browser's connection is played by the test.
/// </summary>
public sealed class LineTests
{
    [Fact]
    public async Task An_answer_at_the_page_joins_the_line_and_a_reload_joins_the_new_one()
    {
        await using var office = await Open();
        await using var carrier = await SipPeer.Start(office.SipPort, 440);
        var first = await office.Line(Amy);
        await office.Works(Amy);
        var call = carrier.Call(Sales);
        var offer = await office.Offered(Amy);
        Assert.True((await office.Calls.Answer(offer, Amy)).Ok);

        await call.Sees<SessionEvent.Answered>();
        await call.Sound.HearsSilence();
        Assert.Equal(CallPhase.Talking, office.Calls.CallOf(Amy)!.Phase);
        Assert.NotNull((await office.Calls.Answer(offer, Amy)).Error);

        office.Tell(new MediaEvent.Lost(first, LostReason.ClosedByPeer));
        await call.Sound.HearsMusic();
        Assert.Equal(CallPhase.Interrupted, office.Calls.CallOf(Amy)!.Phase);

        await office.Line(Amy);
        await call.Sound.HearsSilence();
        Assert.Equal(CallPhase.Talking, office.Calls.CallOf(Amy)!.Phase);

        Assert.True((await office.Calls.Hangup(office.Calls.CallOf(Amy)!.Id, Amy)).Ok);
        await call.Ends();
        Assert.Null(office.Calls.CallOf(Amy));
        Assert.Equal(CallResult.Served, (await office.Record()).Result);
        office.Get<AgentDevices>().CloseLine(Amy);
        await office.Quiet();
    }

    [Fact]
    public async Task An_agent_who_does_not_come_back_leaves_the_customer_to_the_next()
    {
        await using var office = await Open(set: c => c.ConnectionLostSeconds = 1);
        await using var carrier = await SipPeer.Start(office.SipPort, 440);
        var line = await office.Line(Amy);
        await office.Works(Amy);
        var call = carrier.Call(Sales);
        Assert.True((await office.Calls.Answer(await office.Offered(Amy), Amy)).Ok);
        await call.Sound.HearsSilence();

        office.Tell(new MediaEvent.Lost(line, LostReason.ClosedByPeer));
        await call.Sound.HearsMusic(1000);
        await using var phone = await office.Phone("8001", 1000, autoAnswer: true);
        await office.Works(Bob);
        await call.Sound.Hears(1000);

        call.Session.Hangup();
        await office.Quiet();
        var record = await office.Record();
        Assert.Equal((Bob, CallResult.Served), (record.Agent!.Value, record.Result!.Value));
        Assert.Equal(2, (await office.Rows<CallAttempt>()).Count(a => a.Outcome is AttemptOutcome.Accepted));
    }

    [Fact]
    public async Task Auto_answer_takes_the_call_without_a_click()
    {
        await using var office = await Open(set: c => c.AutoAnswer = true);
        await using var carrier = await SipPeer.Start(office.SipPort, 440);
        await office.Line(Amy);
        await office.Works(Amy);
        var call = carrier.Call(Sales);

        await call.Sees<SessionEvent.Answered>();
        await Until.Holds(() => office.Calls.CallOf(Amy)?.Phase is CallPhase.Talking, "Amy talks");
        await office.Is(Amy, AgentState.Busy);
        call.Session.Hangup();
        await call.Ends();
    }

    [Fact]
    public async Task A_web_phone_calls_as_a_trunk_does()
    {
        await using var office = await Open();
        await office.Line(Amy);
        await office.Works(Amy);
        var phones = office.Get<WebPhones>();
        Assert.IsType<NumberUnknown>(phones.Dial("4999999999", "13900000001", BrowserOffer).Error);
        Assert.IsType<LineRefused>(phones.Dial(Sales, "13900000001", "v=0").Error);

        var call = phones.Dial(Sales, "13900000001", BrowserOffer).Value.Call;
        var seen = new List<WebPhonePhase>();
        await foreach (var state in phones.Watch(call))
        {
            seen.Add(state.Phase);
            if (state.Phase is WebPhonePhase.Ringing) Assert.True((await office.Calls.Answer(await office.Offered(Amy), Amy)).Ok);
            if (state.Phase is WebPhonePhase.Answered) phones.Hangup(call);
            if (state.End is { } end) Assert.Equal(new CallEnd(CallResult.Served, CallEndReason.HungUp, EndedBy.Customer), end);
        }

        Assert.Equal([WebPhonePhase.Ringing, WebPhonePhase.Answered, WebPhonePhase.Ended], seen.Where(p => p is not WebPhonePhase.Calling));
    }

    [Fact]
    public async Task Who_has_no_line_or_a_desk_phone_is_told_how_to_answer()
    {
        await using var office = await Open();

        Assert.IsType<LineDown>((await office.Calls.Answer(new(1), Amy)).Error);
        Assert.Equal("8001", Assert.IsType<AnswerAtDeskPhone>((await office.Calls.Answer(new(1), Bob)).Error).Extension);
        Assert.IsType<LineRefused>(office.Get<AgentDevices>().OpenLine(Amy, "no sdp").Error);
    }

    [Fact]
    [Trait("Case", "F-A12")]
    public async Task Calls_of_a_server_that_was_killed_end_as_server_restarted_with_what_was_known_of_them()
    {
        await using var office = await Open();
        var epoch = DateTimeOffset.UnixEpoch;
        await office.Get<Writer>().Write(db =>
        {
            db.Add(new CallRecord
            {
                Id = new(7), Center = Center, Customer =
                    "1", Called = "2", ArrivedAt = epoch, AnsweredAt = epoch.AddSeconds(5), TalkMs = 20_000, HoldMs = 10_000,
                Parts = """[{"kind":"Ringing","ms":5000},{"kind":"Talk","ms":20000,"agent":21},{"kind":"Hold","ms":10000,"agent":21}]""",
            });
            return Task.CompletedTask;
        });
        await office.Stop();
        await office.Start();

        var record = await office.Record();
        Assert.Equal((CallResult.Served, CallEndReason.ServerRestarted, EndedBy.System), (record.Result, record.Reason, record.EndedBy));
        Assert.Equal((20_000, 10_000, epoch.AddSeconds(35)), (record.TalkMs, record.HoldMs, record.EndedAt));
    }
}
