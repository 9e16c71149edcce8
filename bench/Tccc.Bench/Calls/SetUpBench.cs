using System.Globalization;
using EndToEnd.Peers;

namespace Bench.Calls;

/// <summary>
/// What a call costs: in by the trunk, through the queue, out to an auto-answering desk phone, and down again. sipp at both ends, no sound.
/// At two rates, because a machine that mostly sleeps pays for waking: what a call costs sipp itself falls to a third from 20 to 200 calls
/// a second.
/// </summary>
internal static class SetUpBench
{
    private const string Sales = "4000000001";
    private const int Agents = 50;
    private const int Rounds = 3;
    private const int RoundSeconds = 10;

    /// <summary>Of what the same calls cost sipp itself in the same run; at 200 calls a second.</summary>
    private const double LimitTimes = 7;

    private static readonly TimeSpan Talk = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task<IEnumerable<Figure>> Run()
    {
        var folder = Directory.CreateTempSubdirectory("tccc-bench-").FullName;
        await using var server = await Server.Start("Timeouts:WrapUpSeconds=0");
        await server.Stop();
        Fleet.AddTo(server, Agents);
        await server.Again();
        var agents = new List<HttpAgent>();
        await using var desks = await Desks.Register(folder, server.SipPort, Agents);
        for (var i = 0; i < Agents; i++) agents.Add(await HttpAgent.Online(server, Fleet.Account(i)));

        Figure[] figures = [await At(100, limit: null), await At(200, LimitTimes)];
        foreach (var agent in agents) await agent.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        return figures;

        async Task<Figure> At(int perSecond, double? limit)
        {
            await Round(server, desks, folder, perSecond);
            var ours = new List<double>();
            var theirs = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                var (product, sipp) = await Round(server, desks, folder, perSecond);
                ours.Add(product);
                theirs.Add(sipp);
            }
            return new(
                $"call set-up through queue to a desk phone and down again at {perSecond} calls a second, CPU per call",
                Figure.Median(ours), "ms",
                Figure.Median(theirs), "sipp's caller and desk phone together, the same calls", limit, LimitIsRatio: true);
        }
    }

    // milliseconds of CPU a call: the server's, and that of the two sipp at its ends
    private static async Task<(double Server, double Sipp)> Round(Server server, Desks desks, string folder, int perSecond)
    {
        var calls = perSecond * RoundSeconds;
        desks.Answer("desk-silent.xml", calls, Talk);
        var before = ProcessFigures.Cpu(server.ProcessId);
        var count = calls.ToString(CultureInfo.InvariantCulture);
        await using var load =
            Sipp.Start(
                "caller-silent.xml", folder, server.SipPort, "-s", Sales, "-m", count, "-r",
                perSecond.ToString(CultureInfo.InvariantCulture), "-l", count);
        var sipp = await load.EndsWithCpu(Limit) + await desks.Done(Limit);
        var used = ProcessFigures.Cpu(server.ProcessId) - before;
        if (load.ExitCode != 0) throw new InvalidOperationException("Calls were lost:\n" + load.Printed);
        return (used.TotalMilliseconds / calls, sipp.TotalMilliseconds / calls);
    }
}
