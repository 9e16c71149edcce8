using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tccc.Directory;
using Tccc.Sip;
using Tccc.Telephony.Tests.Peers;
using static Tccc.Telephony.Tests.Peers.Office;

namespace Tccc.Telephony.Tests;

/// <summary>What becomes of a call whose sound can't be as it must be.</summary>
public sealed class SoundOfCallsTests : IAsyncLifetime
{
    private Office office = null!;
    private SipPeer carrier = null!;

    // one pair of ports: the second call finds none
    public async Task InitializeAsync()
    {
        office = await Open(rtpPorts: Free());
        carrier = await SipPeer.Start(office.SipPort, 440);
    }

    public async Task DisposeAsync()
    {
        await carrier.DisposeAsync();
        await office.DisposeAsync();
    }

    [Fact]
    [Trait("Case", "F-A12")]
    public async Task A_call_for_which_no_port_is_left_is_answered_503_and_the_record_says_so()
    {
        var first = carrier.Call(Sales);
        await first.Sound.HearsMusic(440);
        var second = carrier.Call(Sales, from: "13900000002");
        Assert.Equal(503, (await second.Ends()).Status);
        first.Session.Hangup();
        await office.Quiet();
        var refused = (await office.Rows<CallRecord>()).Single(call => call.Customer == "13900000002");
        Assert.Equal((CallResult.Refused, CallEndReason.NoPorts, EndedBy.System), (refused.Result, refused.Reason, refused.EndedBy));
    }

    [Fact]
    [Trait("Case", "F-B9")]
    public async Task A_trunk_that_requires_encryption_refuses_a_call_without_it_by_name()
    {
        await office.Change<Trunk>(_ => true, trunk => trunk.MediaEncryption = MediaEncryption.Required);
        Assert.Equal(488, (await carrier.Call(Sales).Ends()).Status);
        Assert.Equal((CallResult.Refused, CallEndReason.NotEncrypted), ((await office.Record()).Result, (await office.Record()).Reason));
    }

    [Fact]
    [Trait("Case", "F-B1")]
    public async Task A_call_whose_first_audio_line_is_of_another_codec_is_taken_on_the_second()
    {
        using var sound = new RtpPeer(440);
        var call = carrier.Call(Sales, sdp: sound.Sdp().Replace("m=audio", "m=audio 4000 RTP/AVP 18\r\nm=audio", StringComparison.Ordinal));
        await call.Sees<SessionEvent.Answered>();
        var lines = System.Text.Encoding.UTF8.GetString(call.Last<SessionEvent.Answered>().Body.Span).Split("\r\n")
            .Where(l => l.StartsWith("m=", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lines.Count);
        Assert.StartsWith("m=audio 0 RTP/AVP 18", lines[0], StringComparison.Ordinal);
        call.Session.Hangup();
    }

    private static string Free()
    {
        while (true)
        {
            using UdpClient even = new(new IPEndPoint(IPAddress.Any, 0)), odd = new();
            var port = ((IPEndPoint)even.Client.LocalEndPoint!).Port;
            if (port % 2 != 0 || port > 65_000) continue;
            try
            {
                odd.Client.Bind(new IPEndPoint(IPAddress.Any, port + 1));
                return string.Create(CultureInfo.InvariantCulture, $"{port}-{port + 1}");
            }
            catch (SocketException)
            {
                // the next number is taken
            }
        }
    }
}
