using System.Text;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Media;
using Tccc.Sip;
using Tccc.Telephony.Tests.Peers;
using static Tccc.Telephony.Tests.Peers.Office;

namespace Tccc.Telephony.Tests;

/// <summary>Agents dial out: from the order to the carrier's socket and back.</summary>
public sealed class OutboundCallTests : IAsyncLifetime
{
    private const string Number = "13900000001";

    private Office office = null!;
    private SipPeer carrier = null!;

    public async Task InitializeAsync()
    {
        office = await Open(set: center => center.WrapUpSeconds = 30);
        carrier = await SipPeer.Start(office.SipPort, 440);
        await office.Change<Trunk>(_ => true, trunk => trunk.Port = carrier.Port);
        await office.Change<Number>(number => number.Digits == Sales, number => number.Outbound = OutboundUse.Default);
        await office.Works(Amy);
        await office.Line(Amy);
    }

    public async Task DisposeAsync()
    {
        await carrier.DisposeAsync();
        await office.DisposeAsync();
    }

    [Fact]
    public async Task Who_is_called_sees_the_center_s_number_and_an_answered_call_gives_wrap_up()
    {
        await Dials("139 0000-0001");
        var call = await carrier.Rings();
        Assert.Equal((Number, Sales), (call.Session.RequestUri.User, call.Session.From.User));
        await Phase(CallPhase.Ringing);
        await office.Is(Amy, AgentState.Busy);
        call.PickUp();
        await Phase(CallPhase.Talking);
        call.Session.Hangup();
        await office.Is(Amy, AgentState.WrapUp);

        var record = await office.Record();
        Assert.Equal((CallDirection.Outbound, Number, Sales, Amy), (record.Direction, record.Customer, record.Called, record.Agent));
        Assert.Equal((CallResult.Served, CallEndReason.HungUp, EndedBy.Customer), (record.Result, record.Reason, record.EndedBy));
        Assert.True(record is { Rang: true, SipStatus: null, AnsweredAt: not null });
    }

    [Theory]
    [Trait("Case", "K16")]
    [InlineData(486, CallEndReason.Busy)]
    [InlineData(600, CallEndReason.Busy)]
    [InlineData(480, CallEndReason.NeverAlerted)]
    [InlineData(408, CallEndReason.NeverAlerted)]
    [InlineData(603, CallEndReason.Rejected)]
    [InlineData(403, CallEndReason.Rejected)]
    [InlineData(404, CallEndReason.NumberUnknown)]
    [InlineData(410, CallEndReason.NumberUnknown)]
    [InlineData(484, CallEndReason.NumberUnknown)]
    [InlineData(604, CallEndReason.NumberUnknown)]
    [InlineData(488, CallEndReason.NoCommonCodec)]
    [InlineData(606, CallEndReason.NoCommonCodec)]
    [InlineData(500, CallEndReason.TrunkFailure)]
    [InlineData(502, CallEndReason.TrunkFailure)]
    [InlineData(503, CallEndReason.TrunkFailure)]
    [InlineData(504, CallEndReason.TrunkFailure)]
    [InlineData(401, CallEndReason.TrunkFailure)]
    [InlineData(302, CallEndReason.TrunkFailure)]
    public async Task Each_refusal_of_the_carrier_has_its_ending_and_gives_no_wrap_up(int status, CallEndReason reason)
    {
        carrier.Refuses = status;
        await Dials(Number);
        await Over();
        await office.Is(Amy, AgentState.Idle);
        var record = await office.Record();
        Assert.Equal((reason, status, false, (DateTimeOffset?)null), (record.Reason, record.SipStatus, record.Rang, record.AnsweredAt));
    }

    [Fact]
    public async Task A_carrier_at_fault_is_followed_by_the_next_and_one_that_is_busy_is_not()
    {
        await using var other = await SipPeer.Start(office.SipPort, 700);
        await office.Get<Platform.Writer>().Write(db =>
        {
            db.Add(new Trunk { Id = new(2), Center = Office.Center, Name = "other", Host = "127.0.0.1", Port = other.Port });
            return Task.CompletedTask;
        });
        await office.Reload();
        carrier.Refuses = other.Refuses = 503;
        await Dials(Number);
        await Over();
        Assert.Equal(CallEndReason.TrunkFailure, (await office.Record()).Reason);

        (carrier.Refuses, other.Refuses) = (503, null);
        await Dials(Number);
        var call = await other.Rings();
        call.Session.Reject(486);
        await Over();
        Assert.Equal(CallEndReason.Busy, (await office.Rows<CallRecord>()).MaxBy(r => r.Id.Value)!.Reason);
    }

    [Fact]
    public async Task Who_hangs_up_while_it_rings_cancels_it()
    {
        var id = await Dials(Number);
        var call = await carrier.Rings();
        await Phase(CallPhase.Ringing);
        Assert.Null((await office.Calls.Hangup(id, Amy)).Error);
        Assert.Equal(SipEndingKind.Cancelled, (await call.Ends()).Kind);
        await Over();
        await office.Is(Amy, AgentState.Idle);
        Assert.Equal(CallEndReason.GaveUpDialling, (await office.Record()).Reason);
    }

    [Fact]
    public async Task A_200_that_crosses_the_CANCEL_is_hung_up()
    {
        for (var i = 0; i < 10; i++)
        {
            var id = await Dials(Number);
            var call = await carrier.Rings();
            // prepared beforehand: a call that is over has no sound
            var sdp = Encoding.UTF8.GetBytes(call.Sound.Sdp());
            var hangup = office.Calls.Hangup(id, Amy);
            call.Session.Accept(sdp);
            await hangup;
            await call.Ends();
            await Over();
            await Until.Holds(() => office.Dispatch.See(Amy)!.State is AgentState.Idle or AgentState.WrapUp, "Amy is free");
        }
    }

    [Fact]
    [Trait("Case", "K14")]
    public async Task A_description_without_sound_leaves_the_ring_back_ours_and_sound_takes_it()
    {
        carrier.SaysNothing = true;
        await Dials(Number);
        var call = await carrier.Rings();
        call.Session.Ring(Encoding.UTF8.GetBytes(call.Sound.Sdp()));
        await Phase(CallPhase.Ringing);
        Assert.Equal(SoundKind.Nothing, Ear());
        call.Session.Ring();
        await Until.Holds(() => Ear() is SoundKind.RingBack, "ring-back");
        call.Session.Ring();
        // what only keeps the address alive is no sound
        call.Sound.Beats = 126;
        call.Sound.Connect(Encoding.UTF8.GetString(call.Session.Body.Span));
        await Until.Holds(
            () => office.Get<MediaEndpoint>().Stats(office.Table.Of(Amy)!.State.Leg.Id) is { Connected: true }, "a packet came");
        Assert.Equal(SoundKind.RingBack, Ear());
        call.Sound.Beats = null;
        await Until.Holds(() => Ear() is SoundKind.Leg, "the network");
        call.Session.Reject(404);
        await Over();
        Assert.Equal((CallEndReason.NumberUnknown, true), ((await office.Record()).Reason, (await office.Record()).Rang));
    }

    [Fact]
    public async Task An_answer_that_says_no_more_than_the_183_before_it_is_one()
    {
        await Dials(Number);
        var call = await carrier.Rings();
        call.Session.Ring(Encoding.UTF8.GetBytes(call.Sound.Sdp()));
        await Until.Holds(() => Ear() is SoundKind.Leg, "the network");
        call.Session.Accept(default);
        await Phase(CallPhase.Talking);
        call.Session.Hangup();
        await office.Is(Amy, AgentState.WrapUp);
    }

    [Fact]
    public async Task Sound_that_was_not_described_does_not_take_the_ring_back()
    {
        await Dials(Number);
        var call = await carrier.Rings();
        await Until.Holds(() => Ear() is SoundKind.RingBack, "ring-back");
        call.PickUp();
        await Until.Holds(() => Ear() is SoundKind.Leg, "the customer");
        call.Session.Hangup();
        await Over();
    }

    [Fact]
    public async Task A_server_that_stops_takes_the_call_back_and_says_so()
    {
        await Dials(Number);
        var call = await carrier.Rings();
        await office.Stop();
        Assert.Equal(SipEndingKind.Cancelled, (await call.Ends()).Kind);
        await office.Start();
        Assert.Equal(CallEndReason.ServerStopped, (await office.Record()).Reason);
    }

    [Fact]
    public async Task What_can_not_be_dialled_is_refused_and_costs_nothing()
    {
        Assert.IsType<NotANumber>((await Dial("amy")).Error);
        Assert.Equal(AmyInPerson, Assert.IsType<OwnNumber>((await Dial(AmyInPerson)).Error).Digits);
        Assert.IsType<CallerIdGone>((await Dial(Number, AmyInPerson)).Error);
        Assert.IsType<DialAtDeskPhone>((await office.Get<Dialling>().Dial(Bob, Number)).Error);
        await Dials(Number);
        Assert.IsType<AgentIsBusy>((await Dial(Number)).Error);
        Assert.Single(office.Table.All);
    }

    [Fact]
    public async Task A_center_without_an_outbound_number_or_a_carrier_can_not_call()
    {
        await office.Change<Number>(_ => true, number => number.Outbound = OutboundUse.No);
        Assert.IsType<NoCallerId>((await Dial(Number)).Error);
        await office.Change<Number>(_ => true, number => number.Outbound = OutboundUse.Offered);
        await office.Delete<Trunk>(_ => true);
        Assert.IsType<NoCarrier>((await Dial(Number)).Error);
    }

    [Fact]
    public async Task While_a_browser_plays_the_outside_it_rings_there_and_not_at_the_carrier()
    {
        var phones = office.Get<WebPhones>();
        using var page = new CancellationTokenSource();
        await using var ringing = phones.Attend(page.Token).GetAsyncEnumerator();
        var rings = ringing.MoveNextAsync().AsTask();
        var id = await Dials(Number);
        Assert.True(await rings);
        Assert.Equal(new OutsideCall(id, Number, Sales), ringing.Current);
        await Phase(CallPhase.Ringing);
        phones.Hangup(id, busy: true);
        await Over();
        Assert.Equal(CallEndReason.Busy, (await office.Record()).Reason);

        rings = ringing.MoveNextAsync().AsTask();
        id = await Dials(Number);
        Assert.True(await rings);
        Assert.StartsWith("v=0", (await phones.PickUp(id, BrowserOffer)).Value, StringComparison.Ordinal);
        await Phase(CallPhase.Talking);
        Assert.IsType<NoSuchCall>((await phones.PickUp(id, BrowserOffer)).Error);
        phones.Hangup(id);
        await office.Is(Amy, AgentState.WrapUp);
        Assert.Empty(carrier.Incoming);
    }

    private ValueTask<Result<CallId>> Dial(string number, string? from = null) => office.Get<Dialling>().Dial(Amy, number, from);

    private async Task<CallId> Dials(string number)
    {
        var dialled = await Dial(number);
        Assert.Null(dialled.Error);
        return dialled.Value;
    }

    private Task Phase(CallPhase phase) =>
        Until.Holds(() => office.Calls.CallOf(Amy)?.Phase == phase, $"{phase}, not {office.Calls.CallOf(Amy)?.Phase}");

    /// <summary>No call and no leg is left but Amy's line.</summary>
    private Task Over() => Until.Holds(
        () => office.Table.IsEmpty && office.Get<LegTable>().Open.Count == 1,
        $"the call is over: {string.Join(", ", office.Table.All.Select(call => call.State))}");

    /// <summary>What Amy hears.</summary>
    private SoundKind Ear() => office.Table.Of(Amy)?.State is { Agent.Leg: { } line } call
        ? Sounds.Table(call).Single(listening => listening.Leg == line).Sound.Kind
        : SoundKind.Nothing;
}
