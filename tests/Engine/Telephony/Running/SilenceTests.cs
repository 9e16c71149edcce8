using Tccc.Acd;
using Tccc.Telephony.Tests.Peers;
using static Tccc.Telephony.Tests.Peers.Office;

namespace Tccc.Telephony.Tests;

/// <summary>Who has gone without a word, and who only says nothing: on an office whose patience is two seconds.</summary>
public sealed class SilenceTests : IAsyncLifetime
{
    private Office office = null!;
    private SipPeer phone = null!;

    public async Task InitializeAsync()
    {
        office = await Open(silence: 2);
        phone = await office.Phone("8001", 1000, autoAnswer: true);
        await office.Works(Bob);
    }

    public async Task DisposeAsync()
    {
        await phone.DisposeAsync();
        await office.DisposeAsync();
    }

    [Fact]
    [Trait("Case", "F-A3")]
    public async Task A_caller_of_whom_nothing_is_ever_heard_is_hung_up_and_the_agent_is_free()
    {
        using var carrier = new RawCarrier(office.SipPort);
        await carrier.Talks();
        await carrier.IsHungUp();
        await office.Quiet();
        await office.Is(Bob, AgentState.Idle);
        var record = await office.Record();
        Assert.Equal((CallResult.Served, CallEndReason.MediaLost, EndedBy.System), (record.Result, record.Reason, record.EndedBy));
    }

    [Theory]
    [Trait("Case", "F-A4")]
    [InlineData(13)]
    [InlineData(126)]
    public async Task A_caller_who_sends_comfort_noise_or_keep_alives_only_stays(byte payloadType)
    {
        using var carrier = new RawCarrier(office.SipPort);
        carrier.Sound.Connect(await carrier.Talks());
        var agent = await phone.Rings();
        await agent.Sound.Hears(440);
        carrier.Sound.Beats = payloadType;
        for (var silences = 0; silences < 2; silences++)
        {
            using var other = new RawCarrier(office.SipPort);
            await other.Talks();
            await other.IsHungUp();
        }

        await agent.Sound.HearsSilence();
        carrier.Sound.Beats = null;
        await agent.Sound.Hears(440);
        carrier.HangUp();
        await office.Quiet();
        Assert.Contains(await office.Rows<CallRecord>(), r => (r.Result, r.Reason) == (CallResult.Served, CallEndReason.HungUp));
    }
}
