using Bench;
using Bench.Acd;
using Bench.Calls;
using Bench.Login;
using Bench.Media;
using Bench.Presence;
using Bench.Records;

// a process of its own that a part measures
if (args is [RelayServer.Argument]) return await RelayServer.Serve();
if (args is [BareStreams.Argument, var streams]) return await BareStreams.Serve(streams);
if (args is [BareServer.Argument, var port]) return await BareServer.Serve(port);

// each part gives its figures; a run prints one table
(string Name, Func<Task<IEnumerable<Figure>>> Run)[] parts =
[
    ("media", MediaBench.Run),
    ("recording", RecordingBench.Run),
    ("acd", AcdBench.Run),
    ("setup", SetUpBench.Run),
    ("ended", EndedBench.Run),
    ("strangers", StrangersBench.Run),
    ("ring", RingBench.Run),
    ("login", LoginBench.Run),
    ("presence", PresenceBench.Run),
    ("memory", MemoryBench.Run),
    ("records", RecordsBench.Run),
    // last: its browser stands to the end of the run
    ("answer", AnswerBench.Run),
];

var unknown = args.Except(parts.Select(p => p.Name)).ToArray();
if (unknown.Length > 0)
{
    Console.Error.WriteLine($"No part is called {string.Join(", ", unknown)}; there are: {string.Join(", ", parts.Select(p => p.Name))}");
    return 1;
}

var figures = new List<Figure>();
foreach (var (name, run) in parts.Where(p => args.Length == 0 || args.Contains(p.Name)))
{
    Console.Error.WriteLine($"Measuring {name} ...");
    // said as it comes too: a part that fails later must not take it along
    var measured = (await run()).ToArray();
    Figure.Print(Console.Error, measured);
    figures.AddRange(measured);
}
Figure.Print(Console.Out, figures);
return figures.All(f => f.Holds) ? 0 : 1;
