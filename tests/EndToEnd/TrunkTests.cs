using System.Globalization;
using System.Net;
using EndToEnd.Peers;

namespace EndToEnd;

/// <summary>A carrier that wants no registration and goes away: the server knows within a minute, and goes on.</summary>
public sealed class TrunkTests : IAsyncLifetime
{
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("tccc-trunk-").FullName;
    private readonly int port = Ports.Free();
    private Server server = null!;

    public async Task InitializeAsync()
    {
        server = await Server.Start();
        await server.Stop();
        server.Change(string.Create(CultureInfo.InvariantCulture, $"update Trunks set Host = '127.0.0.1', Port = {port}"));
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_carrier_that_answers_is_reachable_and_one_that_stops_answering_is_shown_without_failing_the_server()
    {
        await using (Sipp.At(port, "answers-options.xml", folder, server.SipPort))
        {
            await server.Again();
            await Ready("Reachable", Until.Soon);
            Assert.Equal(1, await server.Metric("tccc_trunks", "state=\"Reachable\""));
        }

        await Ready("Silent", Noticed);
        Assert.Equal(1, await server.Metric("tccc_trunks", "state=\"Silent\""));
        using var caller = new RawSip(server.SipPort);
        caller.Send(caller.Request("OPTIONS", "4000000001"));
        Assert.Equal(200, await caller.FinalStatus("4000000001", "OPTIONS"));
    }

    private async Task Ready(string word, TimeSpan within)
    {
        using var http = new HttpClient();
        var text = "";
        await Until.Holds($"readiness says {word}", async () =>
        {
            using var answer = await http.GetAsync(new Uri(server.Address + "/health/ready"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return (text = await answer.Content.ReadAsStringAsync()).Contains($"Demo carrier: {word}", StringComparison.Ordinal);
        }, within, () => text);
    }
}
