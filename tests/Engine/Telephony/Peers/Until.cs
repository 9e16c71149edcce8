using System.Diagnostics;

namespace Tccc.Telephony.Tests.Peers;

internal static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Waits until it holds; fails with the words given when it does not in time.</summary>
    public static async Task Holds(Func<bool> condition, string what)
    {
        var began = Stopwatch.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"Not in time: {what}");
            await tick.WaitForNextTickAsync();
        }
    }
}
