using System.Diagnostics;
using System.Net;
using System.Text;

namespace Tccc.Sip.Tests;

/// <summary>
/// The parser and the whole core under mutated torture messages for a fixed time; an input that breaks it is in the failure's message.
/// </summary>
public class FuzzTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(4);
    private static readonly string[] Words =
        ["\r\n", "\r\n ", ",", ";", "\"", "<", ">", "=", "\\", "\0", "%", "%zz", "[", "]", ":", "@", "SIP/2.0", "z9hG4bK", "Via: ",
            "Content-Length: ", "99999999999", "-1", "*", "tag=", "rport", "sip:", "é"];

    [Fact]
    public void Nothing_that_comes_from_outside_makes_the_core_throw()
    {
        var seeds = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Torture"), "*.dat").Order().Select(File.ReadAllBytes)
            .ToArray();
        var random = new Random(4475);
        var clock = Stopwatch.StartNew();
        var (rounds, node) = (0, MakeNode());
        var source = new Hop(SipTransport.Udp, new IPEndPoint(IPAddress.Parse("10.0.0.7"), 5060));
        var now = 0L;
        while (clock.Elapsed < Budget)
        {
            // A fresh agent now and then, so that a run does not drown in its own transactions.
            if (rounds++ % 20_000 == 0) node = MakeNode();
            var input = Mutate(random, seeds);
            try
            {
                Exercise(node, source, input, now += 7);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Input {Convert.ToBase64String(input)}", e);
            }
        }
        Assert.True(rounds > 1000, $"Only {rounds} inputs in {Budget}");
    }

    private static Node MakeNode()
    {
        var node = new TestNet().AddNode("10.0.0.1");
        node.User.AddAccount("8001", "secret");
        return node;
    }

    private static void Exercise(Node node, Hop source, byte[] input, long now)
    {
        var copy = input.ToArray();
        node.Core.Advance(now);
        node.Core.Receive(source, copy, 0, copy.Length, now);
        var message = new SipMessage();
        if (message.Parse(copy, 0, copy.Length) && message.Error == ParseError.None) MessageOracle.AssertSame(message);
        var framer = new StreamFramer();
        framer.Feed(input);
        while (framer.Next(out _) is FrameResult.Message or FrameResult.Ping)
        {
        }
    }

    private static byte[] Mutate(Random random, byte[][] seeds)
    {
        var bytes = seeds[random.Next(seeds.Length)].ToList();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(7))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1 when at < bytes.Count:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 40)));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]));
                    break;
                case 3 when at < bytes.Count:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(1, 200))));
                    break;
                case 4:
                    var other = seeds[random.Next(seeds.Length)];
                    var from = random.Next(other.Length);
                    bytes.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(1, 300))]);
                    break;
                case 5:
                    bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(1, 2000)));
                    break;
                case 6:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }
        return [.. bytes];
    }
}
