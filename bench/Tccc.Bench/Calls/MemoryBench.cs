using EndToEnd.Peers;

namespace Bench.Calls;

/// <summary>
/// Resident memory of the whole server when it has nothing to do: after its first start, which makes the database and the demo center, and
/// after a later one.
/// </summary>
internal static class MemoryBench
{
    private const double IdleLimitMb = 150;

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(20);

    public static async Task<IEnumerable<Figure>> Run()
    {
        await using var server = await Server.Start();
        using var clock = new PeriodicTimer(Settle);
        await clock.WaitForNextTickAsync();
        var first = ProcessFigures.Resident(server.ProcessId) / 1e6;
        await server.Stop();
        await server.Again();
        await clock.WaitForNextTickAsync();
        await clock.WaitForNextTickAsync();
        var later = ProcessFigures.Resident(server.ProcessId) / 1e6;
        return
        [
            new("memory of the idle server after the first start, which makes the demo center, resident", first, "MB", null, "none", null),
            new("memory of the idle server with the demo center, resident", later, "MB", null, "none", IdleLimitMb),
        ];
    }
}
