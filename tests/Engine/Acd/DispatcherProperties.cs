using FsCheck;
using FsCheck.Fluent;

namespace Tccc.Acd.Tests;

public sealed class DispatcherProperties
{
    /// <summary>
    /// Random agents, calls, chats, clicks, disconnects, settings, deadlines and restarts. After each step: no agent with two offers, no
    /// contact in two places, nobody waits while a fitting agent is free, order kept, nothing lost. FsCheck shrinks what fails to a short
    /// list of numbers.
    /// </summary>
    [Fact]
    public void Whatever_happens_nobody_is_lost_overtaken_or_asked_twice()
    {
        var steps = ArbMap.Default.GeneratorFor<int>().ListOf().Select(list => list.ToArray());
        Prop.ForAll(Arb.From(steps, ShrinkList), Holds)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithStartSize(40).WithEndSize(400));
    }

    [Fact]
    [Trait("Case", "F-A6")]
    [Trait("Case", "F-A9")]
    public void Whatever_happens_for_long_nobody_is_lost_overtaken_or_asked_twice()
    {
        var luck = new System.Random(20260302);
        var floor = new AnythingGoes();
        for (var step = 0; step < 6000; step++) floor.Do(luck.Next());
    }

    private static void Holds(int[] steps)
    {
        var floor = new AnythingGoes();
        foreach (var step in steps) floor.Do(step);
    }

    private static IEnumerable<int[]> ShrinkList(int[] steps)
    {
        for (var part = steps.Length / 2; part > 0; part /= 2)
        {
            for (var at = 0; at + part <= steps.Length; at += part) yield return [.. steps[..at], .. steps[(at + part)..]];
        }
    }
}
