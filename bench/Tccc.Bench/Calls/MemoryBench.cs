using EndToEnd.Peers;

namespace Bench.Calls;

/// <summary>
/// Resident memory of the whole server when it has nothing to do, a minute after its first start, which makes the database and the demo
/// center, and a minute after a later one.
/// </summary>
internal static class MemoryBench
{
    private const double IdleLimitMb = 150;

    private static readonly TimeSpan Settle = TimeSpan.FromMinutes(1);

    public static async Task<IEnumerable<Figure>> Run()
    {
        await using var server = await Server.Start();
        var first = await AfterAMinute(server);
        await server.Stop();
        await server.Again();
        var later = await AfterAMinute(server);
        return
        [
            new("memory of the idle server after the first start, which makes the demo center, resident", first, "MB", null, "none", null),
            new("memory of the idle server with the demo center, resident", later, "MB", null, "none", IdleLimitMb),
        ];
    }

    private static async Task<double> AfterAMinute(Server server)
    {
        using var clock = new PeriodicTimer(Settle);
        await clock.WaitForNextTickAsync();
        return ProcessFigures.Resident(server.ProcessId) / 1e6;
    }
}
