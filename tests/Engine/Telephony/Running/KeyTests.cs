using Tccc.Telephony.Tests.Peers;
using static Tccc.Telephony.Tests.Peers.Office;

namespace Tccc.Telephony.Tests;

/// <summary>Keys between two telephones: each arrives once, whichever way it came.</summary>
public sealed class KeyTests : IAsyncLifetime
{
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
}
