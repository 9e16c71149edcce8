using EndToEnd.Peers;

namespace EndToEnd;

/// <summary>What takes the whole machine, so that nothing may run beside it.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>More calls than agents: everybody waits their turn and nobody is lost.</summary>
[Collection(nameof(Alone))]
public sealed class LoadTests : IAsyncLifetime
{
    private const string Sales = "4000000001";
    private const int Agents = 10;
    private const int Calls = 200;
    private const int PerSecond = 20;

    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly string folder = Directory.CreateTempSubdirectory("tccc-load-").FullName;
    private Server server = null!;

    public async Task InitializeAsync()
    {
        server = await Server.Start("Timeouts:WrapUpSeconds=0");
        await server.Stop();
        Fleet.AddTo(server, Agents);
        await server.Again();
        // one second of a loud square wave in µ-law
        await File.WriteAllBytesAsync(
            Path.Combine(folder, "tone.ul"), [.. Enumerable.Range(0, 8000).Select(i => (byte)(i / 10 % 2 == 0 ? 0x10 : 0x90))]);
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Two_hundred_calls_at_twenty_a_second_through_the_queue_to_ten_desk_phones_and_none_is_lost()
    {
        await using var desks = await Desks.Register(folder, server.SipPort, Agents);
        desks.Answer("desk.xml", Calls, Talk);
        var agents = new List<HttpAgent>();
        for (var i = 0; i < Agents; i++) agents.Add(await HttpAgent.Online(server, Fleet.Account(i)));

        var callers = Directory.CreateDirectory(Path.Combine(folder, "callers")).FullName;
        File.Copy(Path.Combine(folder, "tone.ul"), Path.Combine(callers, "tone.ul"));
        await using var load =
            Sipp.Start("caller.xml", callers, server.SipPort, "-s", Sales, "-m", $"{Calls}", "-r", $"{PerSecond}", "-l", $"{Calls}");
        Assert.True(
            await load.Ends(Limit) == 0,
            load.Printed[^Math.Min(4000, load.Printed.Length)..]
                + string.Join('\n', Directory.EnumerateFiles(callers, "*_errors.log").Select(File.ReadAllText)) + server.Log);
        await desks.Done(Limit);

        await Until.Holds("every record is closed", () => Count("EndedAt is null") == 0);
        Assert.Equal(Calls, Count("Result = 'Served' and Reason = 'HungUp' and EndedBy = 'Agent'"));
        Assert.Equal(Calls * 2, await server.Metric("tccc_sip_sessions_ended_total", "Hangup"));
        Assert.Equal(Calls * 2, await server.Metric("tccc_sip_sessions_ended_total"));
        await Until.Holds("no leg is left open", async () => await server.Metric("tccc_media_legs") == 0);
        foreach (var agent in agents) await agent.DisposeAsync();
    }

    private long Count(string where) => (long)server.Rows($"select count(*) as N from Calls where {where}")[0]["N"]!;
}
