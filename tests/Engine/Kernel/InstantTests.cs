namespace Tccc.Kernel.Tests;

public sealed class InstantTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly Stamp Now = new(new(1_000), Nine);

    [Fact]
    [Trait("Case", "F-A6")]
    public void The_even_clock_goes_on_from_the_start_however_the_wall_s_is_set()
    {
        var clock = new SetClock { Wall = Nine };
        var even = new EvenClock(clock);
        (clock.Wall, clock.Steady) = (Nine.AddHours(-1), TimeSpan.FromSeconds(5));
        Assert.Equal(Nine.AddSeconds(5), even.Now);
        (clock.Wall, clock.Steady) = (Nine.AddHours(1), TimeSpan.FromSeconds(6));
        Assert.Equal(Nine.AddSeconds(6), even.Now);
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Wall { get; set; }

        public TimeSpan Steady { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Steady.Ticks;
    }

    [Fact]
    public void What_is_left_until_a_deadline_is_never_less_than_nothing()
    {
        var deadline = Now.Steady.AddSeconds(20);
        Assert.Equal(TimeSpan.FromSeconds(20), Now.Steady.Until(deadline));
        Assert.Equal(TimeSpan.Zero, deadline.AddSeconds(1).Until(deadline));
        Assert.True(Now.Steady < deadline && deadline < Instant.Never);
    }

    [Theory]
    [InlineData(-600, 600)]
    [InlineData(0, 0)]
    [InlineData(3600, 0)]
    [Trait("Case", "F-A6")]
    public void A_time_that_a_row_remembers_lies_so_far_back_as_the_wall_clock_says_and_never_ahead(int seconds, int ago)
    {
        var remembered = Now.Remembered(Nine.AddSeconds(seconds));
        Assert.Equal(TimeSpan.FromSeconds(ago), Now.Steady - remembered.Steady);
        Assert.Equal(Nine.AddSeconds(seconds), remembered.Wall);
    }

    [Fact]
    public void Both_clocks_are_read_at_once_and_the_steady_one_only_goes_forward()
    {
        var (first, second) = (TimeProvider.System.Now(), TimeProvider.System.Now());
        Assert.True(second.Steady >= first.Steady);
        Assert.Equal(first.Wall + (second.Steady - first.Steady), first.WallAt(second.Steady));
    }
}
