using System.Diagnostics;

namespace EndToEnd.Peers;

/// <summary>Polls for a condition with a deadline; nothing here sleeps for a guessed time.</summary>
internal static class Until
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    public static Task Holds(string what, Func<bool> condition, TimeSpan? within = null, Func<string>? seen = null) =>
        Holds(what, () => Task.FromResult(condition()), within, seen);

    public static async Task Holds(string what, Func<Task<bool>> condition, TimeSpan? within = null, Func<string>? seen = null)
    {
        var limit = within ?? Soon;
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Step);
        while (!await condition())
        {
            if (watch.Elapsed > limit)
                throw new TimeoutException($"Within {limit.TotalSeconds:0.#} s this did not come true: {what}. {seen?.Invoke()}");
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Checks over and over, for the whole time, that the condition does not break.</summary>
    public static async Task Stays(string what, Func<Task<bool>> condition, TimeSpan whole)
    {
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Step);
        while (watch.Elapsed < whole)
        {
            if (!await condition())
                throw new InvalidOperationException($"After {watch.Elapsed.TotalSeconds:0.0} s this no longer held: {what}");
            await timer.WaitForNextTickAsync();
        }
    }
}
