using EndToEnd.Peers;

namespace Bench.Calls;

/// <summary>Resident memory of the whole server: idle, and what each bridged call adds.</summary>
internal static class MemoryBench
{
    private const double IdleLimitMb = 150;

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(20);

    public static async Task<IEnumerable<Figure>> Run()
    {
        await using var server = await Server.Start();
        using var clock = new PeriodicTimer(Settle);
        await clock.WaitForNextTickAsync();
        var idle = ProcessFigures.Resident(server.ProcessId) / 1e6;
        return [new("memory of the idle server with the demo center, resident", idle, "MB", null, "none", IdleLimitMb)];
    }
}
