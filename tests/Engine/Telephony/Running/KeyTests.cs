using Tccc.Telephony.Tests.Peers;
using static Tccc.Telephony.Tests.Peers.Office;

namespace Tccc.Telephony.Tests;

/// <summary>Keys between two telephones: each arrives once, whichever way it came.</summary>
public sealed class KeyTests : IAsyncLifetime
{
    private Office office = null!;
    private SipPeer phone = null!;

    private CallId Talk => office.Calls.CallOf(Bob)!.Id;

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
    public async Task Each_key_arrives_once_both_ways_and_speech_goes_on()
    {
        using var carrier = new RawCarrier(office.SipPort);
        carrier.Sound.Connect(await carrier.Talks());
        var agent = await phone.Rings();
        await Task.WhenAll(agent.Sound.Hears(440), carrier.Sound.Hears(1000));
        carrier.Sound.Press('5');
        carrier.Sound.Press('#');
        agent.Sound.Press('9');
        await Until.Holds(() => agent.Sound.Keys.EndsWith('#') && carrier.Sound.Keys.Length > 0, "the keys");
        await Task.WhenAll(agent.Sound.Hears(440), carrier.Sound.Hears(1000));
        agent.Session.Info("application/dtmf-relay", "Signal=0\r\nDuration=100\r\n"u8.ToArray());
        await Until.Holds(() => carrier.Sound.Keys.EndsWith('0'), "the key of the INFO");
        await carrier.Sound.Hears(1000);
        Assert.Equal(("5#", "90"), (agent.Sound.Keys, carrier.Sound.Keys));
        carrier.HangUp();
        await office.Quiet();
    }

    [Fact]
    public async Task An_extension_from_the_keypad_reaches_the_caller_as_events_and_speech_goes_on()
    {
        using var carrier = new RawCarrier(office.SipPort);
        carrier.Sound.Connect(await carrier.Talks());
        var agent = await phone.Rings();
        await carrier.Sound.Hears(1000);
        Assert.True((await office.Calls.SendDigits(Talk, Bob, "12,*#")).Ok);
        await Until.Holds(() => carrier.Sound.Keys.EndsWith('#'), "the extension");
        await carrier.Sound.Hears(1000);
        Assert.Equal(("12*#", ""), (carrier.Sound.Keys, agent.Sound.Keys));
        carrier.HangUp();
        await office.Quiet();
    }

    [Fact]
    public async Task An_extension_reaches_a_caller_who_takes_no_events_by_INFO_in_its_order()
    {
        await using var carrier = await SipPeer.Start(office.SipPort, 440);
        using var sound = new RtpPeer(440);
        var caller = carrier.Call(Sales, sdp: sound.Sdp(codecs: "0"));
        await phone.Rings();
        await Until.Holds(() => office.Calls.CallOf(Bob)?.Phase is CallPhase.Talking, "they talk");
        Assert.True((await office.Calls.SendDigits(Talk, Bob, "12,*")).Ok);
        Assert.True((await office.Calls.SendDigits(Talk, Bob, "#")).Ok);
        await Until.Holds(() => caller.InfoKeys.Length == 4, "the extension");
        Assert.Equal("12*#", caller.InfoKeys);
        caller.Session.Hangup();
        await office.Quiet();
    }

    [Fact]
    public async Task A_call_that_ends_takes_the_keys_with_it_that_have_not_left()
    {
        await using var carrier = await SipPeer.Start(office.SipPort, 440);
        using var sound = new RtpPeer(440);
        var caller = carrier.Call(Sales, sdp: sound.Sdp(codecs: "0"));
        await phone.Rings();
        await Until.Holds(() => office.Calls.CallOf(Bob)?.Phase is CallPhase.Talking, "they talk");
        var call = Talk;
        Assert.True((await office.Calls.SendDigits(call, Bob, "1,,,,2")).Ok);
        await Until.Holds(() => caller.InfoKeys == "1", "the first key");
        caller.Session.Hangup();
        await office.Quiet();
        Assert.IsType<NoSuchCall>((await office.Calls.SendDigits(call, Bob, "3")).Error);
        Assert.Equal("1", caller.InfoKeys);
    }

    [Fact]
    public async Task Nobody_presses_keys_in_the_call_of_another_agent_or_center()
    {
        using var carrier = new RawCarrier(office.SipPort);
        carrier.Sound.Connect(await carrier.Talks());
        await phone.Rings();
        await Until.Holds(() => office.Calls.CallOf(Bob) is not null, "they talk");
        Assert.IsType<NotYourCall>((await office.Calls.SendDigits(Talk, Amy, "1")).Error);
        Assert.IsType<NoSuchCall>((await office.Calls.SendDigits(Talk, new AgentId(999), "1")).Error);
        Assert.IsType<NoSuchCall>((await office.Calls.SendDigits(new(4711), Bob, "1")).Error);
        carrier.HangUp();
        await office.Quiet();
    }
}
