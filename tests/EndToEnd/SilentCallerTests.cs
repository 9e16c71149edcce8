using System.Net.Sockets;
using EndToEnd.Peers;

namespace EndToEnd;

/// <summary>Callers who never send a packet, and who never say that they were answered.</summary>
public sealed class SilentCallerTests
{
    private const string Sales = "4000000001";
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);

    [Fact]
    [Trait("Case", "F-A3")]
    public async Task A_caller_who_never_sends_a_packet_is_ended_after_the_silence_and_the_record_says_so()
    {
        await using var server = await Server.Start();
        using var caller = new RawSip(server.SipPort);
        caller.Send(caller.Request("INVITE", Sales, body: caller.Sdp()));
        Assert.Equal(200, await caller.FinalStatus(Sales));
        await Until.Holds(
            "the call is ended", () => server.Rows("select Reason from Calls where EndedAt is not null").Count == 1, Silence,
            () => server.Log);
        Assert.Equal("MediaLost", server.Rows("select Reason from Calls")[0]["Reason"]);
        Assert.True(Drain(caller.Rtp) > 100, "music meanwhile, as much of it as the socket keeps");
    }

    [Fact]
    [Trait("Case", "F-C15")]
    public async Task An_INVITE_that_is_never_acknowledged_earns_a_few_packets_for_its_address()
    {
        await using var server = await Server.Start();
        using var caller = new RawSip(server.SipPort);
        caller.Send(caller.Request("INVITE", Sales, body: caller.Sdp()));
        // the 200 comes again after 0.5, 1, 2 s: by then there would have been 150 packets
        for (var answers = 0; answers < 4;)
            if ((await caller.Response()).Status == 200) answers++;
        Assert.InRange(Drain(caller.Rtp), 1, 5);
    }

    [Fact]
    [Trait("Case", "F-B8")]
    public async Task A_machine_without_IPv6_starts_and_serves_calls()
    {
        await using var server = await Server.Start(new Dictionary<string, string> { ["DOTNET_SYSTEM_NET_DISABLEIPV6"] = "1" }, []);
        using var caller = new RawSip(server.SipPort);
        caller.Send(caller.Request("INVITE", Sales, body: caller.Sdp()));
        Assert.Equal(200, await caller.FinalStatus(Sales));
        await Until.Holds("music comes", () => caller.Rtp.Available > 0);
    }

    private static int Drain(Socket socket)
    {
        var buffer = new byte[2048];
        var count = 0;
        for (; socket.Available > 0; count++) socket.Receive(buffer);
        return count;
    }
}
