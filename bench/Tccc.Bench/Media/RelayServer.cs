using System.Globalization;
using System.Text;
using Tccc;
using Tccc.Media;

namespace Bench.Media;

/// <summary>Our relay in a process of its own, so that its CPU and memory are nobody else's. Takes orders line by line.</summary>
internal static class RelayServer
{
    /// <summary>The first argument of the process that is this.</summary>
    public const string Argument = "media-relay";

    private sealed class Nobody : IMediaEvents
    {
        public void On(MediaEvent e) { }
    }

    public static async Task<int> Serve()
    {
        var options = new MediaOptions { Address = "127.0.0.1", WebRtcPort = 0, RtpPortMin = 24000, RtpPortMax = 29999 };
        await using var endpoint = new MediaEndpoint(options, new Nobody(), new Clips(), TimeProvider.System, new SystemRandomness());
        endpoint.Start();
        var lastLeg = 0L;
        while (Console.ReadLine() is { } line)
        {
            var words = line.Split(' ');
            switch (words[0])
            {
                case "answer":
                    var leg = new LegId(++lastLeg);
                    var answer =
                        endpoint.Answer(leg, Enum.Parse<LegKind>(words[1]), Encoding.UTF8.GetString(Convert.FromBase64String(words[2])));
                    Console.WriteLine($"{leg} {Convert.ToBase64String(Encoding.UTF8.GetBytes(answer.Value))}");
                    break;
                case "bridge":
                    var (a, b) = (LegId.Parse(words[1], null), LegId.Parse(words[2], null));
                    endpoint.Hear(a, new Heard.Leg(b));
                    endpoint.Hear(b, new Heard.Leg(a));
                    Console.WriteLine("done");
                    break;
                case "meet":
                    LegId[] all = [.. words[1..].Select(word => LegId.Parse(word, null))];
                    foreach (var listener in all) endpoint.Hear(listener, new Heard.Legs([.. all.Where(other => other != listener)]));
                    Console.WriteLine("done");
                    break;
                case "close":
                    endpoint.Close(LegId.Parse(words[1], null));
                    Console.WriteLine("done");
                    break;
                case "allocated":
                    Console.WriteLine(Allocated(endpoint).ToString(CultureInfo.InvariantCulture));
                    break;
                case "collect":
                    GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                    Console.WriteLine("done");
                    break;
            }
        }
        return 0;
    }

    // bytes that the media thread ever allocated, as it says itself
    private static long Allocated(MediaEndpoint endpoint)
    {
        using var told = new ManualResetEventSlim();
        long bytes = 0;
        endpoint.Loop.Post(() =>
        {
            bytes = GC.GetAllocatedBytesForCurrentThread();
            told.Set();
        });
        told.Wait();
        return bytes;
    }
}
