using Tccc.Acd.Core;

namespace Tccc.Acd.Tests;

public sealed class RankedSetTests
{
    [Fact]
    public void It_agrees_with_a_sorted_set_whatever_is_done_to_it()
    {
        var luck = new Random(20260302);
        var (ranked, sorted) = (new RankedSet<int>(), new SortedSet<int>());
        for (var step = 0; step < 20_000; step++)
        {
            var key = luck.Next(400);
            if (luck.Next(2) == 0) Assert.Equal(sorted.Add(key), ranked.Add(key));
            else Assert.Equal(sorted.Remove(key), ranked.Remove(key));
            Assert.Equal(sorted.Count, ranked.Count);
            Assert.Equal(sorted.Contains(key), ranked.Contains(key));
            Assert.Equal(sorted.Count(k => k < key), ranked.RankOf(key));
            Assert.Equal(sorted.Count > 0, ranked.TryFirst(out var first));
            Assert.Equal(sorted.Min, first);
            Assert.Equal(sorted.Any(k => k >= key), ranked.TryFirstFrom(key, out var from));
            Assert.Equal(sorted.FirstOrDefault(k => k >= key), from);
        }
        Assert.Equal(sorted, Enumerable.Range(0, ranked.Count).Select(i => ranked[i]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ranked[ranked.Count]);
    }
}
