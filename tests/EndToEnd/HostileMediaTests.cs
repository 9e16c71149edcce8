using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EndToEnd.Peers;

namespace EndToEnd;

/// <summary>Packets that are not the parties' own, thrown into a call that runs: dropped, counted, and nobody hears them.</summary>
public sealed class HostileMediaTests : Scene
{
    private const string Drops = "tccc_media_packets_dropped_total";

    private readonly int rtpPorts = Ports.Free(10);

    private protected override string[] Settings =>
        [string.Create(CultureInfo.InvariantCulture, $"Media:RtpPorts={rtpPorts}-{rtpPorts + 9}")];

    [Fact]
    public async Task Repeated_and_forged_packets_and_a_strangers_are_dropped_and_counted_and_the_call_is_unharmed()
    {
        await using var proxy = new MediaProxy(server.WebRtcPort);
        var page = await chromium.Visit(server.Address);
        await proxy.StandBetween(page);
        await Workbench.SignIn(page, "amy");
        var amy = new Workbench(page);
        await amy.Enter(goOnline: true);
        await amy.Is("Available");
        await amy.LineIsUp();
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await amy.Press("Answer");
        await BothHear(amy, caller);
        Assert.Equal((0, 0, 0), (await Dropped("srtp_replayed"), await Dropped("srtp_auth_failed"), await Dropped("stranger")));

        proxy.Repeats = true;
        await Until.Holds("repeated packets are counted", async () => await Dropped("srtp_replayed") >= 100);
        await BothHear(amy, caller);
        proxy.Repeats = false;

        proxy.Forges = true;
        await Until.Holds("packets with a wrong tag are counted", async () => await Dropped("srtp_auth_failed") >= 100);
        await BothHear(amy, caller);
        proxy.Forges = false;

        // louder than the caller, at every port a leg may have
        using var stranger = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        for (ushort n = 0; n < 100; n++)
        {
            for (var port = rtpPorts; port < rtpPorts + 10; port++)
                await stranger.SendAsync(Packet(n), new IPEndPoint(IPAddress.Loopback, port));
        }
        await Until.Holds("a stranger's packets are counted", async () => await Dropped("stranger") >= 100);
        await BothHear(amy, caller);
        await amy.Is("Busy");
        await amy.Press("Hang up");
        await caller.Closed();
    }

    private static async Task BothHear(Workbench amy, Baresip caller)
    {
        await caller.Hears(AgentsTone);
        await amy.Hears(CallersTone);
    }

    private Task<double> Dropped(string reason) => server.Metric(Drops, $"reason=\"{reason}\"");

    /// <summary>20 ms of noise as PCMU.</summary>
    private static byte[] Packet(ushort sequence)
    {
        var packet = new byte[172];
        new Random(sequence).NextBytes(packet);
        (packet[0], packet[1]) = (0x80, 0);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), sequence * 160u);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), 666);
        return packet;
    }
}
