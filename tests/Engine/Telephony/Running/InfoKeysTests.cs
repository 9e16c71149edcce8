namespace Tccc.Telephony.Tests;

/// <summary>Keys by INFO are spaced as those that media sends; product.md §5.</summary>
public sealed class InfoKeysTests
{
    private static readonly Instant Start = new(7_000_000_000);
    private static readonly LegId Leg = new(100);

    private readonly InfoKeys keys = new();

    [Fact]
    public void Each_key_leaves_a_fifth_of_a_second_after_the_one_before_and_a_second_later_for_a_comma()
    {
        foreach (var key in "12,,3") keys.Add(Leg, key);
        List<(char Key, int Milliseconds)> left = [];
        for (var now = Start; keys.Due(now) is { } due; now = due)
        {
            while (keys.Take(now) is var (_, key)) left.Add((key, (int)(now - Start).TotalMilliseconds));
        }

        Assert.Equal([('1', 0), ('2', 200), ('3', 2400)], left);
    }

    [Fact]
    public void A_key_before_its_time_stays_and_one_that_comes_late_moves_those_after_it()
    {
        foreach (var key in "123") keys.Add(Leg, key);
        Assert.Equal((Leg, '1'), keys.Take(Start));
        Assert.Null(keys.Take(Start.AddSeconds(0.199)));
        Assert.Equal((Leg, '2'), keys.Take(Start.AddSeconds(0.25)));
        Assert.Equal(Start.AddSeconds(0.45), keys.Due(Start.AddSeconds(0.25)));
        Assert.Null(keys.Take(Start.AddSeconds(0.4)));
    }

    [Fact]
    public void A_key_after_a_while_leaves_at_once_but_not_into_the_pause_before_it()
    {
        keys.Add(Leg, ',');
        Assert.Null(keys.Take(Start));
        keys.Add(Leg, '1');
        Assert.Null(keys.Take(Start.AddSeconds(0.9)));
        Assert.Equal(Start.AddSeconds(1), keys.Due(Start.AddSeconds(0.9)));
        Assert.Equal((Leg, '1'), keys.Take(Start.AddSeconds(1)));
        Assert.Null(keys.Due(Start.AddSeconds(1)));
        keys.Add(Leg, '2');
        Assert.Equal((Leg, '2'), keys.Take(Start.AddSeconds(60)));
    }

    [Fact]
    public void Keys_that_wait_are_bounded()
    {
        for (var i = 0; i < 1000; i++) keys.Add(Leg, '1');
        var taken = 0;
        for (var now = Start; keys.Due(now) is { } due; now = due) taken += keys.Take(now) is null ? 0 : 1;
        Assert.Equal(Media.TooManyDigits.Most, taken);
    }
}
