using Tccc.Acd;
using Tccc.Telephony.Tests.Peers;
using static Tccc.Telephony.Tests.Peers.Office;

namespace Tccc.Telephony.Tests;

/// <summary>How sound passed, from the packets to the record, and who is not heard; product.md §12.</summary>
public sealed class QualityOnRecordTests : IAsyncLifetime
{
    // a rest of an interval says something from 1 s on
    private const long Enough = 80;

    private Office office = null!;
    private SipPeer phone = null!;

    public async Task InitializeAsync()
    {
        office = await Open();
        phone = await office.Phone("8001", 1000, autoAnswer: true);
        await office.Works(Bob);
    }

    public async Task DisposeAsync()
    {
        await phone.DisposeAsync();
        await office.DisposeAsync();
    }

    [Fact]
    public async Task Both_legs_of_a_call_are_on_its_record_once_it_has_ended()
    {
        await using var carrier = await SipPeer.Start(office.SipPort, 440);
        var call = carrier.Call(Sales);
        var agent = await phone.Rings();
        await agent.Sound.Hears(440);
        await Until.Holds(() => agent.Sound.Received > Enough, "the agent hears for a while");
        Assert.Empty(await office.Rows<QualityRecord>());
        call.Session.Hangup();
        await office.Quiet();

        var record = await office.Record();
        var kept = Assert.Single(await office.Rows<QualityRecord>());
        Assert.Equal((record.Id, record.Center), (kept.Call, kept.Center));
        var legs = LegQuality.Of(kept, record.ArrivedAt);
        Assert.Equal([null, Bob], legs.Select(leg => leg.Agent));
        Assert.Equal([null, AgentDevice.DeskPhone], legs.Select(leg => leg.Device));
        foreach (var leg in legs)
        {
            Assert.NotNull(leg.Loss);
            Assert.Null(leg.MeanMos);
            Assert.InRange(leg.Spans[0].From, record.ArrivedAt, record.EndedAt!.Value);
            Assert.InRange(leg.Spans[^1].From + leg.Spans[^1].Length, record.ArrivedAt, record.EndedAt.Value.AddMilliseconds(1));
        }
    }

    [Fact]
    public async Task A_call_that_was_over_at_once_has_no_figures_on_record()
    {
        await using var carrier = await SipPeer.Start(office.SipPort, 440);
        Assert.Equal(404, (await carrier.Call("4999999999").Ends()).Status);
        await office.Quiet();
        Assert.Empty(await office.Rows<QualityRecord>());
    }

    [Fact]
    public async Task A_customer_from_whom_nothing_comes_is_known_as_silent_until_something_comes()
    {
        using var carrier = new RawCarrier(office.SipPort);
        var answer = await carrier.Talks();
        await Until.Holds(() => office.Calls.SilentSides(Bob) is [CallSide.Customer], "the customer is missed");
        carrier.Sound.Connect(answer);
        await Until.Holds(() => office.Calls.SilentSides(Bob).Count == 0, "both are heard");
        Assert.Empty(office.Calls.SilentSides(Amy));
        carrier.HangUp();
        await office.Quiet();
        Assert.Empty(office.Calls.SilentSides(Bob));
    }
}
