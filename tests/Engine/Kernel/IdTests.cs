namespace Tccc.Kernel.Tests;

public sealed class IdTests
{
    [Fact]
    public void Ids_made_by_many_threads_at_once_are_all_different_and_rise_for_each()
    {
        var ids = new IdSource(TimeProvider.System, cell: 5);
        var made = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8)
            .Select(_ => Enumerable.Range(0, 20_000).Select(_ => ids.Next()).ToList()).ToList();
        Assert.All(made, list => Assert.Equal(list.Order(), list));
        Assert.Equal(160_000, made.SelectMany(list => list).Distinct().Count());
    }

    [Fact]
    public void Ids_rise_when_the_clock_steps_back_and_those_of_other_cells_never_collide()
    {
        var clock = new Clock { Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero) };
        var (one, two) = (new IdSource(clock, 1), new IdSource(clock, 2));
        var first = one.Next<CallId>();
        clock.Now -= TimeSpan.FromHours(1);
        var second = one.Next<CallId>();
        Assert.True(second.Value > first.Value);
        Assert.NotEqual(two.Next(), new IdSource(clock, 1).Next());
        Assert.Throws<ArgumentOutOfRangeException>(() => new IdSource(clock, IdSource.MaxCell + 1));
    }

    [Fact]
    [Trait("Case", "F-A6")]
    public void Ids_of_the_next_process_are_higher_whatever_its_clock_says_and_whichever_cell_it_is()
    {
        var clock = new Clock { Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero) };
        var before = new IdSource(clock, IdSource.MaxCell);
        var highest = Enumerable.Range(0, 5000).Select(_ => before.Next()).Last();
        clock.Now -= TimeSpan.FromHours(1);
        var after = new IdSource(clock);
        Assert.True(after.Next() < highest);
        after.After(highest);
        var next = after.Next();
        Assert.True(next > highest);
        Assert.InRange(IdSource.MadeAt(next), IdSource.MadeAt(highest), IdSource.MadeAt(highest).AddMilliseconds(1));
        after.After(0);
        Assert.True(after.Next() > next);
    }

    [Fact]
    public void Ids_are_positive_numbers_that_JavaScript_would_round_so_pages_carry_them_as_text()
    {
        var id = new IdSource(TimeProvider.System, IdSource.MaxCell).Next<CallId>();
        Assert.True(id.Value > 0);
        Assert.Equal(id, CallId.Parse(id.ToString(), null));
    }

    [Theory]
    [InlineData("12", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("-1", false)]
    [InlineData("1 ", false)]
    [InlineData("99999999999999999999", false)]
    [InlineData("1'; DROP TABLE Calls", false)]
    public void An_id_in_an_address_is_digits_or_nothing(string? text, bool good) =>
        Assert.Equal(good, OfferId.TryParse(text, null, out _));

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
