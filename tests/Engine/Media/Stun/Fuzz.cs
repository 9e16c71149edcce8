using System.Diagnostics;

namespace Tccc.Media;

/// <summary>Loops of bad input with a fixed budget of time, repeatable by their seed.</summary>
internal static class Fuzz
{
    /// <summary>Runs at least once and until the budget is used up.</summary>
    public static void For(TimeSpan budget, Action once)
    {
        var started = Stopwatch.GetTimestamp();
        do once();
        while (Stopwatch.GetElapsedTime(started) < budget);
    }

    /// <summary>Noise, or the model with some bytes changed, cut, repeated or put in.</summary>
    public static byte[] Mangle(Random random, byte[] model, int maxLength)
    {
        if (random.Next(8) == 0)
        {
            var noise = new byte[random.Next(maxLength + 1)];
            random.NextBytes(noise);
            return noise;
        }
        var bytes = new List<byte>(model);
        for (var change = random.Next(1, 6); change > 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveRange(at, random.Next(bytes.Count - at + 1)); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(4, bytes.Count - at))); break;
                default: bytes[at] = random.Next(2) == 0 ? byte.MinValue : byte.MaxValue; break;
            }
        }
        return [.. bytes.Take(maxLength)];
    }
}

internal static class Allocations
{
    /// <summary>Holds when the action, once warm, allocates not a byte on this thread.</summary>
    public static void None(Action action, int rounds = 1000)
    {
        for (var i = 0; i < 100; i++) action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < rounds; i++) action();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
