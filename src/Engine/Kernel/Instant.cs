namespace Tccc;

/// <summary>
/// A moment of the process's steady clock, which only goes forward and at one speed, whatever is done to the machine's wall clock.
/// Durations and deadlines are reckoned with it. It means nothing in another process, so it never stands in a row. docs/adr/0010.
/// </summary>
/// <param name="Ticks">Steps of 100 ns from an origin that is nobody's business; may be negative.</param>
public readonly record struct Instant(long Ticks) : IComparable<Instant>
{
    /// <summary>After every moment: a deadline that is not set.</summary>
    public static Instant Never { get; } = new(long.MaxValue);

    public int CompareTo(Instant other) => Ticks.CompareTo(other.Ticks);

    public Instant AddSeconds(double seconds) => this + TimeSpan.FromSeconds(seconds);

    /// <summary>What is left until <paramref name="deadline"/>; zero once it is past.</summary>
    public TimeSpan Until(Instant deadline) => deadline > this ? deadline - this : TimeSpan.Zero;

    public static Instant operator +(Instant at, TimeSpan span) => new(at.Ticks + span.Ticks);

    public static Instant operator -(Instant at, TimeSpan span) => new(at.Ticks - span.Ticks);

    public static TimeSpan operator -(Instant later, Instant earlier) => new(later.Ticks - earlier.Ticks);

    public static bool operator <(Instant left, Instant right) => left.Ticks < right.Ticks;

    public static bool operator >(Instant left, Instant right) => left.Ticks > right.Ticks;

    public static bool operator <=(Instant left, Instant right) => left.Ticks <= right.Ticks;

    public static bool operator >=(Instant left, Instant right) => left.Ticks >= right.Ticks;
}

/// <summary>
/// One moment by both clocks: <paramref name="Steady"/> to reckon with, <paramref name="Wall"/> to show and to store. It is taken once, at
/// the edge, and handed down as <c>now</c>.
/// </summary>
public readonly record struct Stamp(Instant Steady, DateTimeOffset Wall)
{
    /// <summary>
    /// A wall time that a row remembers, in this process's steady time: reckoned once, at start. What lies in the future by the clock of
    /// today, because that was set back, counts as this moment.
    /// </summary>
    public Stamp Remembered(DateTimeOffset wall) => new(Steady - TimeSpan.FromTicks(Math.Max(0, (Wall - wall).Ticks)), wall);

    /// <summary>
    /// The same moment again, by a wall clock that was never set since: what began at this stamp is told in its own, even time.
    /// </summary>
    public DateTimeOffset WallAt(Instant at) => Wall + (at - Steady);
}

/// <summary>
/// The wall clock as it would stand had nobody set it since the start. What a row remembers of a wait or a lock is reckoned with it, so
/// that it lasts its length whichever way the machine's clock steps. docs/adr/0010.
/// </summary>
public sealed class EvenClock(TimeProvider time)
{
    private readonly Stamp start = time.Now();

    public DateTimeOffset Now => start.WallAt(time.Instant());
}

/// <summary>Where the clocks are read.</summary>
public static class Clocks
{
    /// <summary>The steady clock now.</summary>
    public static Instant Instant(this TimeProvider time) => new(time.GetElapsedTime(0).Ticks);

    /// <summary>Both clocks now.</summary>
    public static Stamp Now(this TimeProvider time) => new(time.Instant(), time.GetUtcNow());
}
