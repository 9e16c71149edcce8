using System.Net;
using EndToEnd.Peers;

namespace EndToEnd;

/// <summary>SIP over TLS with the server's own certificate, and over IPv6: real phones, the published server.</summary>
public sealed class SipTransportTests : IAsyncLifetime
{
    private const string Sales = "4000000001";

    private readonly string folder = Directory.CreateTempSubdirectory("tccc-transport-").FullName;
    private Server server = null!;

    public async Task InitializeAsync()
    {
        Tone.Write(Path.Combine(folder, "caller.wav"), 440, TimeSpan.FromMinutes(2), 8000);
        Tone.Write(Path.Combine(folder, "desk.wav"), 1000, TimeSpan.FromMinutes(2), 8000);
        server = await Server.Start("Timeouts:WrapUpSeconds=3");
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact, Trait("Case", "F-B9")]
    public async Task A_phone_registers_over_TLS_and_is_reached_through_its_connection_by_a_caller_over_TLS()
    {
        await server.Stop();
        Fleet.Bind(server, "8001", "amy");
        await server.Again();
        await using var desk =
            await Phone(
                "desk", "8001", ";auth_user=8001;auth_pass=Phone#8001;regint=60;answermode=auto",
                $"127.0.0.1:{server.SipTlsPort};transport=tls");
        await Until.Holds("the phone is registered", async () => await server.Metric("tccc_sip_bindings") == 1, seen: () => desk.Printed);
        Assert.True(await server.Metric("tccc_sip_connections") > 0);
        await using var amy = await HttpAgent.Online(server, "amy");
        await using var caller = await Phone("caller", "13900001111", ";regint=0", "127.0.0.1");
        await caller.Dial($"sip:{Sales}@127.0.0.1:{server.SipTlsPort};transport=tls");
        await desk.Established();
        await caller.Hears(1000);
        await desk.Hears(440);
        await desk.HangUp();
        await caller.Closed();
    }

    [Fact, Trait("Case", "F-B8")]
    public async Task A_carrier_with_an_IPv6_network_is_let_in_over_IPv6_and_another_is_not()
    {
        using (var stranger = new RawSip(server.SipPort, IPAddress.IPv6Loopback))
        {
            stranger.Send(stranger.Request("OPTIONS", Sales));
            Assert.Equal(403, await stranger.FinalStatus(Sales, "OPTIONS"));
        }

        await server.Stop();
        server.Change("update Trunks set AllowedNetworks = '127.0.0.0/8, ::1/128'");
        await server.Again();
        using var carrier = new RawSip(server.SipPort, IPAddress.IPv6Loopback);
        carrier.Send(carrier.Request("OPTIONS", Sales));
        Assert.Equal(200, await carrier.FinalStatus(Sales, "OPTIONS"));
    }

    [Fact, Trait("Case", "F-B8")]
    public async Task A_machine_without_IPv6_starts_and_serves_IPv4()
    {
        await using var plain = await Server.Start(new Dictionary<string, string> { ["DOTNET_SYSTEM_NET_DISABLEIPV6"] = "1" }, []);
        using var carrier = new RawSip(plain.SipPort);
        carrier.Send(carrier.Request("OPTIONS", Sales));
        Assert.Equal(200, await carrier.FinalStatus(Sales, "OPTIONS"));
    }

    private async Task<Baresip> Phone(string name, string user, string account, string registrar) => await Baresip.Start(
        Directory.CreateDirectory(Path.Combine(folder, name)).FullName, Path.Combine(folder, name + ".wav"), user, account, registrar);
}
