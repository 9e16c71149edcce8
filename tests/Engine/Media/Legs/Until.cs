namespace Tccc.Media.Tests.Legs;

/// <summary>Waits for what other threads do.</summary>
internal static class Until
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    public static void True(Func<bool> condition, string what) =>
        Assert.True(SpinWait.SpinUntil(condition, Deadline), $"Not within {Deadline.TotalSeconds} s: {what}");
}
